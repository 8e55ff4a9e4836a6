// A whole pass is one more forward and backward pass of a run over its whole
// training set, with no update: what is written of a run as values and
// gradients.
#pragma once

#include "core/experiment.h"

namespace backstep {

// With the parameters as they are after `epochs` epochs, which is also the
// number of the pass.
Graph whole_pass(const Experiment& experiment, long epochs);

}  // namespace backstep
