// The plots panel shows the loss and every layer's gradient norm over the
// updates, and moves while the network trains.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

void draw_plots_panel(const PanelContext& context, Rect rect);

}  // namespace backstep
