// A broken rule is the row of an op with a derivative that is wrong in a
// well-known way. Each function gives one to one node of a graph, and says
// whether the node has a place for it. Values and formulas stay as they are.
#pragma once

#include "core/engine/graph.h"

namespace backstep {

bool is_activation(const Node& node);

// σ and tanh: z where a belongs.
bool take_slope_at_z(Graph& graph, int node);
// A function of one number (or a power): 1 for its slope.
bool forget_slope(Graph& graph, int node);
// A product of matrices one of which is square.
bool forget_transposes(Graph& graph, int node);
// A loss, or what is subtracted.
bool turn_sign(Graph& graph, int node);
// A loss or a mean over more than one number: its gradient without the 1/n.
bool forget_mean(Graph& graph, int node);
// What is added to x @ W or x * w: its gradient multiplied by x's first column.
bool take_bias_for_weight(Graph& graph, int node);
// A product: the own value where the partner's belongs.
bool take_own_value(Graph& graph, int node);

// What a loss or a mean divides by; 1 for any other node.
double divisor_of(const Node& node);

}  // namespace backstep
