// The keyboard's way through a panel of fields: Tab goes to the next field,
// Shift+Tab to the one before, Enter or Space presses it, Escape leaves. While
// the keyboard stands on a field, keys are for that field and are no commands.
#pragma once

#include "app/paint/painter.h"
#include "app/widgets/context.h"

namespace backstep {

// What the keyboard does to one field in this frame.
struct FieldFocus {
  bool has = false;      // the keyboard stands on the field
  bool gained = false;   // since this frame
  bool pressed = false;  // Enter or Space
};

// Around the fields of a panel, in the order in which Tab visits them.
void begin_fields(const PanelContext& context);
// `id` is ImGui's id of the field, `rect` where it is: a field that is out of
// sight scrolls into view when the keyboard comes to it.
FieldFocus focus_of(const PanelContext& context, unsigned int id, Rect rect);
// The field is being typed into: Tab goes on from here.
void typing_in(const PanelContext& context, unsigned int id);
void end_fields(const PanelContext& context);

}  // namespace backstep
