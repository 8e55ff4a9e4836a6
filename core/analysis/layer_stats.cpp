#include "core/analysis/layer_stats.h"

#include <algorithm>
#include <cmath>

namespace backstep {

namespace {

constexpr double flat_slope = 1.0 / 20;  // of the largest slope
constexpr double nearly_all = 0.95;      // of the samples

// ---- which nodes are hidden layers ------------------------------------------

bool counts_as_activation(const Node& node) {
  if (!node.op || node.inputs.size() != 1 || !node.reaches_loss) return false;
  return node.op->is_activation;
}

// By node: whether it depends on data.
std::vector<char> depends_on_data(const Graph& graph) {
  std::vector<char> from(graph.nodes().size(), 0);
  for (std::size_t i = 0; i < from.size(); ++i) {
    const Node& node = graph.nodes()[i];
    from[i] = node.kind == NodeKind::input;
    for (int input : node.inputs) from[i] |= from[static_cast<std::size_t>(input)];
  }
  return from;
}

// By node: whether some op after it combines its result with other parameters.
std::vector<char> feeds_parameters(const Graph& graph, const std::vector<char>& data) {
  std::vector<char> feeds(graph.nodes().size(), 0);
  for (std::size_t i = feeds.size(); i-- > 0;)
    for (int number : graph.nodes()[i].edges_out) {
      const auto to = static_cast<std::size_t>(graph.edge(number).to);
      feeds[i] |= feeds[to];
      for (int other : graph.nodes()[to].inputs)
        feeds[i] |=
            graph.node(other).leads_from_parameter && !data[static_cast<std::size_t>(other)];
    }
  return feeds;
}

// Whether it is the output of a layer without an activation: another layer uses it.
bool is_linear_result(const Graph& graph, int index) {
  const Node& node = graph.node(index);
  if (node.layer == 0 || node.is_leaf() || !node.leads_from_parameter) return false;
  const bool leaves = std::any_of(node.edges_out.begin(), node.edges_out.end(), [&](int edge) {
    return graph.node(graph.edge(edge).to).layer != node.layer;
  });
  return leaves && std::none_of(graph.nodes().begin(), graph.nodes().end(), [&](const Node& other) {
           return other.layer == node.layer && counts_as_activation(other);
         });
}

std::vector<int> hidden_activations(const Graph& graph) {
  const std::vector<char> data = depends_on_data(graph);
  const std::vector<char> feeds = feeds_parameters(graph, data);
  std::vector<int> found;
  for (int index : graph.ops()) {
    const auto i = static_cast<std::size_t>(index);
    if (data[i] && feeds[i] &&
        (counts_as_activation(graph.node(index)) || is_linear_result(graph, index)))
      found.push_back(index);
  }
  return found;
}

// ---- what is counted --------------------------------------------------------

double share(long part, long whole) {
  return whole ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

// Goes row by row, in the order of memory.
void count_slopes(LayerStats& stats, const Op& op, View slopes) {
  const double least = flat_slope * op.largest_slope;
  const auto columns = static_cast<std::size_t>(slopes.shape.columns);
  std::vector<long> zeros(columns, 0), flats(columns, 0);
  double sum = 0;
  const double* slope = slopes.data;
  for (Index row = 0; row < slopes.shape.rows; ++row)
    for (std::size_t column = 0; column < columns; ++column, ++slope) {
      sum += *slope;
      zeros[column] += *slope == 0;
      flats[column] += std::abs(*slope) < least;
    }
  const auto rows = static_cast<double>(slopes.shape.rows);
  const auto all = [&](long count) { return static_cast<double>(count) == rows; };
  const auto most = [&](long count) { return static_cast<double>(count) >= nearly_all * rows; };
  stats.dead = share(std::count_if(zeros.begin(), zeros.end(), all), stats.neurons);
  stats.saturated = share(std::count_if(flats.begin(), flats.end(), most), stats.neurons);
  for (std::size_t column = 0; column < columns; ++column)
    stats.states.push_back(all(zeros[column])    ? NeuronState::dead
                           : most(flats[column]) ? NeuronState::saturated
                                                 : NeuronState::healthy);
  stats.mean_slope = sum / static_cast<double>(slopes.shape.size());
}

Histogram spread_of(View view, int bins) {
  return histogram_of(view.data, static_cast<std::size_t>(view.shape.size()), bins);
}

}  // namespace

Histogram histogram_of(const double* numbers, std::size_t count, int bins) {
  Histogram histogram;
  histogram.counts.assign(static_cast<std::size_t>(bins), 0);
  const double* end = numbers + count;
  const double* first = std::find_if(numbers, end, [](double n) { return std::isfinite(n); });
  if (first == end) return histogram;
  histogram.lowest = histogram.highest = *first;
  for (const double* n = first; n != end; ++n) {
    if (!std::isfinite(*n)) continue;
    histogram.lowest = std::min(histogram.lowest, *n);
    histogram.highest = std::max(histogram.highest, *n);
  }
  // All alike: they stand in the middle.
  if (histogram.lowest == histogram.highest) {
    const double room = histogram.lowest == 0 ? 0.5 : std::abs(histogram.lowest) / 2;
    histogram.lowest -= room;
    histogram.highest += room;
  }
  // Halved first, because the whole width may be larger than any double.
  const double per_half = bins / (histogram.highest / 2 - histogram.lowest / 2);
  for (const double* n = first; n != end; ++n) {
    if (!std::isfinite(*n)) continue;
    const double at = (*n / 2 - histogram.lowest / 2) * per_half;
    const int bin = at >= bins ? bins - 1 : at > 0 ? static_cast<int>(at) : 0;
    ++histogram.counts[static_cast<std::size_t>(bin)];
  }
  return histogram;
}

std::vector<LayerStats> layer_stats(const Graph& graph, int bins) {
  std::vector<LayerStats> layers;
  for (int index : hidden_activations(graph)) {
    const Node& node = graph.node(index);
    LayerStats stats;
    stats.layer = node.layer;
    stats.activation = index;
    stats.neurons = static_cast<long>(node.value.shape.columns);
    stats.mean_slope = 1;
    View behind = node.gradient;  // ∂L/∂z
    if (counts_as_activation(node)) {
      count_slopes(stats, *node.op, graph.edge(node.edges_in[0]).local);
      behind = graph.node(node.inputs[0]).gradient;
    }
    stats.silent_gradients = share(static_cast<long>(std::count(behind.begin(), behind.end(), 0.0)),
                                   static_cast<long>(behind.shape.size()));
    if (bins > 0) {
      stats.values = spread_of(node.value, bins);
      stats.gradients = spread_of(node.gradient, bins);
    }
    layers.push_back(std::move(stats));
  }
  return layers;
}

}  // namespace backstep
