// The kinds of files there are, by the ending of their names: the one table that
// the file dialogs list by, that reading goes by and that messages name. What a run
// is exported as stands in app/export/export_formats.h.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace backstep {

enum class FileKind { session, program, data, lesson, other };

struct FileEnding {
  const char* ending;  // ".csv"; upper case is the same
  FileKind kind;
};

std::span<const FileEnding> all_file_endings();

// `other` when the ending tells nothing.
FileKind kind_of_file(const std::filesystem::path& path);

// All endings of the kind, the usual one first.
std::vector<std::string> endings_of(FileKind kind);

// The endings of all kinds that can be opened.
std::vector<std::string> endings_that_open();

struct PictureFormat {
  const char* ending;
  const char* note;  // "the graph alone"; "": the whole window
  bool in_window;    // whether the window saves it, too
};

std::span<const PictureFormat> all_picture_formats();
std::vector<std::string> picture_endings();  // the usual one first
std::vector<std::string> picture_endings_of_window();

// ".png, .svg (the graph alone) or .gif"
std::string picture_choices();

// Whether the name has the ending, in upper or lower case, and something before it.
bool has_ending(const std::string& name, const std::string& ending);
bool has_one_of(const std::string& name, const std::vector<std::string>& endings);

}  // namespace backstep
