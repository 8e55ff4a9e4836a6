#include "app/documents/file_kinds.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace backstep {

namespace {

constexpr std::array file_endings = {
    FileEnding{".json", FileKind::session}, FileEnding{".py", FileKind::program},
    FileEnding{".csv", FileKind::data},     FileEnding{".tsv", FileKind::data},
    FileEnding{".tab", FileKind::data},     FileEnding{".data", FileKind::data},
    FileEnding{".dat", FileKind::data},     FileEnding{".arff", FileKind::data},
    FileEnding{".md", FileKind::lesson},
};

}  // namespace

std::span<const FileEnding> all_file_endings() { return file_endings; }

FileKind kind_of_file(const std::filesystem::path& path) {
  for (const FileEnding& row : file_endings)
    if (has_ending(path.filename().string(), row.ending)) return row.kind;
  return FileKind::other;
}

bool has_ending(const std::string& name, const std::string& ending) {
  return name.size() > ending.size() &&
         std::equal(ending.begin(), ending.end(), name.end() - std::ssize(ending),
                    [](char a, char b) { return lower_case(a) == lower_case(b); });
}

}  // namespace backstep
