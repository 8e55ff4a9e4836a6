#include "core/analysis/gradient_flow.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/engine/arrays.h"
#include "core/engine/passes.h"

namespace backstep {

namespace {

// ---- the chain --------------------------------------------------------------

constexpr int no_way = -1;

// By node: the largest number of ops on a way from a leaf of kind `source` to it, or
// no_way.
std::vector<int> longest_ways(const Graph& graph, NodeKind source) {
  std::vector<int> ways(graph.nodes().size(), no_way);
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const Node& node = graph.nodes()[i];
    if (node.kind == source) ways[i] = 0;
    for (int input : node.inputs) {
      const int way = ways[static_cast<std::size_t>(input)];
      if (way != no_way) ways[i] = std::max(ways[i], way + 1);
    }
  }
  return ways;
}

// Edges from the loss backward, as long as the op depends on parameters.
std::vector<int> chain_of(const Graph& graph) {
  NodeKind source = NodeKind::input;
  std::vector<int> ways = longest_ways(graph, source);
  if (ways[static_cast<std::size_t>(graph.loss())] == no_way)
    ways = longest_ways(graph, NodeKind::parameter);
  std::vector<int> chain;
  int node = graph.loss();
  while (!graph.node(node).is_leaf() && graph.node(node).leads_from_parameter) {
    int longest = -1, most = no_way;
    for (int number : graph.node(node).edges_in) {
      const GraphEdge& edge = graph.edge(number);
      const int way = ways[static_cast<std::size_t>(edge.from)];
      if (!edge.carries_gradient || way <= most) continue;
      longest = number;
      most = way;
    }
    if (longest < 0) break;
    chain.push_back(longest);
    node = graph.edge(longest).from;
  }
  return chain;
}

// ---- what an op on the chain is ---------------------------------------------

// The operand beside the chain, or -1.
int other_operand(const Graph& graph, const GraphEdge& edge) {
  const Node& node = graph.node(edge.to);
  return node.inputs.size() == 2 ? node.inputs[static_cast<std::size_t>(1 - edge.operand)] : -1;
}

// The parameter behind `node` and its transposes, or -1.
int parameter_behind(const Graph& graph, int node) {
  while (node >= 0 && is_op(graph.node(node), "transpose")) node = graph.node(node).inputs[0];
  return node >= 0 && graph.node(node).kind == NodeKind::parameter ? node : -1;
}

// Whether the op passes the gradient on unchanged, but for signs and order.
bool passes_on_unchanged(const Graph& graph, const GraphEdge& edge) {
  const Node& node = graph.node(edge.to);
  return edge.sole_contribution && !edge.broadcast &&
         (is_op(node, "add") || is_op(node, "subtract") || is_op(node, "negate") ||
          is_op(node, "transpose"));
}

FlowKind kind_of(const Graph& graph, const GraphEdge& edge) {
  const Node& node = graph.node(edge.to);
  if (edge.to == graph.loss()) return FlowKind::loss;
  if (is_op(node, "batch_norm")) return FlowKind::batch_norm;
  if ((is_op(node, "matmul") || is_op(node, "multiply")) &&
      parameter_behind(graph, other_operand(graph, edge)) >= 0)
    return FlowKind::weights;
  const bool is_function =
      node.op->is_elementwise() && node.inputs.size() == 1 && !is_op(node, "dropout");
  return is_function && node.op->partials[0].local ? FlowKind::slope : FlowKind::other;
}

// The layer in a label: its number, or without layers the name of the node reached.
std::string place_of(const Graph& graph, const GraphEdge& edge) {
  const int layer = graph.node(edge.to).layer;
  return layer > 0 ? std::to_string(layer) : graph.label(edge.from);
}

// What a label says of a gradient that also arrives by another way.
std::string other_ways(const Graph& graph, const GraphEdge& edge) {
  if (edge.sole_contribution) return "";
  for (int number : graph.node(edge.from).edges_out) {
    const GraphEdge& other = graph.edge(number);
    if (other.to == edge.to || !other.carries_gradient) continue;
    return is_op(graph.node(other.to), "add") ? " + skip" : " + …";
  }
  return "";
}

std::string label_of(const Graph& graph, const GraphEdge& edge, FlowKind kind) {
  const std::string sign = graph.node(edge.to).op->sign;
  switch (kind) {
    case FlowKind::loss:
      return sign;
    case FlowKind::weights:
      return graph.label(parameter_behind(graph, other_operand(graph, edge)));
    case FlowKind::batch_norm:
      return "BN " + place_of(graph, edge);
    case FlowKind::slope:
      return sign + "′ " + place_of(graph, edge);
    default:
      return sign + " " + place_of(graph, edge);
  }
}

// ---- steps ------------------------------------------------------------------

bool can_go_on(double norm) { return norm > 0 && std::isfinite(norm); }

void add(std::vector<FlowStep>& flow, FlowStep step) {
  step.factor = step.norm / (step.from < 0 ? 1 : flow[static_cast<std::size_t>(step.from)].norm);
  flow.push_back(step);
}

// ‖∂L/∂θ‖ over the parameters of the layer in which the chain ends; without layers,
// over those that enter the ops of the last step.
double parameters_norm(const Graph& graph, const std::vector<int>& chain, std::size_t begin) {
  const int layer = graph.node(graph.edge(chain.back()).to).layer;
  if (layer > 0) return gradient_norm(graph, layer);
  double squares = 0;
  for (std::size_t i = begin; i < chain.size(); ++i) {
    const int parameter = parameter_behind(graph, other_operand(graph, graph.edge(chain[i])));
    if (parameter >= 0) squares += entries(graph.node(parameter).gradient).square().sum();
  }
  return std::sqrt(squares);
}

}  // namespace

std::vector<FlowStep> gradient_flow(const Graph& graph) {
  const std::vector<int> chain = chain_of(graph);
  std::vector<FlowStep> flow;
  std::size_t last_begin = 0;  // where on the chain the last step begins
  for (std::size_t i = 0, begin = 0; i < chain.size(); ++i) {
    const GraphEdge& edge = graph.edge(chain[i]);
    if (passes_on_unchanged(graph, edge) && edge.to != graph.loss()) continue;
    const FlowKind kind = kind_of(graph, edge);
    add(flow, {.kind = kind,
               .label = label_of(graph, edge, kind) + other_ways(graph, edge),
               .node = edge.from,
               .layer = graph.node(edge.to).layer,
               .from = static_cast<int>(flow.size()) - 1,
               .norm = matrix(graph.node(edge.from).gradient).stableNorm()});
    last_begin = begin;
    begin = i + 1;
    if (!can_go_on(flow.back().norm)) break;
  }
  const bool ends_in_data =
      !flow.empty() && graph.node(graph.edge(chain.back()).from).kind != NodeKind::parameter;
  if (!ends_in_data || flow.back().node != graph.edge(chain.back()).from) return flow;
  const int input = flow.back().node;
  add(flow, {.kind = FlowKind::data,
             .label = graph.label(input),
             .node = input,
             .layer = flow.back().layer,
             .from = flow.back().from,
             .norm = parameters_norm(graph, chain, last_begin)});
  return flow;
}

}  // namespace backstep
