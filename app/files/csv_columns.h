// How the cells of a table's columns become numbers or texts. The way a column
// writes its numbers follows from all of its cells; where they leave it open, the
// cells of the other columns decide.
#pragma once

#include <array>
#include <vector>

#include "app/files/csv_file.h"
#include "app/files/csv_rows.h"

namespace backstep {

// What the cells of a column look like one by one, before it is known how the
// column writes its numbers.
struct ColumnLook {
  std::vector<double> numbers;  // of cells written as in a program; else NaN
  std::array<long, 6> forms{};  // how many cells have each NumberForm
  long missing = 0;             // cells that mean a missing number
  long small_whole = 0, large_whole = 0;  // without marks: below 1,000, and from there up
  std::vector<std::pair<std::string, long>> units;

  long form(NumberForm which) const { return forms[static_cast<std::size_t>(which)]; }
  long count_numbers() const;
  // Most of the cells that are not missing are numbers.
  bool looks_numeric() const;
};

// Looks at every cell. The first is kept apart, because it may be a name.
ColumnLook look_at_column(const CellTexts& cells);

// Whether the first row holds values rather than names.
bool first_row_is_data(const std::vector<CellTexts>& cells, const std::vector<ColumnLook>& looks);

// The columns of a table, filled in from their cells from row `first` on.
// `decimal` is '.' or ','; 0: it follows from the cells.
void fill_columns(CsvTable& table, std::vector<CellTexts>& cells, std::vector<ColumnLook>& looks,
                  std::size_t first, char decimal);

}  // namespace backstep
