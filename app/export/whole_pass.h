// A whole pass is one more forward and backward pass of a run over its whole
// training set, with no update: what is written of a run as values and
// gradients.
#pragma once

#include "core/runs/experiment.h"

namespace backstep {

// With the parameters as they are after `epochs` epochs, which is also the
// number of the pass. Of a training set that would take too much memory as one
// pass, of as many rows as do not, evenly chosen.
Graph whole_pass(const Experiment& experiment, long epochs);

// Whether `whole` is a pass over all rows of the experiment's training set.
bool is_of_all_rows(const Graph& whole, const Experiment& experiment);

}  // namespace backstep
