// Runs side by side: at which epoch they pause, whose view is refreshed, and that the base
// is one of them.
#include "core/doctor/comparison.h"

#include <gtest/gtest.h>

#include "tests/core/runs/playground.h"

namespace backstep {
namespace {

const Deadline over = Deadline::in(-1);

Setup circle() { return playground_setup("circle"); }

TEST(Comparison, RunsPauseAtTheSameEpoch) {
  Comparison runs(circle(), "activation", {"sigmoid", "tanh", "relu"});
  for (int stop = 1; stop <= 40; ++stop) {
    // The pause may come anywhere within an epoch of any run.
    for (int call = 0; call < 7 * stop; ++call) runs.work(1'000'000, over);
    while (!runs.work(runs.level(), over)) {
    }
    for (const Comparison::Run& run : runs.runs()) {
      const Trainer& trainer = run.experiment->trainer();
      EXPECT_EQ(trainer.epoch(), runs.furthest());
      EXPECT_EQ(trainer.begun(), runs.furthest()) << "no run is in the middle of an epoch";
      EXPECT_EQ(trainer.history().last(), runs.furthest());
    }
  }
  EXPECT_GT(runs.epoch(), 5);
}

TEST(Comparison, ARunFarBehindDoesNotHoldUpAPause) {
  Comparison runs(circle(), "activation", {"sigmoid", "tanh"});
  runs.work(20, Deadline::never());
  runs.replay(0, {"batch_norm", "on"});
  for (int call = 0; call < 40; ++call) runs.work(20, over);
  while (!runs.work(runs.level(), over)) {
  }
  EXPECT_LT(runs.epoch(), 20);
}

TEST(Comparison, EveryViewIsRefreshedWhileAllAreTrained) {
  Comparison runs(circle(), "activation", {"sigmoid", "tanh", "relu"});
  for (long epoch = 1; epoch <= 1500; ++epoch) {
    runs.work(epoch, Deadline::never());
    runs.refresh(over);  // each call does one piece
  }
  for (const Comparison::Run& run : runs.runs()) EXPECT_TRUE(run.view.diagnosis()) << run.name;
}

// This holds for any base, even one that has no single value in the compared setting.
TEST(Comparison, TheBaseItselfIsOneOfTheRuns) {
  auto base = circle();
  base.network->widths = {8, 4};
  base.network->activations = {"relu", "tanh"};
  base.parameters.clear();
  const std::pair<Change, const char*> changes[] = {{{"width", "16"}, "8, 4 neurons wide"},
                                                    {{"activation", "tanh"}, "ReLU, tanh"},
                                                    {{"depth", "4"}, "2 layers"},
                                                    {{"init", "he"}, "Xavier start"},
                                                    {{"clip_norm", "1"}, "no clipping"},
                                                    {{"batch_size", "all"}, "batch size 10"},
                                                    {{"seed", "9"}, "seed 1"},
                                                    {{"weight_scale", "4"}, "weights × 1"}};
  for (const auto& [change, name] : changes) {
    auto start = base;
    start.parameters["W1"] = {{2, 8}, std::vector<double>(16, 0.25)};
    const Comparison runs(start, change);
    ASSERT_EQ(runs.runs().size(), 2u);
    const auto& first = runs.runs()[0].experiment->setup();
    EXPECT_EQ(first.network, base.network) << change.setting;
    EXPECT_EQ(first.training, base.training) << change.setting;
    EXPECT_EQ(first.parameters, start.parameters) << change.setting;
    EXPECT_EQ(runs.runs()[0].name, name);
    EXPECT_EQ(runs.values().size(), 2u);
    EXPECT_EQ(runs.values()[1], change.value);
    // The base's value in the list of values can be chosen as a change itself.
    std::string mistake;
    with_change(start, {change.setting, runs.values()[0]}, mistake);
    EXPECT_EQ(mistake, "") << change.setting;
  }
}

}  // namespace
}  // namespace backstep
