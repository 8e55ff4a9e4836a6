// Metrics are what training is judged by, a row per epoch: the loss on the
// training and the test data, and the norm of every layer's gradient.
#pragma once

#include <ostream>
#include <vector>

#include "core/runs/experiment.h"

namespace backstep {

// Layers that have parameters, or the unnamed one when none has.
std::vector<int> layers_with_norms(const Timeline& timeline);

// Trains to the end of `epochs` epochs and writes the rows of all of them as
// CSV. Losses are those at the end of an epoch, norms those of its first
// update; epoch 0 is before any.
void write_metrics(std::ostream& out, Experiment& experiment, long epochs);

// The rows of the epochs that its history kept, without training.
void write_history(std::ostream& out, const Experiment& experiment);

}  // namespace backstep
