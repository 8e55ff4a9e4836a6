#include "app/files/new_file.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "app/files/text_file.h"

namespace backstep {

namespace {

namespace fs = std::filesystem;

// The names of files that are being written. A signal handler reads them, so they
// are plain memory that is not freed while it is listed. A signal ends the
// whole process, so there is one list for all that it writes.
std::array<std::atomic<char*>, 8> unfinished{};

void note_unfinished(const fs::path& path) {
  char* name = strdup(path.c_str());
  for (std::atomic<char*>& slot : unfinished) {
    char* empty = nullptr;
    if (slot.compare_exchange_strong(empty, name)) return;
  }
  std::free(name);  // no more files than there are places are ever written at once
}

void forget_unfinished(const fs::path& path) {
  for (std::atomic<char*>& slot : unfinished) {
    char* name = slot.load();
    if (name && path == name && slot.compare_exchange_strong(name, nullptr)) return std::free(name);
  }
}

FileError cannot_write(const fs::path& path, const std::string& reason) {
  return FileError(path.string() + ": cannot be written: " + reason);
}

// A link stays a link: the file it points to is replaced.
fs::path behind_links(const fs::path& path) {
  std::error_code problem;
  const fs::path target = fs::canonical(path, problem);
  return problem ? path : target;
}

// A longer name may be too long for the folder; then the temporary file has a short one.
fs::path name_beside(const fs::path& target) {
  const std::string own = ".new" + std::to_string(getpid());
  constexpr std::size_t longest_name = 200;
  fs::path beside = target;
  beside.replace_filename(target.filename().string().substr(0, longest_name) + own);
  return beside;
}

}  // namespace

NewFile::NewFile(const fs::path& path) : path_(path), target_(behind_links(path)) {
  std::error_code problem;
  const fs::file_status before = fs::status(target_, problem);
  if (fs::is_directory(before)) throw FileError(path.string() + ": this is a folder, not a file");
  if (fs::exists(before) && access(target_.c_str(), W_OK) != 0)
    throw cannot_write(path_, last_problem());
  const bool replaceable = !fs::exists(before) || fs::is_regular_file(before);
  beside_ = replaceable ? name_beside(target_) : target_;
  errno = 0;
  file_.open(beside_, std::ios::binary);
  if (!file_) throw cannot_write(path_, last_problem());
  if (is_beside()) note_unfinished(beside_);
}

NewFile::~NewFile() {
  if (finished_ || !is_beside()) return;
  file_.close();
  std::error_code problem;
  fs::remove(beside_, problem);
  forget_unfinished(beside_);
}

void NewFile::finish() {
  file_.close();
  if (!file_)
    throw FileError(path_.string() + ": not everything could be written; is the disk full?");
  if (is_beside()) {
    std::error_code problem;
    const fs::file_status before = fs::status(target_, problem);
    if (fs::exists(before)) fs::permissions(beside_, before.permissions(), problem);
    fs::rename(beside_, target_, problem);
    if (problem) throw cannot_write(path_, problem.message());
    forget_unfinished(beside_);
  }
  finished_ = true;
}

void refuse_to_replace(const fs::path& out, const std::vector<fs::path>& read) {
  std::error_code problem;
  for (const fs::path& file : read)
    if (!file.empty() && fs::equivalent(out, file, problem) && !problem)
      throw FileError(out.string() +
                      ": this file is read here and would be lost; write to another name");
}

void remove_unfinished_files() {
  for (std::atomic<char*>& slot : unfinished)
    if (const char* name = slot.load()) unlink(name);
}

}  // namespace backstep
