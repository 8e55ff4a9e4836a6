#include "core/proofs/nudged_pass.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/engine/arrays.h"
#include "core/engine/passes.h"

namespace backstep {

namespace {

// Functions are exact to one or two units in the last place, sums to a few.
constexpr double units_of_functions = 2, units_of_sums = 4;

// Σ |a·b|
double magnitude(View a, View b) { return (entries(a) * entries(b)).abs().sum(); }

// How far rounding in one op may move the loss, in units of the last place: rounding of
// its result and, if it is a sum, of the terms that its operands contribute.
double rounding_of(const Graph& graph, const Node& node, const std::vector<bool>& depends) {
  double units = units_of_functions * magnitude(node.value, node.gradient);
  if (node.op->is_elementwise()) return units;
  for (int number : node.edges_in) {
    const GraphEdge& edge = graph.edge(number);
    if (edge.carries_gradient && depends[static_cast<std::size_t>(edge.from)])
      units += units_of_sums * magnitude(edge.operand_value, edge.contribution);
  }
  if (node.op->rounding && depends[static_cast<std::size_t>(node.inputs[0])])
    units += units_of_sums * node.op->rounding(node.call, node.gradient);
  return units;
}

}  // namespace

NudgedPass::NudgedPass(const Graph& graph) : graph_(graph.clone()) {
  graph_.mend_rules();
  graph_.pass().precision = Precision::float64;
  forward_pass(graph_);
}

void NudgedPass::choose(int node, Index entry) {
  if (node_ >= 0) graph_.node(node_).value[entry_] = start_;
  if (node != node_) follow(node);
  entry_ = entry;
  start_ = graph_.node(node).value[entry];
}

void NudgedPass::follow(int node) {
  for (int op : forward_) forward(graph_, op);  // undoes what depended on the old number
  node_ = node;
  depends_.assign(graph_.nodes().size(), false);
  depends_[static_cast<std::size_t>(node)] = true;
  forward_.clear();
  for (int op : graph_.ops()) {
    const std::vector<int>& inputs = graph_.node(op).inputs;
    const bool follows = std::any_of(inputs.begin(), inputs.end(), [&](int input) {
      return depends_[static_cast<std::size_t>(input)];
    });
    if (!follows || op == node) continue;
    depends_[static_cast<std::size_t>(op)] = true;
    forward_.push_back(op);
  }
  backward_.clear();
  for (int op : graph_.backward_ops())
    if (op != node && depends_[static_cast<std::size_t>(op)]) backward_.push_back(op);
}

Nudged NudgedPass::at(double value) {
  const Node& node = graph_.node(node_);
  node.value[entry_] = value;
  for (int op : forward_) forward(graph_, op);
  const double loss = graph_.node(graph_.loss()).value[0];
  if (!depends_[static_cast<std::size_t>(graph_.loss())] || !node.reaches_loss) return {loss, 0, 0};
  begin_backward(graph_);
  for (int op : backward_) backward(graph_, op, depends_);
  return {loss, node.gradient[entry_], noise()};
}

double NudgedPass::noise() const {
  double units = 0;
  for (int op : backward_) units += rounding_of(graph_, graph_.node(op), depends_);
  // A guess, if the chain rule gives no finite numbers.
  if (!std::isfinite(units)) units = 1000 * std::abs(graph_.node(graph_.loss()).value[0]);
  return std::numeric_limits<double>::epsilon() / 2 * units +
         std::numeric_limits<double>::denorm_min();
}

bool NudgedPass::is_held() const {
  return std::any_of(backward_.begin(), backward_.end(), [&](int op) {
    const Node& node = graph_.node(op);
    return node.op->is_held && node.op->is_held(node.call);
  });
}

}  // namespace backstep
