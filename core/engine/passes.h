// The passes: one op forward, one op backward, one parameter updated. The chain
// rule stands in backward() and nowhere else.
#pragma once

#include "core/engine/graph.h"

namespace backstep {

// Which edges a backward step serves: every leaf's gradient is wanted when one
// looks; while training only what leads to parameters is.
enum class Reach { everything, parameters };

// Computes the value of op `node` from the values of its operands.
void forward(const Graph& graph, int node);

// Hands the gradient of op `node` to its operands; every edge keeps its local
// derivative (elementwise ops) and its contribution.
void backward(const Graph& graph, int node, Reach reach = Reach::everything);

// The same, but only to operands that are marked in `wanted`, by node.
void backward(const Graph& graph, int node, const std::vector<bool>& wanted);

// Zeroes the gradients that are sums, then sets the loss's own to 1.
void begin_backward(const Graph& graph);

// Gradient descent: value −= learning rate · gradient.
void update(const Graph& graph, int parameter, double learning_rate);

// A whole forward pass, and a whole forward and backward pass.
void forward_pass(const Graph& graph);
void forward_and_backward_pass(const Graph& graph, Reach reach = Reach::everything);

// ‖∂L/∂θ‖₂ over all parameters of `layer`.
double gradient_norm(const Graph& graph, int layer);

}  // namespace backstep
