// The setup panel is the left column of Train and Compare: rows for the data, the
// network and how it is trained, and in Compare what the runs differ in. An open lesson
// takes its place until the setup is asked for. Training is started at its foot, which
// is always in sight.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

void draw_setup_panel(const PanelContext& context, Rect rect);

// Lets the mouse add, drag, erase or pick samples in a decision surface that is drawn at
// `field_rect`, depending on the tool chosen in the panel. Call it after the surface is
// drawn, in the same window.
void draw_points_with_mouse(const PanelContext& context, Rect field_rect, const InputRange& range);

}  // namespace backstep
