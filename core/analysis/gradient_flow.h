// Gradient flow follows the gradient from the loss back to the first layer and says
// by which factor every op on the way changes its norm. The product of the factors is
// the norm that arrives.
//
// Each step begins where its `from` ended: first the loss, then slopes and weights in
// turn, the last weights leading to the input itself. What the first layer's
// parameters receive branches off just before those weights: the last step, of kind
// data, begins at the first layer's z, not at the input. So the factors of loss … σ′ 1
// and data multiply to that layer's gradient norm, and W1 is not in that product.
#pragma once

#include <string>
#include <vector>

#include "core/engine/graph.h"

namespace backstep {

enum class FlowKind { loss, slope, weights, batch_norm, data, other };

struct FlowStep {
  FlowKind kind = FlowKind::other;
  std::string label;  // "½MSE", "σ′ 6", "W7", "BN 3", "x"; "W3 + skip" if the gradient
                      // also takes a way around the layer
  int node = -1;      // the node whose gradient is reached; for data the input
  int layer = 0;      // index into Graph::layers()
  int from = -1;      // the step before; -1 for the start, where the norm is 1
  double factor = 0;  // norm / norm of `from`
  double norm = 0;  // ‖∂L/∂node‖; for data ‖∂L/∂θ‖ over the first layer's parameters
};

// Needs a graph after a forward and a backward pass. Follows the longest chain of ops
// that leads back to an input through parameters. Ops that pass a gradient on unchanged,
// such as adding a bias, are not steps. The flow ends at a norm that is 0 or not finite.
std::vector<FlowStep> gradient_flow(const Graph& graph);

}  // namespace backstep
