// The text of a table's file: its bytes converted to UTF-8 from whatever encoding
// they have, and what stands above the table: a line that names the separator, or
// comments.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

struct CsvText {
  std::string text;      // UTF-8 without a byte-order mark, ending in a line's end
  std::string encoding;  // "UTF-16", "Windows-1252"; empty: UTF-8
};

// Throws FileError when the bytes are not text.
CsvText read_csv_text(const std::filesystem::path& path);

// What stands above a table.
struct CsvPreamble {
  std::size_t end = 0;        // where the table begins in the text
  int line = 1;               // and in which line
  char separator = 0;         // that a line "sep=;" names; 0: none does
  char comment = 0;           // that comments begin with: # or %; 0: there are none
  std::string last_comment;   // without what it begins with; it may name the columns
  bool comment_is_close = false;        // no blank follows the sign it begins with
  std::vector<std::string> attributes;  // names from lines @attribute
};

CsvPreamble preamble_of(std::string_view text);

// The end of the line that begins at `at`, after its "\n", "\r\n" or "\r".
std::size_t end_of_line(std::string_view text, std::size_t at);

// The separator of the columns: the character that cuts the first lines into
// equally many cells, or ' ' for columns separated by blanks.
char separator_of(std::string_view text);

// The same text with tabs between columns that blanks separate, line by line.
std::string with_tabs_for_blanks(std::string_view text);

}  // namespace backstep
