#include "app/files/csv_rows.h"

#include <new>

#include "app/files/csv_numbers.h"
#include "app/files/csv_text.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr std::string_view blanks = " \t\r\n";

}  // namespace

RowReader::RowReader(std::string_view text, char separator, int first_line, char comment)
    : text_(text), line_(first_line), next_line_(first_line), comment_(comment) {
  if (csv_init(&parser_, 0) != 0) throw std::bad_alloc();
  csv_set_delim(&parser_, static_cast<unsigned char>(separator));
  csv_set_blk_size(&parser_, std::size_t{1} << 16);
}

RowReader::~RowReader() { csv_free(&parser_); }

bool RowReader::next() {
  while (next_of_any_cells())
    if (!row_.cells.all.empty()) return true;
  return false;
}

bool RowReader::next_of_any_cells() {
  const auto add_cell = [](void* text, std::size_t size, void* row) {
    static_cast<Row*>(row)->cells.add(trimmed({static_cast<const char*>(text), size}, blanks));
  };
  const auto end_row = [](int, void* row) { static_cast<Row*>(row)->ended = true; };
  row_.cells.clear();
  row_.ended = false;
  bool begun = false;
  for (line_ = next_line_; at_ < text_.size() && !row_.ended;) {
    const std::string_view line = text_.substr(at_, end_of_line(text_, at_) - at_);
    const bool skipped = !begun && comment_ && line[0] == comment_;
    if (!begun) quoted_ = line[0] == '"';
    if (!skipped &&
        csv_parse(&parser_, line.data(), line.size(), add_cell, end_row, &row_) != line.size())
      throw std::bad_alloc();
    at_ += line.size();
    ++next_line_;
    begun = begun || row_.ended || (!skipped && !trimmed(line, blanks).empty());
    if (!begun) line_ = next_line_;
  }
  unclosed_ = begun && !row_.ended;
  return row_.ended;
}

}  // namespace backstep
