// The program panel is the left column: the program's text, edited in place
// with its current line and its mistake marked, the lists of lessons and worked
// examples, and the controls of training; with a lesson open, the lesson.
#pragma once

#include <string>

#include "app/documents/examples.h"
#include "app/widgets/context.h"

namespace backstep {

void draw_program_panel(const PanelContext& context, Rect rect,
                        const std::vector<Example>& examples);

}  // namespace backstep
