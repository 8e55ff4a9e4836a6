// The data dialog asks how to make samples from a file: which columns are inputs,
// which is the target and what it means, which rows are trained on. Samples are made
// anew with every choice, so that a choice that does not fit is reported while it is
// made.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/documents/csv_source.h"
#include "app/panels/dialogs/data_table.h"
#include "app/widgets/context.h"

namespace backstep {

struct Dialogs;

struct DataDialog {
  std::filesystem::path file;
  bool opens = false;  // as a session of its own
  char decimal = 0;    // that was chosen; 0: as the file looks
  CsvTable table;
  CsvChoice choice;
  bool standardise = true;
  std::optional<Samples> samples;  // of the choice; none: `problem` says why
  DataFacts facts;                 // of the choice
  std::string problem;
  TableView rows;
};

// Reads the file and opens the dialog on it, with the columns that `before` took from
// the same file, or else those that the table suggests. The samples become those of the
// session, or, with `opens`, of a new one. Throws FileError.
void open_data_dialog(Dialogs& dialogs, const std::filesystem::path& path, bool opens = false,
                      const DataSource& before = {});

// Contents of the dialog, inside its window; `size` is its inner size.
void draw_data_dialog(const PanelContext& context, Dialogs& dialogs, Point size);

}  // namespace backstep
