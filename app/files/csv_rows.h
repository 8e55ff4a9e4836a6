// The rows of a table as cells of text. All cells lie one behind the other in a
// single text, so that a million rows do not need millions of strings.
#pragma once

#include <csv.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// CellTexts hold many texts, one behind the other in a single string.
struct CellTexts {
  std::string all;
  std::vector<std::uint32_t> ends;

  void add(std::string_view text) {
    all += text;
    ends.push_back(static_cast<std::uint32_t>(all.size()));
  }
  std::string_view operator[](std::size_t i) const {
    const std::size_t begin = i ? ends[i - 1] : 0;
    return std::string_view(all).substr(begin, ends[i] - begin);
  }
  std::size_t size() const { return ends.size(); }
  void clear() {
    all.clear();
    ends.clear();
  }
};

// The rows that libcsv finds. It gets the text line by line, so that the line
// number of every row is known.
class RowReader {
 public:
  // `first_line` is the number of the text's first line in its file. Lines that
  // begin with `comment` are skipped, unless that is 0.
  RowReader(std::string_view text, char separator, int first_line, char comment);
  ~RowReader();
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  // False when there are no more rows. Rows of empty cells are skipped.
  bool next();

  const CellTexts& cells() const { return row_.cells; }
  int line() const { return line_; }           // where the row begins
  bool quoted() const { return quoted_; }      // the row begins with a quote
  bool unclosed() const { return unclosed_; }  // the text ended within quotes

 private:
  struct Row {
    CellTexts cells;
    bool ended = false;
  };
  bool next_of_any_cells();

  std::string_view text_;
  csv_parser parser_{};
  Row row_;
  std::size_t at_ = 0;
  int line_, next_line_;
  char comment_;
  bool quoted_ = false, unclosed_ = false;
};

}  // namespace backstep
