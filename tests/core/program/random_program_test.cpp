// In a thousand random programs the chain rule agrees with finite differences.
#include "core/ops/op_table.h"
#include "tests/core/program/random_program.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/engine/passes.h"
#include "core/program/program.h"
#include "core/proofs/nudge.h"

namespace backstep {
namespace {

constexpr int most_ops = 40;

struct Estimate {
  double slope = 0, error = HUGE_VAL;
};

// Ridders' method extrapolates central differences at ever smaller steps to a step of 0.
Estimate numeric_slope(const Graph& graph, View values, Index entry) {
  constexpr int rows = 8;
  constexpr double shrink = 1.6;
  const double at = values[entry];
  const auto loss = [&](double value) {
    values[entry] = value;
    forward_pass(graph);
    return graph.node(graph.loss()).value[0];
  };
  double table[rows][rows];
  Estimate best;
  double h = 4e-3 * std::max(1.0, std::abs(at));
  for (int row = 0; row < rows; ++row, h /= shrink) {
    table[row][0] = (loss(at + h) - loss(at - h)) / (2 * h);
    double factor = shrink * shrink;
    for (int column = 1; column <= row; ++column, factor *= shrink * shrink) {
      table[row][column] =
          (table[row][column - 1] * factor - table[row - 1][column - 1]) / (factor - 1);
      const double error = std::max(std::abs(table[row][column] - table[row][column - 1]),
                                    std::abs(table[row][column] - table[row - 1][column - 1]));
      if (error < best.error) best = {table[row][column], error};
    }
  }
  loss(at);
  return best;
}

TEST(RandomPrograms, ChainRuleAgreesWithFiniteDifferencesInAThousand) {
  Nudger* nudger = nullptr;
  std::set<std::string> ops_seen;
  int entries = 0, unclear = 0, largest = 0, deepest_use = 0, stretched = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const std::string text = random_program(seed, most_ops);
    const Graph graph = read_program(text);
    largest = std::max(largest, static_cast<int>(graph.ops().size()));
    for (int op : graph.ops()) ops_seen.insert(graph.node(op).op->name);
    for (const GraphEdge& edge : graph.edges()) stretched += edge.broadcast;
    for (const Node& node : graph.nodes())
      deepest_use = std::max(deepest_use, static_cast<int>(node.edges_out.size()));
    forward_and_backward_pass(graph);
    Nudger own(graph);
    nudger = &own;
    Random random(seed);
    for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
      const Node& node = graph.nodes()[i];
      if (!node.is_leaf() || !node.has_gradient) continue;
      const int entry = below(random, static_cast<int>(node.value.shape.size()));
      const double analytic = node.gradient[entry];
      const Estimate numeric = numeric_slope(graph, node.value, entry);
      const double size = std::max(std::abs(analytic), std::abs(numeric.slope));
      // The error of a difference over steps of 1e-4 that comes from rounding the loss.
      const double loss = std::abs(graph.node(graph.loss()).value[0]);
      const double noise = 1e-12 * std::max(1.0, loss);
      ++entries;
      if (numeric.error > 1e-7 * size + noise) {
        ++unclear;  // the loss bends too much here for any step size
        continue;
      }
      ASSERT_NEAR(analytic, numeric.slope, 1e-6 * size + noise)
          << "seed " << seed << ", " << node.name << " entry " << entry << "\n"
          << text;
      ASSERT_NE(nudger->check(static_cast<int>(i), entry).verdict, Verdict::differs)
          << "seed " << seed << ", " << node.name << " entry " << entry << "\n"
          << text;
    }
  }
  EXPECT_EQ(ops_seen.size(), all_ops().size()) << "some op is never drawn";
  EXPECT_GT(largest, 35);
  EXPECT_GT(deepest_use, 4);
  EXPECT_GT(stretched, 1000);
  EXPECT_LT(unclear, entries / 100) << "of " << entries;
  RecordProperty("entries", entries);
  RecordProperty("unclear", unclear);
}

TEST(RandomPrograms, AWrongGradientWouldBeDetected) {
  const Graph graph = read_program("w = param([[0.3, 0.8]])\nL = sum(sigmoid(w) * w)\n");
  const View w = graph.node(graph.find("w")).value;
  forward_and_backward_pass(graph);
  const double analytic = graph.node(graph.find("w")).gradient[1];
  const Estimate numeric = numeric_slope(graph, w, 1);
  EXPECT_NEAR(analytic, numeric.slope, 1e-9);
  EXPECT_LT(numeric.error, 1e-9);
  EXPECT_GT(std::abs(analytic * 1.00001 - numeric.slope), 1e-6);
}

}  // namespace
}  // namespace backstep
