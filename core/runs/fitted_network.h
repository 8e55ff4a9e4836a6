// A fitted network is one whose output, loss and targets go together: changing
// one of them changes the others as far as it must.
#pragma once

#include <string>

#include "core/runs/data_sets.h"
#include "core/runs/network.h"

namespace backstep {

// The loss or the output set; the other follows when the two do not go together.
Network with_loss(Network network, const std::string& loss);
Network with_output(Network network, const std::string& output);

// The network with a loss and an output that these targets can be learned with.
Network fitted(Network network, const Samples& samples);

}  // namespace backstep
