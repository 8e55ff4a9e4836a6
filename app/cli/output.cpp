#include "app/cli/output.h"

#include <iostream>

#include "app/files/text_file.h"

namespace backstep {

Output::Output(const std::filesystem::path& path) {
  if (path != "-") file_.emplace(path);
}

std::ostream& Output::stream() { return file_ ? file_->stream() : std::cout; }

void Output::finish() {
  if (file_) return file_->finish();
  if (!std::cout.flush())
    throw FileError("standard output: not everything could be written; is the disk full?");
}

void refuse_to_replace_input(const std::filesystem::path& out, const std::filesystem::path& file,
                             const Document& document) {
  if (out != "-") refuse_to_replace(out, {file, document.source.file});
}

}  // namespace backstep
