// The runs of a comparison as lines: a run has one colour and line style in
// every plot, card and list.
#pragma once

#include <string>

#include "app/plots/plot.h"
#include "core/doctor/comparison.h"

namespace backstep {

// Run `number` as a line without numbers yet: its name, colour and style.
Series run_series(const Theme& theme, const Comparison::Run& run, int number);

// The loss on the training set in four digits, "…" before it is known.
std::string loss_text(const Comparison::Run& run);

}  // namespace backstep
