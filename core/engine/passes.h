// The passes: one op forward, one op backward, and whole passes made of these. The
// chain rule stands in backward() and nowhere else.
#pragma once

#include "core/engine/graph.h"

namespace backstep {

// Which gradients a backward step computes: those of all nodes to be looked at, or,
// in training, only those on the way to parameters.
enum class Reach { everything, parameters };

// Computes the value of op `node` from the values of its operands.
void forward(const Graph& graph, int node);

// Passes the gradient of op `node` on to its operands. Every edge remembers its local
// derivative (of elementwise ops) and its contribution.
void backward(const Graph& graph, int node, Reach reach = Reach::everything);

// The same, but only to operands that `wanted` marks, by node.
void backward(const Graph& graph, int node, const std::vector<bool>& wanted);

// Zeroes the gradients that are sums of contributions and sets the loss's own to 1.
void begin_backward(const Graph& graph);

// A whole forward pass, and a whole forward and backward pass.
void forward_pass(const Graph& graph);
void forward_and_backward_pass(const Graph& graph, Reach reach = Reach::everything);

// ‖∂L/∂θ‖₂ over all parameters of `layer`.
double gradient_norm(const Graph& graph, int layer);

}  // namespace backstep
