// A text file as Backstep reads and writes it: at most 64 MB of UTF-8, read
// whole, and written whole or not at all.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace backstep {

// A mistake in a file, or with it. what() is one sentence that names the file.
struct FileError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Why the last thing that was asked of the system failed, in its own words.
std::string last_problem();

// The bytes of `path` as they are. Throws FileError, also when there are more
// than `megabytes` MB of them.
std::string read_bytes(const std::filesystem::path& path, int megabytes);

// The text of `path`, its lines ending in "\n". Throws FileError.
std::string read_text(const std::filesystem::path& path);

// As a NewFile: whole, or not at all. Throws FileError.
void write_text(const std::filesystem::path& path, const std::string& text);

}  // namespace backstep
