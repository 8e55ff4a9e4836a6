// A run card shows one run of a comparison: its name and loss, what it answers,
// and every layer's gradient norm by epoch with a verdict beneath.
#pragma once

#include "app/plots/epoch_heat.h"
#include "app/widgets/context.h"
#include "core/doctor/comparison.h"

namespace backstep {

// What the heatmaps of all cards share, so that they can be compared.
struct SharedHeat {
  NormScale scale;
  double last_epoch = 0;
};
SharedHeat shared_heat(const Comparison& comparison);

// What the doctor says of a run in a few words: "layer 1 hears nothing".
struct RunVerdict {
  std::string words;
  Color color;
};
RunVerdict verdict_on(const Theme& theme, const Comparison::Run& run);

// Draws the card of run `number`. A click chooses the run; returns the epoch
// under the pointer in its heatmap, NaN without one.
double draw_run_card(const PanelContext& context, Painter& painter, Rect rect,
                     const Comparison& comparison, int number, const SharedHeat& shared);

}  // namespace backstep
