// The setup panel is the left column of Train and Compare: the data, the
// network and how it is trained, a row each; in Compare also what the runs
// differ in; an open lesson stands in its place until one asks for the setup. Training is started
// at its foot, which is always in sight.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

void draw_setup_panel(const PanelContext& context, Rect rect);

// What the mouse does to the points of a field drawn at `field_rect`, by the
// tool chosen in the panel: it adds, drags and erases samples, or picks one.
// Call after the field is drawn, in its window.
void draw_points_with_mouse(const PanelContext& context, Rect field_rect, const InputRange& range);

}  // namespace backstep
