#include "app/session/csv_file.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <new>
#include <numeric>
#include <string_view>
#include <unordered_map>

#include "app/draw/numbers.h"
#include "core/lexer.h"

namespace backstep {

namespace {

constexpr int most_megabytes = 256;
constexpr long most_csv_rows = 1'000'000;
constexpr std::size_t most_columns = 1000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trimmed_view(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// ---- bytes ----------------------------------------------------------------------

// The end of the line that begins at `at`, behind its "\n", "\r\n" or "\r".
std::size_t end_of_line(std::string_view text, std::size_t at) {
  at = std::min(text.find_first_of("\r\n", at), text.size());
  if (at < text.size() && text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
  return std::min(at + 1, text.size());
}

[[noreturn]] void refuse_byte(const std::string& file, std::string_view text, std::size_t at) {
  std::size_t line = 1, start = 0;
  for (std::size_t end = 0; (end = end_of_line(text, start)) <= at; start = end) ++line;
  const std::string place =
      file + ": line " + std::to_string(line) + ", byte " + std::to_string(at - start + 1) + ": ";
  if (text[at] == '\0')
    throw FileError(place +
                    "a byte is zero, so this is no text, or is UTF-16; save it as CSV in UTF-8");
  std::array<char, 3> hex{};
  std::to_chars(hex.begin(), hex.end(), static_cast<unsigned char>(text[at]), 16);
  throw FileError(place + "the byte 0x" + hex.data() + " is not UTF-8; save the file as UTF-8");
}

// The text of the file without its byte-order mark, ending in a line's end.
std::string checked_text(const std::filesystem::path& path, const std::string& file) {
  std::string text = read_bytes(path, most_megabytes);
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
    throw FileError(file + ": this is UTF-16; save it as UTF-8");
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  if (trimmed_view(text).empty()) throw FileError(file + ": the file is empty");
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::size_t length = byte < 0x80 ? byte > 0 : character_length(text, at);
    if (length == 0) refuse_byte(file, text, at);
    at += length;
  }
  return text + '\n';
}

// ---- cells ----------------------------------------------------------------------

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

// Rows of cells, one after the other, as libcsv finds them. It is handed the
// text line by line, so that the line of every row is known.
class RowReader {
 public:
  RowReader(std::string_view text, char separator) : text_(text) {
    if (csv_init(&parser_, 0) != 0) throw std::bad_alloc();
    csv_set_delim(&parser_, static_cast<unsigned char>(separator));
    csv_set_blk_size(&parser_, std::size_t{1} << 16);
  }
  ~RowReader() { csv_free(&parser_); }
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  // False when there are no more rows.
  bool next() {
    row_.cells.clear();
    row_.ended = false;
    bool begun = false;
    for (line_ = next_line_; at_ < text_.size() && !row_.ended;) {
      const std::string_view line = text_.substr(at_, end_of_line(text_, at_) - at_);
      if (csv_parse(&parser_, line.data(), line.size(), &add_cell, &end_row, &row_) != line.size())
        throw std::bad_alloc();
      at_ += line.size();
      ++next_line_;
      begun = begun || row_.ended || !trimmed_view(line).empty();
      if (!begun) line_ = next_line_;
    }
    unclosed_ = begun && !row_.ended;
    return row_.ended;
  }

  const CellTexts& cells() const { return row_.cells; }
  int line() const { return line_; }           // where the row begins
  bool unclosed() const { return unclosed_; }  // the text ended within quotes

 private:
  struct Row {
    CellTexts cells;
    bool ended = false;
  };
  static void add_cell(void* text, std::size_t size, void* row) {
    static_cast<Row*>(row)->cells.add(trimmed_view({static_cast<const char*>(text), size}));
  }
  static void end_row(int, void* row) { static_cast<Row*>(row)->ended = true; }

  std::string_view text_;
  csv_parser parser_{};
  Row row_;
  std::size_t at_ = 0;
  int line_ = 1, next_line_ = 1;
  bool unclosed_ = false;
};

// The one of the separators that the header has most of, outside of quotes.
char separator_of(std::string_view text) {
  constexpr std::string_view separators = ",;\t";
  std::array<int, separators.size()> counts{};
  bool quoted = false;
  while (!text.empty() && is_blank(text.front()) && text.front() != '\t') text.remove_prefix(1);
  for (char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    const std::size_t which = separators.find(c);
    if (which != separators.npos) ++counts[which];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return separators[static_cast<std::size_t>(most - counts.begin())];
}

// ---- the header and the columns -------------------------------------------------

bool all_numbers(const CellTexts& cells, char separator) {
  bool any = false;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    double number = 0;
    if (cells[i].empty()) continue;
    if (!read_number(cells[i], separator, number)) return false;
    any = true;
  }
  return any;
}

void read_header(CsvTable& table, const RowReader& row) {
  const CellTexts& cells = row.cells();
  const std::string start = table.file + ": line " + std::to_string(row.line());
  if (cells.size() > most_columns)
    throw FileError(start + ": there are " + std::to_string(cells.size()) +
                    " columns; 1,000 are the most that can be read");
  if (all_numbers(cells, table.separator))
    throw FileError(start +
                    ": there is no header; the first line must name the columns, as in x1,x2,y");
  std::unordered_map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string column = start + ", column " + std::to_string(i + 1);
    if (cells[i].empty()) throw FileError(column + ": the column has no name");
    const auto [earlier, is_new] = seen.emplace(cells[i], i);
    table.columns.push_back({.name = std::string(cells[i])});
    if (!is_new)
      throw FileError(column + ": the name '" + shortened(table.columns[i].name) +
                      "' is taken by column " + std::to_string(earlier->second + 1));
  }
  if (cells.size() == 1)
    throw FileError(start +
                    ": there is only one column, and an input and a target are needed; "
                    "commas, semicolons or tabs separate columns");
}

// Fills the column in from its cells: numbers if all are, else texts.
void fill(CsvColumn& column, const CellTexts& cells, char separator) {
  column.numbers.reserve(cells.size());
  for (std::size_t row = 0; row < cells.size(); ++row) {
    double number = std::numeric_limits<double>::quiet_NaN();
    if (!cells[row].empty()) {
      const bool is_number = read_number(cells[row], separator, number) && std::isfinite(number);
      column.number_cells += is_number;
      if (!is_number && column.first_text < 0) column.first_text = static_cast<long>(row);
    }
    column.numbers.push_back(number);
  }
  column.numeric = column.first_text < 0;
  if (column.numeric) return;
  column.numbers = {};

  std::unordered_map<std::string_view, int> codes;
  std::vector<std::string_view> names;
  for (std::size_t row = 0; row < cells.size(); ++row)
    if (!cells[row].empty() && codes.emplace(cells[row], 0).second) names.push_back(cells[row]);
  std::sort(names.begin(), names.end());
  for (std::string_view name : names) {
    codes[name] = static_cast<int>(column.class_names.size());
    column.class_names.emplace_back(name);
  }
  column.classes.reserve(cells.size());
  for (std::size_t row = 0; row < cells.size(); ++row)
    column.classes.push_back(cells[row].empty() ? -1 : codes[cells[row]]);
}

// Every column's cells, and the rows' lines.
std::vector<CellTexts> read_rows(CsvTable& table, RowReader& row) {
  std::vector<CellTexts> columns(table.columns.size());
  while (row.next()) {
    const std::string line = ": line " + std::to_string(row.line());
    const std::size_t cells = row.cells().size();
    if (cells != columns.size())
      throw FileError(table.file + line + ": " + counted(cells, "cell", "cells") +
                      ", but the header has " + std::to_string(columns.size()) + " columns");
    if (++table.rows > most_csv_rows)
      throw FileError(table.file + line +
                      ": there are more than 1,000,000 rows, the most that can be read");
    table.lines.push_back(row.line());
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i].add(row.cells()[i]);
  }
  return columns;
}

void check_quotes(const CsvTable& table, const RowReader& row) {
  if (row.unclosed())
    throw FileError(table.file + ": line " + std::to_string(row.line()) +
                    ": a quote is opened and never closed");
}

}  // namespace

CsvTable read_csv(const std::filesystem::path& path) {
  CsvTable table;
  table.file = path.string();
  const std::string text = checked_text(path, table.file);
  table.separator = separator_of(text);
  RowReader row(text, table.separator);
  row.next();
  check_quotes(table, row);
  read_header(table, row);
  std::vector<CellTexts> cells = read_rows(table, row);
  check_quotes(table, row);
  if (table.rows == 0) throw FileError(table.file + ": there is a header, but no row below it");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    fill(table.columns[i], cells[i], table.separator);
    cells[i] = {};
  }
  return table;
}

bool read_number(std::string_view text, char separator, double& number) {
  std::string with_point;
  if (separator == ';' && text.find('.') == text.npos &&
      std::count(text.begin(), text.end(), ',') == 1) {
    with_point = text;
    with_point[with_point.find(',')] = '.';
    text = with_point;
  }
  constexpr std::string_view long_minus = "−";
  bool negative = false;
  if (text.starts_with('+') || text.starts_with('-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  } else if (text.starts_with(long_minus)) {
    negative = true;
    text.remove_prefix(long_minus.size());
  }
  if (text.starts_with('-')) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument) return false;
  if (error == std::errc::result_out_of_range) {
    const bool tiny = text.find("e-") != text.npos || text.find("E-") != text.npos;
    number = tiny ? 0 : std::numeric_limits<double>::infinity();
  }
  if (negative) number = -number;
  return true;
}

std::string shortened(const std::string& text) {
  constexpr std::size_t longest = 40;
  std::size_t size = 0;
  while (size < text.size() && size < longest)
    size += std::max(character_length(text, size), std::size_t{1});
  std::string shown = text.substr(0, size);
  for (char& c : shown)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  return shown + (size < text.size() ? "…" : "");
}

bool CsvColumn::missing(long row) const {
  const auto i = static_cast<std::size_t>(row);
  return numeric ? std::isnan(numbers[i]) : classes[i] < 0;
}

std::string CsvColumn::text(long row) const {
  if (missing(row)) return "";
  const auto i = static_cast<std::size_t>(row);
  if (!numeric) return class_names[static_cast<std::size_t>(classes[i])];
  return exact_number(numbers[i]);
}

std::vector<std::string> CsvTable::names() const {
  std::vector<std::string> all;
  for (const CsvColumn& column : columns) all.push_back(column.name);
  return all;
}

int CsvTable::find(const std::string& name) const {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].name == name) return static_cast<int>(i);
  return -1;
}

std::string CsvTable::place(int column) const {
  return "column " + std::to_string(column + 1) + " (" +
         shortened(columns[static_cast<std::size_t>(column)].name) + ")";
}

std::string CsvTable::place(int column, long row) const {
  return "line " + std::to_string(lines[static_cast<std::size_t>(row)]) + ", " + place(column);
}

}  // namespace backstep
