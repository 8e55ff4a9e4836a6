// What the tests of the timeline share: programs, and the visible state of a timeline, which
// they compare to the bit.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "core/program/program.h"
#include "core/stepping/timeline.h"

namespace backstep {

inline const char* const programs[] = {
    // a network, with layers and broadcast biases
    "x = input([[0.5, -0.8], [0.1, 0.9], [-0.4, 0.3]])\n"
    "y = target([[1.0], [0.0], [1.0]])\n"
    "layer(\"hidden\")\n"
    "W1 = param([[0.4, -0.7, 0.2], [0.6, 0.1, -0.3]])\n"
    "b1 = param([[0.1, 0.0, -0.1]])\n"
    "a1 = tanh(x @ W1 + b1)\n"
    "layer(\"output\")\n"
    "W2 = param(3, 1, init=\"xavier\", seed=1)\n"
    "b2 = param(0.0)\n"
    "p = sigmoid(a1 @ W2 + b2)\n"
    "L = half_mse(p, y)\n",
    // nodes used more than once, a node that does not reach the loss, constants
    "w = param([[0.3, 0.6]])\n"
    "s = w * w\n"
    "unused = exp(s)\n"
    "three = 3\n"
    "t = s + w / three\n"
    "v = sum(t * s, axis=1) - 0.1\n"
    "u = param(0.7)\n"
    "L = mse(v * u**2, target(0.2))\n",
    // divisions by a parameter of three entries, where memory is padded with zeros
    "b = param([[1.0, 2.0, 4.0]])\n"
    "c = param([[0.5], [0.25]])\n"
    "q = c / b\n"
    "L = mean(log(q) * q.T.T)\n",
    // training diverges, to infinity and then to NaN
    "w = param([[2.0, 3.0]])\nL = sum(w**4)\n",
    // no parameter, so that nothing is ever updated
    "x = input([[1.0, 2.0]])\nL = sum(x * x)\n",
    // one parameter, one op
    "w = param(1.5)\nL = w**2\n",
};

inline void add(std::vector<std::uint64_t>& to, const View& view) {
  for (double entry : view) to.push_back(std::bit_cast<std::uint64_t>(entry));
}

inline std::vector<std::uint64_t> bits(const std::vector<double>& numbers) {
  std::vector<std::uint64_t> list;
  for (double number : numbers) list.push_back(std::bit_cast<std::uint64_t>(number));
  return list;
}

// The bits of everything visible; what is not yet computed is left out.
using Everything = std::vector<std::uint64_t>;

inline Everything everything(const Timeline& timeline) {
  const Graph& graph = timeline.graph();
  Everything seen = {static_cast<std::uint64_t>(timeline.position().update),
                     static_cast<std::uint64_t>(timeline.position().tick),
                     std::bit_cast<std::uint64_t>(timeline.learning_rate())};
  for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
    const int node = static_cast<int>(i);
    const Arrived arrived = timeline.gradient_arrived(node);
    seen.push_back(static_cast<std::uint64_t>(arrived));
    if (timeline.value_known(node)) add(seen, graph.node(node).value);
    if (arrived != Arrived::nothing) add(seen, graph.node(node).gradient);
    if (graph.node(node).is_leaf())
      for (double entry : timeline.leaf_at_start(node).entries)
        seen.push_back(std::bit_cast<std::uint64_t>(entry));
  }
  for (std::size_t i = 0; i < graph.edges().size(); ++i) {
    if (!timeline.edge_done(static_cast<int>(i))) continue;
    add(seen, graph.edges()[i].contribution);
    if (graph.edges()[i].local.data) add(seen, graph.edges()[i].local);
  }
  return seen;
}

// For each node, whether its backward tick is done.
inline std::vector<bool> went_back(const Timeline& timeline) {
  std::vector<bool> done(timeline.graph().nodes().size(), false);
  for (int number = 1; number <= timeline.position().tick; ++number)
    if (timeline.tick(number).phase == Phase::backward)
      done[static_cast<std::size_t>(timeline.tick(number).node)] = true;
  return done;
}

inline bool edge_done_by_hand(const Timeline& timeline, int index) {
  const GraphEdge& edge = timeline.graph().edge(index);
  return timeline.graph().node(edge.from).has_gradient &&
         went_back(timeline)[static_cast<std::size_t>(edge.to)];
}

inline Arrived arrived_by_hand(const Timeline& timeline, int index) {
  const Graph& graph = timeline.graph();
  const Node& node = graph.node(index);
  const int backward_ticks = timeline.position().tick - timeline.forward_ticks();
  if (!node.has_gradient || backward_ticks <= 0) return Arrived::nothing;
  if (index == graph.loss()) return Arrived::all;
  int wanted = 0, arrived = 0;
  for (std::size_t i = 0; i < graph.edges().size(); ++i) {
    if (graph.edges()[i].from != index || !graph.node(graph.edges()[i].to).reaches_loss) continue;
    ++wanted;
    arrived += edge_done_by_hand(timeline, static_cast<int>(i));
  }
  if (wanted == 0)
    return backward_ticks >= timeline.backward_ticks() ? Arrived::all : Arrived::nothing;
  return arrived == 0 ? Arrived::nothing : arrived < wanted ? Arrived::some : Arrived::all;
}

}  // namespace backstep
