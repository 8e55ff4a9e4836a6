// Text files as Backstep reads and writes them: at most 64 MB of UTF-8, read as a
// whole, and written completely or not at all.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace backstep {

// A mistake in a file, or a file that cannot be read or written. what() is one
// sentence that names the file.
struct FileError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Why the last system call failed, in the system's words.
std::string last_problem();

// The bytes of `path`. Throws FileError, also when there are more than `megabytes`
// MB of them.
std::string read_bytes(const std::filesystem::path& path, int megabytes);

// The text of `path`, its lines ending in "\n". Throws FileError.
std::string read_text(const std::filesystem::path& path);

// Writes a NewFile: completely or not at all. Throws FileError.
void write_text(const std::filesystem::path& path, const std::string& text);

}  // namespace backstep
