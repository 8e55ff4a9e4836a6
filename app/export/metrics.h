// Metrics are the figures by which training is judged, a row per epoch: the loss on
// the training and the test data, and the norm of every layer's gradient.
#pragma once

#include <ostream>
#include <vector>

#include "core/runs/experiment.h"

namespace backstep {

// The layers that have parameters, or the unnamed layer when none has.
std::vector<int> layers_with_norms(const Timeline& timeline);

// Trains to the end of `epochs` epochs and writes the rows of all of them as
// CSV. Losses are those at the end of an epoch, norms those of its first update; epoch
// 0 is the state before any update.
void write_metrics(std::ostream& out, Experiment& experiment, long epochs);

// Writes the epochs that are in the experiment's history, without training.
void write_history(std::ostream& out, const Experiment& experiment);

}  // namespace backstep
