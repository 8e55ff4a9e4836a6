// An Output is where a command writes: a file, or standard output when its name
// is "-". It is opened before any work is done, so that a name that cannot be
// written is refused at once and not after an hour of training.
#pragma once

#include <filesystem>
#include <fstream>
#include <ostream>

namespace backstep {

class Output {
 public:
  // Throws FileError.
  explicit Output(const std::filesystem::path& path);

  std::ostream& stream();
  // Throws FileError when not everything could be written.
  void finish();

 private:
  bool is_standard() const { return path_ == "-"; }

  std::filesystem::path path_;
  std::ofstream file_;
};

}  // namespace backstep
