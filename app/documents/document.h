// A Document is what a session file holds: a title, the setup of a run, where its
// data came from, and what the window showed. It does not know how it is run or
// shown; session_file.h reads and writes it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/documents/mode.h"
#include "core/runs/setup.h"

namespace backstep {

// What was read from a table and what was left out, for people to be told.
struct DataFacts {
  struct Column {
    std::string name, why;
  };
  long rows = 0;  // below the header
  long rows_left_out = 0;
  std::string why_rows;  // "a cell is missing: Age 177; the first in line 7"
  std::vector<Column> columns_left_out;
  std::vector<std::string> notes;  // "decimals have commas: price"
};

// Where samples came from, so that a session file can name the source again.
struct DataSource {
  enum class Kind { rows, built_in, csv };
  Kind kind = Kind::rows;           // written out in the session itself
  std::string set;                  // built_in: a row of all_data_sets()
  DataSetOptions options;           // built_in; csv: train_fraction and seed
  std::filesystem::path file;       // csv
  std::vector<std::string> inputs;  // csv: columns
  std::string target, split;        // csv: columns; split may be empty
  std::string missing = "leave_out";  // csv: a row of all_missing_words()
  bool one_hot = false;             // csv: inputs of texts are columns of 0 and 1
  std::string decimal;              // csv: "." or ","; empty: as it looks
  DataFacts facts;                  // csv: of the reading; not saved
};

struct Document {
  std::string title = "Untitled";
  Setup setup;
  DataSource source;  // of the setup's samples

  // The runs of Compare: the setting they differ in and its value in each. Empty: none
  // were chosen yet.
  std::string compare_by;
  std::vector<std::string> compare_values;

  // Only in files: the last program that ran, if the setup's has a mistake. The
  // parameters and the tick are then those of this program.
  std::string right_program;

  // What the window showed when the session was saved.
  Mode mode = Mode::step;
  long update = 0;
  int tick = 0;
  std::string other_view = "{}";  // fields of "view" not known here, as JSON
};

}  // namespace backstep
