#include "app/session/text_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/lexer.h"

namespace backstep {

namespace {

namespace fs = std::filesystem;

std::string last_problem() { return std::strerror(errno ? errno : EIO); }

void check_encoding(const fs::path& path, const std::string& text) {
  int line = 1, column = 1;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text, at);
    if (length == 0 || text[at] == '\0')
      throw FileError(path.string() + ": line " + std::to_string(line) + ", column " +
                      std::to_string(column) +
                      ": these bytes are not text; the file must be UTF-8");
    column = text[at] == '\n' ? 1 : column + 1;
    line += text[at] == '\n';
    at += length;
  }
}

// Other editors' marks: the one for UTF-8 at the start, and "\r\n" for "\n".
void remove_marks(std::string& text) {
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  std::size_t kept = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool before_newline = at + 1 < text.size() && text[at + 1] == '\n';
    if (text[at] != '\r' || !before_newline) text[kept++] = text[at];
  }
  text.resize(kept);
}

// A link stays a link: what it leads to is replaced.
fs::path behind_links(const fs::path& path) {
  std::error_code problem;
  const fs::path target = fs::canonical(path, problem);
  return problem ? path : target;
}

}  // namespace

std::string read_bytes(const fs::path& path, int megabytes) {
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (status.type() == fs::file_type::not_found)
    throw FileError(path.string() + ": there is no such file");
  if (fs::is_directory(status)) throw FileError(path.string() + ": this is a folder, not a file");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(path.string() + ": cannot be read: " + last_problem());
  std::string text, block(std::size_t{1} << 16, '\0');
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    text.append(block, 0, static_cast<std::size_t>(file.gcount()));
    if (text.size() > static_cast<std::size_t>(megabytes) << 20)
      throw FileError(path.string() + ": the file is larger than " + std::to_string(megabytes) +
                      " MB, the most that is read");
  }
  if (file.bad()) throw FileError(path.string() + ": cannot be read: " + last_problem());
  return text;
}

std::string read_text(const fs::path& path) {
  std::string text = read_bytes(path, 64);
  remove_marks(text);
  check_encoding(path, text);
  return text;
}

void write_text(const fs::path& path, const std::string& text) {
  std::error_code problem;
  const fs::path target = behind_links(path);
  if (fs::is_directory(target, problem))
    throw FileError(path.string() + ": this is a folder, not a file");
  if (fs::exists(target, problem) && access(target.c_str(), W_OK) != 0)
    throw FileError(path.string() + ": cannot be written: " + last_problem());
  fs::path beside = target;
  beside += ".new" + std::to_string(getpid());
  errno = 0;
  std::ofstream file(beside, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) {
    const std::string reason = last_problem();
    fs::remove(beside, problem);
    throw FileError(path.string() + ": cannot be written: " + reason);
  }
  const fs::file_status before = fs::status(target, problem);
  if (fs::exists(before)) fs::permissions(beside, before.permissions(), problem);
  fs::rename(beside, target, problem);
  if (!problem) return;
  const std::string reason = problem.message();
  fs::remove(beside, problem);
  throw FileError(path.string() + ": cannot be written: " + reason);
}

}  // namespace backstep
