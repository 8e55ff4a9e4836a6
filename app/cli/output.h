// An Output is where a command writes: a file, or standard output when its name
// is "-". It is opened before any work is done, so that a file that cannot be written
// is refused at once and not after an hour of training. The old file is kept until the
// new one is complete.
#pragma once

#include <filesystem>
#include <optional>
#include <ostream>

#include "app/documents/document.h"
#include "app/files/new_file.h"

namespace backstep {

class Output {
 public:
  // Throws FileError.
  explicit Output(const std::filesystem::path& path);

  std::ostream& stream();
  // Throws FileError when not everything could be written.
  void finish();

 private:
  std::optional<NewFile> file_;  // empty: standard output
};

// Throws FileError when `out` is the command's own FILE or the document's data.
void refuse_to_replace_input(const std::filesystem::path& out, const std::filesystem::path& file,
                             const Document& document);

}  // namespace backstep
