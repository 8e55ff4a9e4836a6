// What Backstep opens, by the ending of a file's name: the one table that the
// file dialogs list by and that reading goes by.
#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace backstep {

enum class FileKind { session, program, data, lesson, other };

struct FileEnding {
  const char* ending;  // ".csv"; upper case is the same
  FileKind kind;
};

std::span<const FileEnding> all_file_endings();

// `other` when the ending tells nothing.
FileKind kind_of_file(const std::filesystem::path& path);

// Whether the name ends so, in whatever case.
bool has_ending(const std::string& name, const std::string& ending);

}  // namespace backstep
