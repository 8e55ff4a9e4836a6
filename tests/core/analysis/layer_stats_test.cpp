// Statistics of layers whose values are chosen so that the answer is known.
#include "core/analysis/layer_stats.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/engine/passes.h"
#include "core/program/program.h"
#include "core/runs/network.h"
#include "tests/extremes.h"

namespace backstep {
namespace {

Graph passed(const std::string& program) {
  Graph graph = read_program(program);
  forward_and_backward_pass(graph);
  return graph;
}

// Of the four neurons one always fires, one fires on half of the samples, two never fire.
TEST(LayerStats, CountsReluNeuronsThatNeverFire) {
  const Graph graph = passed(
      "x = input([[1.0], [2.0], [-1.0], [-2.0]])\n"
      "layer(\"hidden\")\nW = param([[0.0, 1.0, 0.0, 0.1]])\nb = param([[1.0, 0.0, -1.0, -9.0]])\n"
      "a = relu(x @ W + b)\n"
      "layer(\"output\")\nV = param([[1.0], [1.0], [1.0], [1.0]])\n"
      "L = half_mse(a @ V, target([[0.0], [0.0], [0.0], [0.0]]))\n");
  const std::vector<LayerStats> layers = layer_stats(graph);
  ASSERT_EQ(layers.size(), 1u);
  EXPECT_EQ(layers[0].layer, 1);
  EXPECT_EQ(layers[0].activation, graph.find("a"));
  EXPECT_EQ(layers[0].neurons, 4);
  EXPECT_EQ(layers[0].dead, 0.5);
  EXPECT_EQ(layers[0].saturated, 0);
  EXPECT_EQ(layers[0].silent_gradients, 10.0 / 16);
  EXPECT_EQ(layers[0].mean_slope, 6.0 / 16);
  EXPECT_EQ(layers[0].states, (std::vector<NeuronState>{NeuronState::healthy, NeuronState::healthy,
                                                        NeuronState::dead, NeuronState::dead}));
}

// Beyond |z| = 2.18 the slope of tanh is below a twentieth, which counts as saturated.
TEST(LayerStats, CountsSaturatedNeurons) {
  const Graph graph = passed(
      "x = input([[1.0], [-1.0]])\n"
      "layer(\"hidden\")\nW = param([[2.1, 2.3, -9.0, 9.0, 9.0]])\n"
      "b = param([[0.0, 0.0, 0.0, 0.0, 9.0]])\na = tanh(x @ W + b)\n"
      "layer(\"output\")\nV = param(5, 1, init=\"ones\")\n"
      "p = sigmoid(a @ V)\nL = half_mse(p, target([[0.0], [1.0]]))\n");
  const std::vector<LayerStats> layers = layer_stats(graph);
  ASSERT_EQ(layers.size(), 1u);  // the output layer is not a hidden one
  EXPECT_EQ(layers[0].saturated, 0.6);
  EXPECT_EQ(layers[0].dead, 0);
  const NeuronState well = NeuronState::healthy, saturated = NeuronState::saturated;
  EXPECT_EQ(layers[0].states,
            (std::vector<NeuronState>{well, saturated, saturated, saturated, well}));
}

TEST(LayerStats, CoverEveryHiddenLayerOfANetwork) {
  Network network;
  network.widths = {3, 3, 3};
  network.batch_norm = network.skip_connections = true;
  network.dropout = 0.2;
  const NamedData data = {{"x", {{4, 2}, {1, 2, -1, 0.5, 0, 1, 2, -2}}},
                          {"y", {{4, 1}, {1, -1, 1, -1}}}};
  for (const char* activation : all_activations()) {
    SCOPED_TRACE(activation);
    network.activations = {activation};
    const Graph graph = read_program(program_of(network, 2, 1), data);
    forward_and_backward_pass(graph);
    const std::vector<LayerStats> layers = layer_stats(graph, 10);
    ASSERT_EQ(layers.size(), 3u);
    for (int i = 0; i < 3; ++i) {
      const LayerStats& stats = layers[static_cast<std::size_t>(i)];
      EXPECT_EQ(stats.layer, i + 1);
      EXPECT_EQ(stats.neurons, 3);
      EXPECT_EQ(graph.node(stats.activation).value.shape, (Shape{4, 3}));
      const auto& counts = stats.values.counts;
      EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), 0L), 12);
      EXPECT_EQ(stats.mean_slope == 1, std::string(activation) == "linear");
      EXPECT_EQ(stats.states.size(), std::string(activation) == "linear" ? 0u : 3u);
    }
  }
}

TEST(LayerStats, FollowActivationsWithoutLayers) {
  const Graph graph = passed(
      "x = input([[1.0, 2.0]])\na = sigmoid(x @ param(2, 3))\nb = tanh(a @ param(3, 2))\n"
      "p = sigmoid(b @ param(2, 1))\nL = half_mse(p, target(1))\n");
  const std::vector<LayerStats> layers = layer_stats(graph);
  ASSERT_EQ(layers.size(), 2u);
  EXPECT_EQ(layers[0].activation, graph.find("a"));
  EXPECT_EQ(layers[1].activation, graph.find("b"));
}

TEST(LayerStats, AreEmptyWithoutAHiddenLayer) {
  EXPECT_TRUE(layer_stats(passed("w = param(2)\nL = tanh(w)\n")).empty());
  EXPECT_TRUE(layer_stats(passed("x = input(2)\nL = tanh(x * param(1))\n")).empty());
}

TEST(Histograms, RangeFromTheSmallestToTheLargestNumber) {
  const double numbers[] = {0, 1, 2, 3, 4, 4, 4, 10};
  const Histogram histogram = histogram_of(numbers, 8, 5);
  EXPECT_EQ(histogram.lowest, 0);
  EXPECT_EQ(histogram.highest, 10);
  EXPECT_EQ(histogram.counts, (std::vector<long>{2, 2, 3, 0, 1}));
}

TEST(Histograms, LeaveOutWhatIsNotFinite) {
  const double numbers[] = {NAN, 1, infinity, 3, -infinity};
  const Histogram histogram = histogram_of(numbers, 5, 2);
  EXPECT_EQ(histogram.lowest, 1);
  EXPECT_EQ(histogram.highest, 3);
  EXPECT_EQ(histogram.counts, (std::vector<long>{1, 1}));
  EXPECT_EQ(histogram_of(numbers, 1, 2).counts, (std::vector<long>{0, 0}));
}

TEST(Histograms, PutEqualNumbersInTheMiddle) {
  const double zeros[] = {0, 0, 0};
  EXPECT_EQ(histogram_of(zeros, 3, 3).counts, (std::vector<long>{0, 3, 0}));
  const double twos[] = {2, 2};
  EXPECT_EQ(histogram_of(twos, 2, 3).counts, (std::vector<long>{0, 2, 0}));
  const double tiny[] = {0, 5e-324};
  EXPECT_EQ(histogram_of(tiny, 2, 1).counts, std::vector<long>{2});
  const double wide[] = {-1e308, 0, 1e308};
  EXPECT_EQ(histogram_of(wide, 3, 3).counts, (std::vector<long>{1, 1, 1}));
}

}  // namespace
}  // namespace backstep
