#include "core/engine/passes.h"

#include <cassert>
#include <cmath>
#include <cstring>

#include "core/engine/arrays.h"

namespace backstep {

namespace {

// Repeats a row, a column or a number over the whole of `to`.
void repeat(View from, View to) {
  auto into = matrix(to);
  if (from.shape.size() == 1)
    array(to).setConstant(from[0]);
  else if (from.shape.rows == 1)
    for (Index row = 0; row < into.rows(); ++row) into.row(row) = matrix(from).row(0);
  else
    for (Index row = 0; row < into.rows(); ++row) into.row(row).setConstant(from[row]);
}

// The gradient of repeat(): what was repeated is summed.
void sum_repeated(View from, View to) {
  const auto wide = matrix(from);
  if (to.shape.size() == 1) {
    to[0] = entries(from).sum();
  } else if (to.shape.rows == 1) {
    auto total = matrix(to).row(0);
    total = wide.row(0);
    for (Index row = 1; row < wide.rows(); ++row) total += wide.row(row);
  } else {
    matrix(to).col(0) = wide.rowwise().sum();
  }
}

// contribution = upstream × local along one edge.
void contribute(const Graph& graph, const Node& node, const GraphEdge& edge) {
  const Partial& partial = node.op->partials[edge.operand];
  if (!node.op->is_elementwise()) {
    partial.pullback(node.call, node.gradient, edge.contribution);
    return;
  }
  const View product =
      edge.broadcast ? View{graph.scratch().data, node.value.shape} : edge.contribution;
  if (partial.local) {
    partial.local(node.call, edge.local);
    array(product) = array(node.gradient) * array(edge.local);
  } else {
    array(product) = array(node.gradient) * partial.constant;
  }
  if (edge.broadcast) sum_repeated(product, edge.contribution);
}

// gradient += contribution, or = for a bug made on purpose.
void receive(const Graph& graph, View gradient, View contribution) {
  if (graph.overwrites())
    array(gradient) = array(contribution);
  else
    array(gradient) += array(contribution);
  round_all(gradient, graph.pass().precision);
}

// ∂L/∂input += ∂L/∂node · ∂node/∂input, along every edge that is wanted.
template <typename Wanted>
void hand_back(const Graph& graph, int index, Wanted wanted) {
  const Node& node = graph.node(index);
  for (int number : node.edges_in) {
    const GraphEdge& edge = graph.edge(number);
    if (!wanted(edge)) continue;
    contribute(graph, node, edge);
    round_all(edge.contribution, graph.pass().precision);
    if (!edge.sole_contribution) receive(graph, graph.node(edge.from).gradient, edge.contribution);
  }
}

}  // namespace

void forward(const Graph& graph, int index) {
  const Node& node = graph.node(index);
  assert(node.op && "only ops are computed; leaves are given");
  for (int number : node.edges_in) {
    const GraphEdge& edge = graph.edge(number);
    if (edge.broadcast) repeat(graph.node(edge.from).value, edge.operand_value);
  }
  node.op->forward(node.call);
  round_all(node.value, graph.pass().precision);
}

void backward(const Graph& graph, int index, Reach reach) {
  hand_back(graph, index, [&](const GraphEdge& edge) {
    return reach == Reach::everything ? edge.carries_gradient : edge.trains;
  });
}

void backward(const Graph& graph, int index, const std::vector<bool>& wanted) {
  hand_back(graph, index, [&](const GraphEdge& edge) {
    return edge.carries_gradient && wanted[static_cast<std::size_t>(edge.from)];
  });
}

void begin_backward(const Graph& graph) {
  const View gradients = graph.summed_gradients();
  std::memset(gradients.data, 0, sizeof(double) * gradients.shape.size());
  graph.node(graph.loss()).gradient[0] = 1;
}

void forward_pass(const Graph& graph) {
  for (int op : graph.ops()) forward(graph, op);
}

void forward_and_backward_pass(const Graph& graph, Reach reach) {
  forward_pass(graph);
  begin_backward(graph);
  for (int op : graph.backward_ops()) backward(graph, op, reach);
}

double gradient_norm(const Graph& graph, int layer) {
  double squares = 0;
  for (int parameter : graph.parameters())
    if (graph.node(parameter).layer == layer)
      squares += entries(graph.node(parameter).gradient).square().sum();
  return std::sqrt(squares);
}

}  // namespace backstep
