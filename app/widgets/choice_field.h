// Choice fields are the fields of settings that are not numbers: one of several (a
// dropdown), several of several, on or off, and a field that folds away what lies
// below it. The arrow keys, Home, End and the first letter move through a list;
// Enter or Space chooses, Escape closes it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/widgets/context.h"

namespace backstep {

struct Choice {
  std::string name;   // "adam"; names the row's probe
  std::string label;  // "Adam"
  std::string note;   // below it, small: the formula
  bool enabled = true;
  std::function<void(Painter&, Rect)> picture = {};  // before the label
};

struct FieldLook {
  float width = 0;  // in units; 0: as wide as there is room
  float height = 28;
  std::string probe_name;
};

// The index that was chosen, or -1. `shown` stands in the field; when it is
// empty, the label of `current` does (-1: none).
int choice_field(const PanelContext& context, const std::string& id,
                 const std::vector<Choice>& choices, int current, const FieldLook& look,
                 const std::string& shown = "");

// The index that was switched, or -1; the list stays open.
int check_field(const PanelContext& context, const std::string& id,
                const std::vector<Choice>& choices, const std::vector<bool>& checked,
                const FieldLook& look, const std::string& shown);

// True when it was switched.
bool toggle_field(const PanelContext& context, const std::string& id, bool on,
                  const FieldLook& look);

// A box to be ticked, with its label; true when it was switched.
bool check_box(const PanelContext& context, const std::string& id, const std::string& label,
               bool on, const FieldLook& look);

// True when it was pressed: what it folds opens or closes.
bool fold_field(const PanelContext& context, const std::string& id, bool open,
                const std::string& summary, const FieldLook& look);

}  // namespace backstep
