// A whole pass is one more forward and backward pass of a run over its whole
// training set, without an update: its values and gradients are the ones that are
// written of a run.
#pragma once

#include "core/runs/experiment.h"

namespace backstep {

// With the current parameters, those after `epochs` epochs, which is also the number of
// the pass. If one pass over the training set would take too much memory, it has only
// as many rows as fit, evenly chosen.
Graph whole_pass(const Experiment& experiment, long epochs);

// Whether `whole` is a pass over all rows of the experiment's training set.
bool is_of_all_rows(const Graph& whole, const Experiment& experiment);

}  // namespace backstep
