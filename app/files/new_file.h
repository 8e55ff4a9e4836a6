// A NewFile is a file that is being written. It is written beside the file of
// its name and takes that file's place when it is finished: nobody ever finds
// half a file there, and what stood there is kept when something goes wrong.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace backstep {

class NewFile {
 public:
  // Throws FileError when nothing can be written there. What is no plain file,
  // such as a device or a pipe, is written to as it is.
  explicit NewFile(const std::filesystem::path& path);
  ~NewFile();  // without finish(), nothing has happened
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  std::ostream& stream() { return file_; }
  // Takes the place of the file before. Throws FileError when not everything
  // could be written; the file before is then still there.
  void finish();

 private:
  bool is_beside() const { return beside_ != target_; }

  std::filesystem::path path_, target_, beside_;
  std::ofstream file_;
  bool finished_ = false;
};

// Throws FileError when `out` is one of the files that are read.
void refuse_to_replace(const std::filesystem::path& out,
                       const std::vector<std::filesystem::path>& read);

// Takes away what was begun and is not finished, for a process that is about to
// end. Safe to call from a signal handler.
void remove_unfinished_files();

}  // namespace backstep
