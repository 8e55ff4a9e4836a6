// The runs of a comparison as lines: a run has one colour and line style in
// every plot, card and list.
#pragma once

#include <string>

#include "app/draw/plot.h"
#include "app/panels/context.h"
#include "core/comparison.h"

namespace backstep {

// Run `number` as a line without numbers yet: its name, colour and style.
Series run_series(const Theme& theme, const Comparison::Run& run, int number);

// What its loss is now: of the training set, or of the test set. NaN without one.
double last_loss(const Comparison::Run& run, bool test = false);
// That of the training set in four digits.
std::string loss_text(const Comparison::Run& run);

// A row for each run, in the panel that is being filled: its line, its name, its
// loss. A click on it chooses whose gradient is followed.
void draw_run_legend(const PanelContext& context);

}  // namespace backstep
