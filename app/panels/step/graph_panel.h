// The graph panel is the canvas with the graph on it: drag to pan, scroll to
// zoom, click to select, and drag or type the value of any parameter, input or
// target where it stands.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

void draw_graph_panel(const PanelContext& context, Rect rect);

// What is left of the panel's rectangle beside its buttons, for a message at its foot.
Rect beside_graph_buttons(const PanelContext& context, Rect rect);

// Drops whatever is being dragged or typed on the canvas: the graph is another one.
void forget_canvas_gesture(InteractionState& interaction);

}  // namespace backstep
