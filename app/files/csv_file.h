// A CsvTable is what was read from a file of columns: their names, and a number or
// a text in every cell. A CsvChoice says which columns are inputs, which is the target
// and what it means; both together make samples. Tables are read as people have
// them: separated by commas, semicolons, tabs or blanks, with or without a
// header, with decimal points or commas, with cells missing. What is unusual about
// a file is detected and can be put into words.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/files/csv_numbers.h"
#include "app/files/text_file.h"
#include "core/runs/data_sets.h"

namespace backstep {

struct CsvColumn {
  std::string name;
  bool has_name = true;  // else it is called "column 3"
  bool numeric = true;   // every cell is a finite number or missing

  std::vector<double> numbers;  // numeric: one per row, NaN where the cell is missing
  NumberStyle style;

  // Not numeric: the texts that occur, sorted, and for every row which of them
  // (−1 where the cell is missing).
  std::vector<int> classes;
  std::vector<std::string> class_names;
  std::vector<double> truths;  // 0 or 1 for each text when they are yes and no, true and false

  long missing_cells = 0;
  long first_text = -1;   // the first row whose cell is neither missing nor a finite number
  long number_cells = 0;  // cells that are finite numbers
  long doubtful = -1;     // a row whose 1.234 may be a small number or a large one
  std::string doubtful_text;
  bool has_thousands = false;  // some are written with marks between thousands

  bool missing(long row) const;
  std::string text(long row) const;  // of a cell
  // Whether every cell stands for a number: the column is numeric, or says yes and no.
  bool has_numbers() const { return numeric || !truths.empty(); }
  double number(long row) const;  // NaN where the cell is missing
};

struct CsvTable {
  std::string file;
  long rows = 0;
  std::vector<CsvColumn> columns;
  std::vector<int> lines;  // where each row begins in the file, from 1
  char separator = ',';    // ' ': blanks
  std::string encoding;    // empty: UTF-8
  bool has_header = true;

  std::vector<std::string> names() const;
  int find(const std::string& name) const;  // the column's number, or −1

  // "column 3 (height)" and "line 7, column 3 (height)"
  std::string place(int column) const;
  std::string place(int column, long row) const;
};

// Throws FileError: what is wrong with the file and where. A missing cell, or a
// text in a column of numbers, does not matter before the column is used. `decimal`
// is '.' or ','; 0: it is detected.
CsvTable read_csv(const std::filesystem::path& path, char decimal = 0);

// What happens to rows with a missing input. Rows without a target are always
// left out.
enum class Missing { leave_out, mean, median, most_frequent };

struct CsvChoice {
  std::vector<std::string> inputs;
  std::string target;
  std::string split;  // may be empty; its cells say train or test
  TargetKind kind = TargetKind::classes;
  double train_fraction = 0.5;  // without a split
  std::uint64_t seed = 1;       // of the shuffle, without a split
  Missing missing = Missing::leave_out;
  bool one_hot = false;  // an input of texts is a column of 0 and 1 for each of them

  friend bool operator==(const CsvChoice&, const CsvChoice&) = default;
};

// The choice that a table suggests: which columns can be inputs, and which is the
// target: a column with such a name, a first column of texts before columns of
// numbers, or the last column.
CsvChoice suggested_choice(const CsvTable& table);

// The inputs that go with a target that is chosen.
std::vector<std::string> suggested_inputs(const CsvTable& table, const std::string& target,
                                          const std::string& split, bool one_hot);

// Whether a column, as the target, holds classes or numbers, judged by its cells.
TargetKind suggested_kind(const CsvColumn& target);

// Why a column is not an input unless it is chosen, such as "text" or "numbers the
// rows"; empty when it is one.
std::string why_no_input(const CsvTable& table, int column, bool one_hot);

// Whether a column is meant to hold numbers: most of its cells do.
bool looks_numeric(const CsvColumn& column);

// Without a split column, the rows are shuffled and split by the fraction; with one,
// they stay in the file's order, the training rows first. Missing cells are filled
// in from the training rows. Throws FileError when the choice does not fit the table.
Samples samples_of(const CsvTable& table, const CsvChoice& choice);

// The rows that become samples, in the file's order.
std::vector<long> rows_taken(const CsvTable& table, const CsvChoice& choice);

// A text from a file as messages quote it: on one line, and cut when it is long.
std::string shown_in_message(std::string cell);

}  // namespace backstep
