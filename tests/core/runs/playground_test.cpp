// TensorFlow Playground's own runs, including the deep circle network, epoch by epoch.
#include "tests/core/runs/playground.h"

#include <gtest/gtest.h>

#include "core/runs/experiment.h"

namespace backstep {
namespace {

class Playground : public testing::TestWithParam<const char*> {};

TEST_P(Playground, LossesAgreeToTheLastEpoch) {
  Experiment experiment(playground_setup(GetParam()));
  const std::vector<PlaygroundLoss> losses = playground_losses(GetParam());
  const long last = static_cast<long>(losses.size()) - 1;
  ASSERT_GE(last, 200);
  EXPECT_TRUE(experiment.work(last, Deadline::never()));
  const EpochHistory& history = experiment.trainer().history();
  ASSERT_EQ(history.size(), losses.size());
  for (std::size_t epoch = 0; epoch < losses.size(); ++epoch) {
    const PlaygroundLoss& want = losses[epoch];
    EXPECT_NEAR(history.train_loss()[epoch], want.train, 1e-9 * want.train) << "epoch " << epoch;
    EXPECT_NEAR(history.test_loss()[epoch], want.test, 1e-9 * want.test) << "epoch " << epoch;
  }
}

// However often the work is interrupted, the numbers are the same to the bit.
TEST_P(Playground, WorkCutIntoPiecesGivesTheSame) {
  constexpr long epochs = 20;
  Experiment whole(playground_setup(GetParam())), pieces(playground_setup(GetParam()));
  whole.work(epochs, Deadline::never());
  long calls = 0;
  while (!pieces.work(epochs, Deadline::in(0))) ++calls;
  EXPECT_GT(calls, epochs);
  EXPECT_EQ(whole.trainer().history().train_loss(), pieces.trainer().history().train_loss());
  EXPECT_EQ(whole.trainer().history().norm(0), pieces.trainer().history().norm(0));
  EXPECT_EQ(whole.timeline().state(), pieces.timeline().state());
}

INSTANTIATE_TEST_SUITE_P(All, Playground, testing::Values("circle", "spiral", "deep_sigmoid"));

}  // namespace
}  // namespace backstep
