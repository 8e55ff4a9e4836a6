// A CsvTable is a file of comma-separated values, read: a header that names the
// columns, and a number or a text in every cell. A CsvChoice says which columns
// are inputs, which is the target and what it means; both together are samples.
// Files separated by semicolons (with decimal commas) or tabs are read too.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/session/text_file.h"
#include "core/data_sets.h"

namespace backstep {

struct CsvColumn {
  std::string name;
  bool numeric = true;  // every cell is a finite number or missing

  std::vector<double> numbers;  // numeric: one per row, NaN where the cell is missing

  // Not numeric: the texts that occur, sorted, and for every row which of them
  // (−1 where the cell is missing).
  std::vector<int> classes;
  std::vector<std::string> class_names;
  long first_text = -1;   // the first row whose cell is neither missing nor a finite number
  long number_cells = 0;  // cells that are finite numbers

  bool missing(long row) const;
  std::string text(long row) const;  // of a cell
};

struct CsvTable {
  std::string file;
  long rows = 0;
  std::vector<CsvColumn> columns;
  std::vector<int> lines;  // where each row begins in the file, from 1
  char separator = ',';

  std::vector<std::string> names() const;
  int find(const std::string& name) const;  // the column's number, or −1

  // "column 3 (height)" and "line 7, column 3 (height)"
  std::string place(int column) const;
  std::string place(int column, long row) const;
};

// Throws FileError: what is wrong with the file and where. A missing cell, or a
// text in a column of numbers, is no matter before the column is used.
CsvTable read_csv(const std::filesystem::path& path);

struct CsvChoice {
  std::vector<std::string> inputs;
  std::string target;
  std::string split;  // may be empty; its cells say train or test
  TargetKind kind = TargetKind::classes;
  double train_fraction = 0.5;  // without a split
  std::uint64_t seed = 1;       // of the shuffle, without a split

  friend bool operator==(const CsvChoice&, const CsvChoice&) = default;
};

// What a table looks like: the target is the last column or one called so.
CsvChoice suggested_choice(const CsvTable& table);

// Without a split shuffled and split by the fraction; else in the file's order,
// the rows for training first. Throws FileError when the choice does not fit
// the table.
Samples samples_of(const CsvTable& table, const CsvChoice& choice);

// ---- for reading and for messages ----------------------------------------------

// Whether `text` is a number and nothing else; "inf" and "nan" are. Commas are
// decimal points where they do not separate cells, in files of semicolons.
bool read_number(std::string_view text, char separator, double& number);

// A text from a file as a message shows it: on one line, and not too long.
std::string shortened(const std::string& text);

}  // namespace backstep
