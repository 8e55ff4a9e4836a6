// The program editor is a text field with line numbers, coloured words, the
// line the last tick belongs to lit as in a debugger, and the mistake, if there
// is one, said below its line.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

// Draws into `rect` of the current ImGui window.
void draw_program_editor(const PanelContext& context, Rect rect);

}  // namespace backstep
