// A CsvTable is a file of values in columns, read: names, and a number or a text
// in every cell. A CsvChoice says which columns are inputs, which is the target
// and what it means; both together are samples. Tables are read as people have
// them: separated by commas, semicolons, tabs or blanks, with or without a
// header, with decimal points or commas, with cells missing. What is not as
// usual is found out and can be told in words.
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
  // A number for every cell: it is numeric, or says yes and no.
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
// text in a column of numbers, is no matter before the column is used. `decimal`
// is '.' or ',', or 0: it is found out.
CsvTable read_csv(const std::filesystem::path& path, char decimal = 0);

// What is done about rows with a missing input; one without its target is
// always left out.
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

// What a table looks like: which columns can be inputs, and the target: a column
// called so, the first of texts before columns of numbers, or the last.
CsvChoice suggested_choice(const CsvTable& table);

// The inputs that go with a target that is chosen.
std::vector<std::string> suggested_inputs(const CsvTable& table, const std::string& target,
                                          const std::string& split, bool one_hot);

// What a column means as the target, going by its cells.
TargetKind suggested_kind(const CsvColumn& target);

// Why a column is no input unless it is chosen, "text" or "numbers the rows"; or
// nothing.
std::string why_no_input(const CsvTable& table, int column, bool one_hot);

// Numbers, or meant to be: most of its cells are.
bool looks_numeric(const CsvColumn& column);

// Without a split shuffled and split by the fraction; else in the file's order,
// the rows for training first. What is missing is filled in by what the rows for
// training have. Throws FileError when the choice does not fit the table.
Samples samples_of(const CsvTable& table, const CsvChoice& choice);

// The rows that become samples, in the file's order.
std::vector<long> rows_taken(const CsvTable& table, const CsvChoice& choice);

// A text from a file as a message shows it: on one line, and not too long.
std::string shown_in_message(std::string cell);

}  // namespace backstep
