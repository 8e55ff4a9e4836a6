// The rows of a table as cells of text, one after the other. Cells lie one
// behind the other in one text, so that a million rows are no million strings.
#pragma once

#include <csv.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// CellTexts are texts one behind the other.
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

// Rows as libcsv finds them. It is handed the text line by line, so that the
// line of every row is known.
class RowReader {
 public:
  // `first_line` is the number of the text's first line in its file. Lines that
  // begin with `comment` are passed over, unless that is 0.
  RowReader(std::string_view text, char separator, int first_line, char comment);
  ~RowReader();
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  // False when there are no more rows. Rows of empty cells alone are passed over.
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
