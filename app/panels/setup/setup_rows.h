// The rows of the setup panel: a label at the left, a field at the right, and
// a tooltip. Fields that hold a number, a choice or a switch call the function they are
// handed when they are changed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/widgets/choice_field.h"
#include "app/widgets/context.h"

namespace backstep {

struct RowWords {
  std::string label;
  std::string name;     // of the probe and of the burst of edits: "setup.dropout"
  std::string tooltip;  // a sentence, and the formula on the next line
};

struct NumberRange {
  double lowest = 0, highest = 0;
  bool whole = false;
  std::string zero;     // what 0 is called: "off"
  double least_drag = 1e-3;  // a drag from 0 moves as if the number were this
};

// The label, wrapped when it is long; the cursor is then where the field goes.
// end_row() goes on below.
void begin_row(const PanelContext& context, const RowWords& words);
void end_row(const PanelContext& context);

void number_row(const PanelContext& context, const RowWords& words, double value,
                const NumberRange& range, const std::function<void(double)>& set);
// The same field without a label, `width` units wide.
void number_cell(const PanelContext& context, const RowWords& words, double value,
                 const NumberRange& range, float width, const std::function<void(double)>& set);
void toggle_row(const PanelContext& context, const RowWords& words, bool on,
                const std::function<void(bool)>& set);
// `set` is handed the name of the choice.
void choice_row(const PanelContext& context, const RowWords& words,
                const std::vector<Choice>& choices, const std::string& current,
                const std::function<void(const std::string&)>& set, const std::string& shown = "");
// A field that folds the rows below it; true when they are shown.
bool fold_row(const PanelContext& context, const RowWords& words, const std::string& summary,
              bool open_at_first);

// The title of a section, with room above it.
void section(const PanelContext& context, const std::string& title, const std::string& note = "");

// A button that the keyboard can come to. `width` in units, 0: as its label.
bool row_button(const PanelContext& context, const std::string& label, float width,
                const std::string& name, const std::string& tip = "", bool lit = false,
                bool enabled = true);

// ---- asking for changes ----

// Edits in a row whose `burst` is the same are undone together; it is the row's name.
void push_setup(const PanelContext& context, Setup setup, const std::string& burst);
// The session's setup with `change` made to it.
void change_setup(const PanelContext& context, const std::string& burst,
                  const std::function<void(Setup&)>& change);
// The same for its network; a network that could not run is answered with why.
void change_network(const PanelContext& context, const std::string& burst,
                    const std::function<void(Network&)>& change);

// Compare differs in this setting: it is not one of the network's own.
bool is_compared(const PanelContext& context, const char* field);

}  // namespace backstep
