// Gradient flow follows one gradient from the loss back to the first layer and
// says what every op on the way does to its size: each factor is the norm after
// over the norm before, so that their product is what arrives.
#pragma once

#include <string>
#include <vector>

#include "core/graph.h"

namespace backstep {

enum class FlowKind { loss, slope, weights, batch_norm, data, other };

struct FlowStep {
  FlowKind kind = FlowKind::other;
  std::string label;   // "σ′ 6", "W7", "½MSE"
  int node = -1;       // the node whose gradient is reached
  int layer = 0;       // index into Graph::layers()
  double factor = 0;   // norm / the norm one step before; the first step starts from 1
  double norm = 0;     // ‖∂L/∂node‖ reached
};

// From the loss to the input, then to the first layer's parameters: needs a
// forward and a backward pass just done. It follows the longest chain of ops
// behind which a parameter lies. After a norm of 0 or a non-finite one no
// further step follows.
std::vector<FlowStep> gradient_flow(const Graph& graph);

}  // namespace backstep
