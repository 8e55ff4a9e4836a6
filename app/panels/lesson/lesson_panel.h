// The lesson panel is what the left column shows of an open lesson: the step's
// words, what it asks to be predicted, what it demands, and the way on. Below
// the program in Step; in Train and Compare in turn with the setup.
#pragma once

#include <vector>

#include "app/widgets/context.h"

namespace backstep {

// Into the open window; `rect` is inside its margins.
void draw_lesson(const PanelContext& context, Rect rect);

// Headings beside each other, of which one is chosen: "LESSON  SETUP". Returns
// the one that is now; each has the probe `name`.N.
int heading_switch(const PanelContext& context, Point at, const std::vector<const char*>& headings,
                   int chosen, const std::string& name);

}  // namespace backstep
