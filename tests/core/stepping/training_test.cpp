// Training on batches: the effect of each setting, and that going back and forth ends in the
// same bits as a straight run.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "core/runs/experiment.h"

namespace backstep {
namespace {

Setup by_hand(const std::string& program) {
  Setup setup;
  setup.program = program;
  return setup;
}

Setup circle_in_batches() {
  Setup setup;
  setup.network = Network();
  setup.samples = draw_samples(*find_data_set("circle"), {.samples = 80});
  setup.training.learning_rate = 0.05;
  setup.training.batch_size = 10;
  return setup;
}

std::vector<double> parameters_of(const Timeline& timeline) {
  const View memory = timeline.graph().parameter_memory();
  return {memory.begin(), memory.end()};
}

std::vector<double> trained(const Setup& setup, long updates) {
  Experiment experiment(setup);
  experiment.timeline().seek({updates - 1, experiment.timeline().ticks()});
  return parameters_of(experiment.timeline());
}

void expect_alike(const std::vector<double>& a, const std::vector<double>& b, double relative) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    EXPECT_NEAR(a[i], b[i], relative * std::max(1e-3, std::abs(b[i]))) << "entry " << i;
}

TEST(Training, AccumulatingTwoBatchesEqualsOneBatchTwiceAsLarge) {
  auto twice = circle_in_batches();
  twice.training.batch_size = 5;
  twice.training.accumulate = 2;
  expect_alike(trained(twice, 8), trained(circle_in_batches(), 4), 1e-12);
}

TEST(Training, NothingIsUpdatedBeforeEnoughGradientsAreAccumulated) {
  auto setup = circle_in_batches();
  setup.training.accumulate = 3;
  EXPECT_EQ(trained(setup, 2), trained(setup, 1));
  EXPECT_NE(trained(setup, 3), trained(setup, 2));
}

// Without zero_grad the second update follows the sum of both gradients.
TEST(Training, GradientsThatAreNeverZeroedAddUp) {
  auto setup = by_hand("w = param(1)\nL = (w - 3) * (w - 3)\n");
  setup.training.learning_rate = 0.1;
  setup.training.zero_gradients = false;
  const double first = 1 - 0.1 * -4, second = first - 0.1 * (-4 + 2 * (first - 3));
  Experiment experiment(setup);
  experiment.timeline().seek({1, experiment.timeline().ticks()});
  EXPECT_DOUBLE_EQ(parameters_of(experiment.timeline())[0], second);
}

TEST(Training, L1MovesEveryParameterByTheSameAmount) {
  auto setup = by_hand("w = param([[2, -1]])\nL = sum(w * 0)\n");
  setup.training.learning_rate = 0.5;
  setup.training.l1 = 0.1;
  Experiment experiment(setup);
  experiment.timeline().seek({0, experiment.timeline().ticks()});
  EXPECT_DOUBLE_EQ(parameters_of(experiment.timeline())[0], 1.95);
  EXPECT_DOUBLE_EQ(parameters_of(experiment.timeline())[1], -0.95);
}

// TensorFlow Playground's updateWeights, weight by weight: L1 acts after the gradient step and
// against the sign the weight had before; a weight that it carries across 0 is dead.
TEST(Training, L1ThatStopsAtZeroMatchesPlayground) {
  auto setup = by_hand(
      "x = input([[1, -2, 0.5], [0.25, 1, -1]])\nw = param([[0.9], [-0.4], [0.15]])\n"
      "b = param([[0.05]])\nL = half_mse(x @ w + b, target([[0.1], [0.2]]))\n");
  setup.training.learning_rate = 0.1;
  setup.training.l1 = 0.3;
  setup.training.l1_stops_at_zero = setup.training.weights_only = true;
  Experiment experiment(setup);
  const double x[2][3] = {{1, -2, 0.5}, {0.25, 1, -1}}, y[2] = {0.1, 0.2};
  double w[3] = {0.9, -0.4, 0.15}, b = 0.05;
  bool dead[3] = {false, false, false};
  for (long pass = 0; pass < 60; ++pass) {
    double error[2], gradient_of_b = 0;
    for (int row = 0; row < 2; ++row) {
      error[row] = b - y[row];
      for (int i = 0; i < 3; ++i) error[row] += x[row][i] * w[i];
      gradient_of_b += error[row] / 2;
    }
    for (int i = 0; i < 3; ++i) {
      if (dead[i]) continue;
      const double der = w[i] < 0 ? -1 : w[i] > 0 ? 1 : 0;
      w[i] -= 0.1 * (error[0] * x[0][i] + error[1] * x[1][i]) / 2;
      const double moved = w[i] - 0.1 * 0.3 * der;
      dead[i] = w[i] * moved < 0;
      w[i] = dead[i] ? 0 : moved;
    }
    b -= 0.1 * gradient_of_b;
    experiment.timeline().seek({pass, experiment.timeline().ticks()});
    const Graph& graph = experiment.timeline().graph();
    for (int i = 0; i < 3; ++i)
      EXPECT_NEAR(graph.node(graph.find("w")).value[i], w[i], 1e-14) << pass << ", " << i;
    EXPECT_NEAR(graph.node(graph.find("b")).value[0], b, 1e-14) << pass;
  }
  EXPECT_TRUE(dead[0] || dead[1] || dead[2]) << "no weight was stopped, so nothing was tested";
  EXPECT_EQ(std::count(dead, dead + 3, true), std::count(w, w + 3, 0.0));
}

// A dead weight stays dead back and forth in time, until it is edited.
TEST(Training, AWeightStoppedByL1StaysZeroUntilItIsEdited) {
  auto setup = by_hand("w = param([[0.1, -3]])\nL = sum(w * w * 0.5)\n");
  setup.training.learning_rate = 0.1;
  setup.training.l1 = 2;
  setup.training.l1_stops_at_zero = true;
  Experiment experiment(setup);
  Timeline& timeline = experiment.timeline();
  const auto w = [&] { return timeline.graph().parameter_memory()[0]; };
  timeline.seek({0, timeline.ticks()});
  EXPECT_EQ(w(), 0);
  timeline.seek({8, timeline.ticks()});
  timeline.seek({3, timeline.ticks()});
  EXPECT_EQ(w(), 0);
  timeline.seek({4, 0});
  timeline.edit(timeline.graph().find("w"), 0, 5);
  timeline.seek({4, timeline.ticks()});
  EXPECT_DOUBLE_EQ(w(), 5 - 0.1 * 5 - 0.1 * 2);
}

TEST(Training, RegularisingWeightsOnlySparesBiasesAndNorms) {
  auto setup = by_hand(
      "x = input([[1, 2], [3, 5]])\nW = param([[1, 2], [3, 4]])\nb = param([[1, 1]])\n"
      "g = param([[2, 2]])\nh = param([[1, 1]])\ns = param([[3, 3]])\n"
      "L = sum(batch_norm(x @ W, g, h) * 0 + b * 0 + (b - s) * 0 + x @ W.T * 0)\n");
  setup.training.learning_rate = 1;
  setup.training.weight_decay = 0.25;
  for (const char* optimizer : {"sgd", "adamw"}) {
    for (const bool weights_only : {false, true}) {
      setup.training.optimizer = optimizer;
      setup.training.weights_only = weights_only;
      Experiment experiment(setup);
      experiment.timeline().seek({0, experiment.timeline().ticks()});
      const Graph& graph = experiment.timeline().graph();
      const auto entry = [&](const char* name) { return graph.node(graph.find(name)).value[0]; };
      EXPECT_DOUBLE_EQ(entry("W"), 0.75) << optimizer;
      EXPECT_DOUBLE_EQ(entry("g"), weights_only ? 2 : 1.5) << optimizer;
      EXPECT_DOUBLE_EQ(entry("h"), weights_only ? 1 : 0.75) << optimizer;
      EXPECT_DOUBLE_EQ(entry("s"), weights_only ? 3 : 2.25) << optimizer;
    }
  }
}

TEST(Batches, UseEverySampleOnceAnEpochInANewOrder) {
  Training training;
  training.batch_size = 4;
  training.shuffle = true;
  NamedData data = {{"x", {{20, 1}, std::vector<double>(20, 0)}}};
  const Batches batches(data, training);
  EXPECT_EQ(batches.per_epoch(), 5);
  std::vector<long> orders[2];
  for (long epoch = 0; epoch < 2; ++epoch)
    for (long update = 0; update < 5; ++update) {
      const std::vector<long>& rows = batches.rows_of(5 * epoch + update);
      orders[epoch].insert(orders[epoch].end(), rows.begin(), rows.end());
    }
  for (const auto& order : orders)
    EXPECT_EQ(std::set<long>(order.begin(), order.end()).size(), 20u);
  EXPECT_NE(orders[0], orders[1]);
  EXPECT_EQ(batches.rows_of(0), std::vector<long>(orders[0].begin(), orders[0].begin() + 4));
}

// Combines all state that passes hand on: the optimiser's, shuffled batches, dropout and the
// running statistics of batch norm.
class Walks : public testing::TestWithParam<const char*> {};

TEST_P(Walks, EndInTheSameBitsAsAStraightRun) {
  auto setup = circle_in_batches();
  setup.training.optimizer = GetParam();
  setup.training.learning_rate = 0.01;
  setup.training.shuffle = true;
  setup.training.batch_size = 9;  // of 40 samples, so that the last batch has 4
  setup.training.clip_norm = 0.5;
  setup.training.weight_decay = 0.01;
  setup.training.accumulate = 2;
  setup.network->batch_norm = true;
  setup.network->dropout = 0.2;
  Experiment walked(setup);
  Timeline& timeline = walked.timeline();
  std::mt19937 random(7);
  for (int move = 0; move < 120; ++move) {
    const long update = static_cast<long>(random() % 40);
    const int tick = static_cast<int>(random() % static_cast<unsigned>(timeline.ticks() + 1));
    switch (random() % 4) {
      case 0:
        timeline.step();
        break;
      case 1:
        timeline.step_back();
        break;
      default:
        timeline.seek({update, tick});
    }
  }
  timeline.seek({30, 9});
  Experiment straight(setup);
  straight.timeline().seek({30, 9});
  EXPECT_EQ(timeline.state(), straight.timeline().state());
  EXPECT_EQ(parameters_of(timeline), parameters_of(straight.timeline()));
}

INSTANTIATE_TEST_SUITE_P(Optimizers, Walks,
                         testing::Values("sgd", "momentum", "nesterov", "rmsprop", "adagrad",
                                         "adam", "adamw"));

}  // namespace
}  // namespace backstep
