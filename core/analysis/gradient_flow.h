// Gradient flow follows one gradient from the loss back to the first layer and
// says what every op on the way does to its size: each factor is the norm after
// over the norm before, so that their product is what arrives.
//
// Steps follow one another, each beginning where `from` ended: first the loss,
// then slopes and weights in turn, the last weights leading to the input itself.
// What the first layer's parameters receive branches off just before those
// weights: the last step, of kind data, begins at the first layer's z, not at
// the input. So the factors of loss … σ′ 1 and data multiply to that layer's
// gradient norm, and W1 is left out of that product.
#pragma once

#include <string>
#include <vector>

#include "core/engine/graph.h"

namespace backstep {

enum class FlowKind { loss, slope, weights, batch_norm, data, other };

struct FlowStep {
  FlowKind kind = FlowKind::other;
  std::string label;  // "½MSE", "σ′ 6", "W7", "BN 3", "x"; "W3 + skip": the gradient
                      // also comes to that place around the layer
  int node = -1;      // the node whose gradient is reached; of data: the input
  int layer = 0;      // index into Graph::layers()
  int from = -1;      // the step it goes on from; -1: the start, a norm of 1
  double factor = 0;  // norm / norm of `from`
  double norm = 0;  // ‖∂L/∂node‖; of data: ‖∂L/∂θ‖ over the first layer's parameters
};

// Needs a forward and a backward pass just done. It follows the longest chain of
// ops that leads back to an input through parameters; ops that hand a gradient on
// unchanged (adding a bias) are no steps. After a norm of 0 or a non-finite one
// no further step follows.
std::vector<FlowStep> gradient_flow(const Graph& graph);

// The product of the factors that lead to `step`, itself included.
double product_to(const std::vector<FlowStep>& flow, std::size_t step);

}  // namespace backstep
