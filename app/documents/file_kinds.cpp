#include "app/documents/file_kinds.h"

#include <algorithm>

#include "core/base/text.h"

namespace backstep {

namespace {

constexpr FileEnding file_endings[] = {
    {".json", FileKind::session}, {".py", FileKind::program}, {".csv", FileKind::data},
    {".tsv", FileKind::data},     {".tab", FileKind::data},   {".data", FileKind::data},
    {".dat", FileKind::data},     {".arff", FileKind::data},  {".md", FileKind::lesson},
};

constexpr PictureFormat picture_formats[] = {
    {".png", "", true},
    {".svg", "the graph alone", true},
    {".gif", "", false},
};

}  // namespace

std::span<const FileEnding> all_file_endings() { return file_endings; }

FileKind kind_of_file(const std::filesystem::path& path) {
  for (const FileEnding& row : file_endings)
    if (has_ending(path.filename().string(), row.ending)) return row.kind;
  return FileKind::other;
}

std::vector<std::string> endings_of(FileKind kind) {
  std::vector<std::string> endings;
  for (const FileEnding& row : file_endings)
    if (row.kind == kind) endings.emplace_back(row.ending);
  return endings;
}

std::vector<std::string> endings_that_open() {
  std::vector<std::string> endings;
  for (const FileEnding& row : file_endings) endings.emplace_back(row.ending);
  return endings;
}

std::span<const PictureFormat> all_picture_formats() { return picture_formats; }

std::vector<std::string> picture_endings() {
  std::vector<std::string> endings;
  for (const PictureFormat& row : picture_formats) endings.emplace_back(row.ending);
  return endings;
}

std::vector<std::string> picture_endings_of_window() {
  std::vector<std::string> endings;
  for (const PictureFormat& row : picture_formats)
    if (row.in_window) endings.emplace_back(row.ending);
  return endings;
}

std::string picture_choices() {
  std::vector<std::string> choices;
  for (const PictureFormat& row : picture_formats)
    choices.push_back(*row.note ? text("{} ({})", row.ending, row.note) : row.ending);
  return alternatives(choices);
}

bool has_ending(const std::string& name, const std::string& ending) {
  return name.size() > ending.size() &&
         lower_case(name.substr(name.size() - ending.size())) == lower_case(ending);
}

bool has_one_of(const std::string& name, const std::vector<std::string>& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](const std::string& ending) { return has_ending(name, ending); });
}

}  // namespace backstep
