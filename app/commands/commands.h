// Commands are everything the program can be told to do, one row each: what it
// is called, its keys, when it is possible and what it does. Menus, buttons,
// keys and the help page all read this table.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "app/commands/actions.h"
#include "app/commands/keyboard.h"
#include "app/platform/window.h"

namespace backstep {

class App;

enum class CommandId : int {
  open,
  examples,
  save,
  save_as,
  save_picture,
  export_text,
  lessons,
  next_lesson_step,
  previous_lesson_step,
  close_lesson,
  quit,
  undo,
  redo,
  reset_values,
  play,
  play_faster,
  play_slower,
  step,
  step_back,
  pass_start,
  pass_end,
  next_phase,
  previous_phase,
  next_update,
  previous_update,
  train,
  one_epoch,
  restart,
  mode_step,  // in the order of Mode
  mode_train,
  mode_compare,
  all_samples,
  check_all,
  hide_bug,
  fit,
  zoom_in,
  zoom_out,
  theme,
  larger_text,
  smaller_text,
  normal_text,
  log_loss,
  log_norms,
  present,
  help,
  about,
  use_precision,  // the first of as many as there are rows of all_precisions()
};

struct Keys {
  int key = 0;  // GLFW_KEY_*, or the sign that is written; 0 for none
  bool control = false, shift = false;
};

struct Command {
  CommandId id;
  const char* menu;  // File, Edit, Run, View, Help
  const char* label;
  const char* says;  // one sentence for the help page and tooltips
  Keys keys, other_keys;
  bool (*possible)(const App&);
  std::function<void(App&)> run;
};

std::span<const Command> all_commands();
const Command& command_of(CommandId id);

CommandId command_for(Mode mode);            // that shows the mode
CommandId command_for(Precision precision);  // that has every result rounded to it

// The command of a key press, or null. While text is being typed, only keys that
// cannot mean text or editing count.
const Command* command_for(const KeyPress& press, Typing typing);

// "Ctrl+Shift+S", empty for none.
std::string name_of(Keys keys);

}  // namespace backstep
