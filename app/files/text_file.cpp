#include "app/files/text_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "app/files/new_file.h"
#include "core/base/text.h"

namespace backstep {

namespace {

namespace fs = std::filesystem;

void check_encoding(const fs::path& path, const std::string& content) {
  const auto bad = first_bad_character(content, [](char c) { return c == '\0'; });
  if (bad)
    throw FileError(text("{}: line {}, column {}: these bytes are not text; the file must be UTF-8",
                         path.string(), bad->line, bad->column));
}

// Removes what other editors add: the byte-order mark, and the "\r" of "\r\n".
void remove_marks(std::string& text) {
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  std::size_t kept = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool before_newline = at + 1 < text.size() && text[at + 1] == '\n';
    if (text[at] != '\r' || !before_newline) text[kept++] = text[at];
  }
  text.resize(kept);
}

}  // namespace

std::string last_problem() { return std::strerror(errno ? errno : EIO); }

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
  NewFile file(path);
  file.stream() << text;
  file.finish();
}

}  // namespace backstep
