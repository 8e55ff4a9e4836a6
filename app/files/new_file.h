// A NewFile is a file that is being written. It is written under a temporary name
// beside its destination and takes that place when it is finished: nobody ever finds
// half a file there, and the old file is kept when something goes wrong.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace backstep {

class NewFile {
 public:
  // Throws FileError when nothing can be written there. A device or a pipe is
  // written to directly.
  explicit NewFile(const std::filesystem::path& path);
  ~NewFile();  // without finish(), the old file stays as it was
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  std::ostream& stream() { return file_; }
  // Takes the place of the old file. Throws FileError when not everything could be
  // written; the old file is then still there.
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

// Removes the temporary files of a process that is about to end. Safe to call from a signal
// handler.
void remove_unfinished_files();

}  // namespace backstep
