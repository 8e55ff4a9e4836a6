#include "app/files/csv_file.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "app/files/csv_columns.h"
#include "app/files/csv_rows.h"
#include "app/files/csv_text.h"
#include "app/paint/numbers.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr long most_csv_rows = 1'000'000;
constexpr std::size_t most_columns = 1000;

std::string line_text(const CsvTable& table, int line) {
  return text("{}: line {}: ", table.file, line);
}

using Cells = std::vector<std::string>;

Cells copy_of(const CellTexts& texts) {
  Cells cells;
  for (std::size_t i = 0; i < texts.size(); ++i) cells.emplace_back(texts[i]);
  return cells;
}

void check_quotes(const CsvTable& table, const RowReader& row) {
  if (row.unclosed())
    throw FileError(line_text(table, row.line()) + "a quote is opened and never closed");
}

// R names rows without naming the column of their names: the first row of values
// has one cell more than the row of names above it.
bool begins_with_row_name(const RowReader& row, std::size_t names) {
  const CellTexts& cells = row.cells();
  if (cells.size() != names + 1 || cells[names].empty()) return false;
  const bool counts = cells[0] == "1" || cells[0] == "0";
  return row.quoted() || counts || look_at_number(cells[0]).form == NumberForm::none;
}

void check_size(const CsvTable& table, const RowReader& row, const Cells& first) {
  const std::size_t cells = row.cells().size(), columns = first.size();
  bool fits = cells == columns;
  if (cells > columns) {  // separators at the line's end
    fits = true;
    for (std::size_t i = columns; i < cells; ++i) fits = fits && row.cells()[i].empty();
  } else if (cells < columns) {
    fits = std::all_of(first.begin() + static_cast<std::ptrdiff_t>(cells), first.end(),
                       [](const std::string& name) { return name.empty(); });
  }
  if (fits) return;
  std::string hint;
  if (cells > columns && table.separator == ',')
    hint = "; a cell that holds a comma stands in quotes";
  throw FileError(line_text(table, row.line()) + counted(static_cast<long>(cells), "cell") +
                  ", but there are " + counted(static_cast<long>(columns), "column") + hint);
}

// The cells of every column, the first row included, and the line of every row.
std::vector<CellTexts> read_rows(CsvTable& table, RowReader& row) {
  if (!row.next()) {
    check_quotes(table, row);
    throw FileError(table.file + ": there is no row in the file");
  }
  Cells first = copy_of(row.cells());
  const int first_line = row.line();
  if (first.size() > most_columns)
    throw FileError(text("{}there are {} columns; 1,000 are the most that can be read",
                         line_text(table, first_line), first.size()));
  std::vector<CellTexts> columns;
  const auto add = [&](const auto& cells) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      columns[i].add(i < cells.size() ? std::string_view(cells[i]) : std::string_view());
  };
  while (row.next()) {
    if (columns.empty()) {
      if (begins_with_row_name(row, first.size())) first.insert(first.begin(), "");
      columns.resize(first.size());
      table.lines = {first_line};
      add(first);
    }
    check_size(table, row, first);
    if (static_cast<long>(table.lines.size()) > most_csv_rows)
      throw FileError(line_text(table, row.line()) +
                      "there are more than 1,000,000 rows, the most that can be read");
    table.lines.push_back(row.line());
    add(row.cells());
  }
  check_quotes(table, row);
  if (columns.empty()) {
    columns.resize(first.size());
    table.lines = {first_line};
    add(first);
  }
  if (first.size() == 1)
    throw FileError(line_text(table, first_line) +
                    "there is only one column, and an input and a target are needed; commas, "
                    "semicolons, tabs or blanks separate columns");
  return columns;
}

// ---- names ------------------------------------------------------------------------

// A comment that names as many columns as there are: "# x1,x2,y".
Cells names_in_comment(const CsvPreamble& preamble, char separator, std::size_t columns) {
  if (preamble.last_comment.empty()) return {};
  std::string line = preamble.last_comment + "\n";
  // The sign of the comment may stand before an empty first cell.
  if (separator == ' ') line = with_tabs_for_blanks(line);
  RowReader reader(line, separator == ' ' ? '\t' : separator, 1, 0);
  if (!reader.next()) return {};
  Cells names = copy_of(reader.cells());
  return names.size() == columns ? names : Cells();
}

// A text above numbers is their name.
bool has_name_above_numbers(const std::vector<CellTexts>& cells,
                            const std::vector<ColumnLook>& looks) {
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (!cells[i][0].empty() && looks[i].looks_numeric() &&
        look_at_number(cells[i][0]).form == NumberForm::none)
      return true;
  return false;
}

// The names of the columns, and the first row that holds values.
Cells find_names(CsvTable& table, const CsvPreamble& preamble, const std::vector<CellTexts>& cells,
                 const std::vector<ColumnLook>& looks, std::size_t& first_values) {
  const bool data = first_row_is_data(cells, looks);
  const Cells in_comment = names_in_comment(preamble, table.separator, cells.size());
  first_values = 0;
  if (preamble.attributes.size() == cells.size()) return preamble.attributes;
  if (!in_comment.empty() &&
      (data || (preamble.comment_is_close && !has_name_above_numbers(cells, looks))))
    return in_comment;
  if (data) {
    table.has_header = false;
    return Cells(cells.size());
  }
  first_values = 1;
  Cells names;
  for (const CellTexts& column : cells) names.emplace_back(column[0]);
  return names;
}

void name_columns(CsvTable& table, const Cells& names) {
  std::unordered_map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string number = "column " + std::to_string(i + 1);
    CsvColumn column;
    column.name = without_blanks(names[i]);
    column.has_name = !column.name.empty();
    if (!column.has_name) column.name = number;
    if (seen.contains(column.name)) column.name += " (" + number + ")";
    seen.emplace(column.name, i);
    table.columns.push_back(std::move(column));
  }
}

// Separators at the ends of lines make columns without a name and without a value.
void drop_empty_columns(Cells& names, std::vector<CellTexts>& cells,
                        std::vector<ColumnLook>& looks) {
  for (std::size_t i = cells.size(); i-- > 0;) {
    if (!names[i].empty() || !cells[i].all.empty()) continue;
    const auto at = static_cast<std::ptrdiff_t>(i);
    names.erase(names.begin() + at);
    cells.erase(cells.begin() + at);
    looks.erase(looks.begin() + at);
  }
}

}  // namespace

CsvTable read_csv(const std::filesystem::path& path, char decimal) {
  CsvTable table;
  table.file = path.string();
  const CsvText file = read_csv_text(path);
  table.encoding = file.encoding;
  const CsvPreamble preamble = preamble_of(file.text);
  std::string_view text = std::string_view(file.text).substr(preamble.end);
  table.separator = preamble.separator ? preamble.separator : separator_of(text);
  std::string tabbed;
  const bool blanks = table.separator == ' ';
  if (blanks) text = tabbed = with_tabs_for_blanks(text);

  RowReader row(text, blanks ? '\t' : table.separator, preamble.line, preamble.comment);
  std::vector<CellTexts> cells = read_rows(table, row);
  std::vector<ColumnLook> looks;
  for (const CellTexts& column : cells) looks.push_back(look_at_column(column));
  std::size_t first_values = 0;
  Cells names = find_names(table, preamble, cells, looks, first_values);
  if (table.lines.size() == first_values)
    throw FileError(table.file + ": there is a header, but no row below it");
  table.lines.erase(table.lines.begin(),
                    table.lines.begin() + static_cast<std::ptrdiff_t>(first_values));
  table.rows = static_cast<long>(table.lines.size());
  drop_empty_columns(names, cells, looks);
  name_columns(table, names);
  fill_columns(table, cells, looks, first_values, decimal);
  return table;
}

std::string shown_in_message(std::string cell) {
  constexpr std::size_t longest = 40;
  for (char& c : cell)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  return shortened(cell, longest);
}

bool CsvColumn::missing(long row) const {
  const auto i = static_cast<std::size_t>(row);
  return numeric ? std::isnan(numbers[i]) : classes[i] < 0;
}

double CsvColumn::number(long row) const {
  const auto i = static_cast<std::size_t>(row);
  if (numeric) return numbers[i];
  return classes[i] < 0 ? std::nan("") : truths[static_cast<std::size_t>(classes[i])];
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
  const std::string& name = columns[static_cast<std::size_t>(column)].name;
  const std::string number = "column " + std::to_string(column + 1);
  return name == number ? number : number + " (" + shown_in_message(name) + ")";
}

std::string CsvTable::place(int column, long row) const {
  return "line " + std::to_string(lines[static_cast<std::size_t>(row)]) + ", " + place(column);
}

}  // namespace backstep
