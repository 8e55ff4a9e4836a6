// Dialogs are the windows in front of the main one: choosing a file, the lists of
// lessons and examples, help, about, the samples and their source, and the question
// before unsaved edits are lost. At most one is open.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/documents/examples.h"
#include "app/documents/lesson_progress.h"
#include "app/panels/dialogs/data_dialog.h"
#include "app/panels/dialogs/data_table.h"
#include "app/widgets/context.h"

namespace backstep {

class Keyboard;

enum class Dialog {
  none,
  open,
  save,
  picture,
  export_text,  // in one of the export formats
  examples,
  lessons,
  help,
  about,
  unsaved,
  rescued,       // edits that a terminated window left behind
  data_file,     // choosing a file of data
  data_columns,  // choosing its columns
  data_table,    // the samples
};

struct FileEntry {
  std::string name;
  bool is_folder = false;
};

struct Dialogs {
  Dialog open = Dialog::none;
  bool just_opened = false;

  // Of the file dialogs.
  std::filesystem::path folder;
  std::string name;
  std::vector<FileEntry> entries;
  std::vector<std::filesystem::path> recent;  // whole paths, offered above the folder when opening
  std::string problem;                        // why the last try did not work
  bool ask_overwrite = false;                 // the file exists; the button now says Replace

  std::optional<DataDialog> data;  // of Dialog::data_columns
  TableView table;                 // of Dialog::data_table

  ProgressByLesson progress;  // of Dialog::lessons

  std::optional<Action> then;  // of Dialog::unsaved: what was about to happen
  int answer = 0;              // of a question: the one that Enter gives

  // Of Dialog::rescued: the files, and the title of the first.
  std::vector<std::filesystem::path> rescued;
  std::string rescued_title;
};

void open_dialog(Dialogs& dialogs, Dialog which);
// A file dialog in `folder` with `name` filled in.
void open_file_dialog(Dialogs& dialogs, Keyboard& keyboard, Dialog which,
                      const std::filesystem::path& folder, const std::string& name);

// Draws the open dialog, if any, over a window of `screen`.
void draw_dialogs(const PanelContext& context, Dialogs& dialogs, Rect screen,
                  const std::vector<Example>& examples);

}  // namespace backstep
