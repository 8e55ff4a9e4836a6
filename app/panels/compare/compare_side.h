// The right side of Compare and of Train: the doctor's cards above, and below
// them where the gradient of one run goes.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

// Of the runs compared; the waterfall is of the run that is chosen.
void draw_compare_side(const PanelContext& context, Rect right);

// Of the session's own run.
void draw_train_side(const PanelContext& context, Rect right);

}  // namespace backstep
