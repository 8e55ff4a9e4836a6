#include "app/cli/output.h"

#include <cerrno>
#include <cstring>
#include <iostream>

#include "app/session/text_file.h"

namespace backstep {

Output::Output(const std::filesystem::path& path) : path_(path) {
  if (is_standard()) return;
  errno = 0;
  file_.open(path, std::ios::binary);
  if (!file_) throw FileError(path.string() + ": cannot be written: " + std::strerror(errno));
}

std::ostream& Output::stream() { return is_standard() ? std::cout : file_; }

void Output::finish() {
  if (stream().flush()) return;
  throw FileError((is_standard() ? "standard output" : path_.string()) +
                  ": not everything could be written; is the disk full?");
}

}  // namespace backstep
