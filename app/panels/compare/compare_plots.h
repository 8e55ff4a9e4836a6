// The plots of Compare: every run's loss over the epochs, and its gradient norm
// over the layers at one epoch, all runs on the same axes.
#pragma once

#include "app/paint/painter.h"
#include "app/widgets/context.h"
#include "core/doctor/comparison.h"

namespace backstep {

// Returns the epoch under the crosshair, NaN without one.
double draw_loss_comparison(const PanelContext& context, Painter& painter, Rect rect,
                            const Comparison& comparison);

// The norms at `epoch`; NaN is the last epoch that every run has finished.
void draw_norm_comparison(const PanelContext& context, Painter& painter, Rect rect,
                          const Comparison& comparison, double epoch);

}  // namespace backstep
