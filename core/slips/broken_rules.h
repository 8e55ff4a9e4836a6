// A broken rule is the row of an op with a derivative that is wrong in a well-known
// way. Each function gives one to a node of a graph, and returns false if it does not
// apply to that node. Values and formulas stay as they are.
#pragma once

#include "core/engine/graph.h"

namespace backstep {

bool is_activation(const Node& node);

// σ and tanh: the slope formula gets z instead of a.
bool take_slope_at_z(Graph& graph, int node);
// A function of one number, or a power: its slope is taken as 1.
bool forget_slope(Graph& graph, int node);
// A product of matrices, one of them square: neither is transposed.
bool forget_transposes(Graph& graph, int node);
// A loss or a difference: the gradient of the prediction, or of what is subtracted, has
// the wrong sign.
bool turn_sign(Graph& graph, int node);
// A loss or a mean over more than one number: the gradient lacks the 1/n.
bool forget_mean(Graph& graph, int node);
// What is added to x @ W or x * w: the gradient is multiplied by x's first column.
bool take_bias_for_weight(Graph& graph, int node);
// A product: the derivative by one side is that side instead of the other.
bool take_own_value(Graph& graph, int node);

// What a loss or a mean divides by; 1 for any other node.
double divisor_of(const Node& node);

}  // namespace backstep
