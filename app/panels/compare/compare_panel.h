// The middle of Compare: a card for each run, and two plots that lay all runs
// over each other.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

void draw_compare_panel(const PanelContext& context, Rect middle);

}  // namespace backstep
