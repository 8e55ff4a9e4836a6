// Metrics are what training is judged by, a row per epoch: the loss on the
// training and the test data, and the norm of every layer's gradient.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "app/cli/test_loss.h"
#include "core/timeline.h"

namespace backstep {

// Layers that have parameters, or the unnamed one when none has.
std::vector<int> layers_with_norms(const Timeline& timeline);

// Trains to the backward pass after `epochs` epochs and writes the rows of all
// of them as CSV. Losses are those at the end of an epoch, norms those of its
// first update; epoch 0 is before any.
void write_metrics(std::ostream& out, Timeline& timeline, const TestLoss& test, long epochs);

}  // namespace backstep
