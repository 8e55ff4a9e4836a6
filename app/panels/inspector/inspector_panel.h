// The inspector shows one node from all sides: what it computes, the chain rule
// behind its gradients, what a nudge of it does to the loss, and its numbers,
// which can be edited where they are given and not computed. Without a
// selection it follows the node that the last tick worked on.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

void draw_inspector_panel(const PanelContext& context, Rect rect);

}  // namespace backstep
