// The middle of Train: what the network has learned, and how its layers fare.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

void draw_train_panel(const PanelContext& context, Rect middle);

}  // namespace backstep
