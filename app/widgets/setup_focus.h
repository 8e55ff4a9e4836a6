// The keyboard's way through a panel of fields: Tab goes to the next field,
// Shift+Tab to the one before, Enter or Space presses it, Escape lets go. While
// it stands on a field keys are for that field and are no commands.
#pragma once

#include "app/paint/painter.h"

namespace backstep {

// What the keyboard does to one field in this frame.
struct FieldFocus {
  bool has = false;      // the keyboard stands on the field
  bool gained = false;   // since this frame
  bool pressed = false;  // Enter or Space
};

// Around the fields of a panel, in the order in which Tab visits them.
void begin_fields();
// `id` is ImGui's id of the field, `rect` where it is: a field that is out of
// sight scrolls into view when the keyboard comes to it.
FieldFocus focus_of(unsigned int id, Rect rect);
// The field is being typed into: Tab goes on from here.
void typing_in(unsigned int id);
void end_fields();

}  // namespace backstep
