// The ailment of numbers that are not finite: which was the first, and where it came from.
#include <algorithm>
#include <cmath>

#include "core/base/number_words.h"
#include "core/doctor/doctor_chart.h"

namespace backstep {

namespace {

enum class Broken { nothing, infinity, not_a_number };

Broken look_at(View view) {
  Broken worst = Broken::nothing;
  for (const double entry : view) {
    if (std::isnan(entry)) return Broken::not_a_number;
    if (std::isinf(entry)) worst = Broken::infinity;
  }
  return worst;
}

std::string words(Broken broken) { return broken == Broken::infinity ? "infinity" : "NaN"; }

// "a3 = sigmoid(z3) on line 14"
std::string place_of(const Graph& graph, int index) {
  const Node& node = graph.node(index);
  const std::string written = node.name.empty() || node.is_leaf() ? "" : node.name + " = ";
  return written + (node.is_leaf() ? graph.label(index) : node.text) + " on line " +
         std::to_string(node.source.line);
}

// The first node whose value is not finite; its operands still are.
int first_broken_value(const Graph& graph) {
  for (std::size_t i = 0; i < graph.nodes().size(); ++i)
    if (look_at(graph.nodes()[i].value) != Broken::nothing) return static_cast<int>(i);
  return -1;
}

// The first edge, in backward order, that carries a gradient which is not finite.
int first_broken_edge(const Graph& graph) {
  for (int op : graph.backward_ops())
    for (int number : graph.node(op).edges_in) {
      const GraphEdge& edge = graph.edge(number);
      if (edge.carries_gradient && look_at(edge.contribution) != Broken::nothing) return number;
    }
  return -1;
}

// "Loss was 9e+115 in epoch 2 and is not finite since epoch 3."
std::string history_sentence(const Chart& chart) {
  const auto& losses = chart.losses();
  const auto broken =
      std::find_if(losses.begin(), losses.end(), [](double loss) { return !std::isfinite(loss); });
  if (broken == losses.begin() || broken == losses.end()) return "";
  const auto row = static_cast<std::size_t>(broken - losses.begin());
  const auto epoch = [&](std::size_t at) { return grouped(std::lround(chart.epochs()[at])); };
  return " Loss was " + two_digits(losses[row - 1]) + " in epoch " + epoch(row - 1) +
         " and is not finite since epoch " + epoch(row) + ".";
}

std::vector<Remedy> remedies_for(const Chart& chart, bool trained) {
  std::vector<Remedy> remedies;
  if (trained) {
    remedies = {learning_rate_times(chart, 0.1)};
    if (chart.setup().training.clip_norm == 0) remedies.push_back(remedy("clip_norm", "1"));
  } else {
    remedies = {remedy("weight_scale", "0.25"), remedy("init", "xavier")};
  }
  if (chart.setup().samples && !chart.setup().standardise)
    remedies.push_back(remedy("standardise", "on"));
  return fitting(chart, std::move(remedies));
}

std::optional<Finding> test_not_finite(const Chart& chart) {
  const Graph& graph = chart.graph();
  Finding finding;
  finding.node = first_broken_value(graph);
  if (finding.node >= 0) {
    const Node& node = graph.node(finding.node);
    const std::string what = words(look_at(node.value));
    const bool leaf = node.is_leaf();
    finding.text = (leaf ? what + " stands in " : what + " first comes out of ") +
                   place_of(graph, finding.node) +
                   (node.kind == NodeKind::parameter ? ": an update put it there." : ".");
  } else if (const int number = first_broken_edge(graph); number >= 0) {
    const GraphEdge& edge = graph.edge(number);
    finding.node = edge.from;
    finding.text =
        "Every value is finite, but the gradient is not: " + words(look_at(edge.contribution)) +
        " first comes back through " + place_of(graph, edge.to) + ".";
  } else {
    return {};
  }
  finding.layer = graph.node(finding.node).layer;
  finding.text += history_sentence(chart);
  finding.remedies = remedies_for(chart, chart.epoch > 0);
  return finding;
}

}  // namespace

std::vector<Ailment> ailments_of_numbers() {
  return {
      {.name = "not_finite",
       .title = "not finite",
       .place = 10,
       .test = test_not_finite,
       .is_error = true},
  };
}

}  // namespace backstep
