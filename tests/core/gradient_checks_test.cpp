// The nudge check of every entry of every parameter.
#include "core/gradient_checks.h"

#include <gtest/gtest.h>

#include "tests/core/timelines.h"

namespace backstep {
namespace {

TEST(GradientChecks, CoverEveryEntryOfEveryParameterInOrder) {
  Timeline timeline(read_program(programs[0]), 0.3);
  timeline.seek({3, 5});
  GradientChecks checks(timeline);
  EXPECT_EQ(checks.total(), 6U + 3 + 3 + 1);
  EXPECT_EQ(checks.of(timeline.graph().find("W1"), 0), nullptr);
  EXPECT_EQ(checks.worst_of(timeline.graph().find("W1")), nullptr);
  EXPECT_FALSE(checks.work(Deadline::in(-1)));
  while (!checks.work(Deadline::in(1e-4))) EXPECT_FALSE(checks.finished());
  EXPECT_EQ(checks.done(), checks.total());
  EXPECT_EQ(checks.count(Verdict::agrees), checks.total());
  timeline.seek({3, timeline.forward_ticks() * 2});
  std::size_t next = 0;
  for (int parameter : timeline.graph().parameters())
    for (Index entry = 0; entry < timeline.graph().node(parameter).value.shape.size(); ++entry) {
      EXPECT_EQ(checks.all()[next].parameter, parameter);
      EXPECT_EQ(checks.all()[next].entry, entry);
      EXPECT_EQ(checks.of(parameter, entry), &checks.all()[next++].check);
      EXPECT_EQ(checks.of(parameter, entry)->analytic,
                timeline.graph().node(parameter).gradient[entry]);
    }
  EXPECT_EQ(checks.of(timeline.graph().find("x"), 0), nullptr);
}

TEST(GradientChecks, TheWorstOfAParameterIsAKinkBeforeWhatAgrees) {
  Timeline timeline(read_program("w = param([[0.5, 0.0, 2.0]])\nL = sum(relu(w) * w + abs(w))\n"));
  GradientChecks checks(timeline);
  EXPECT_TRUE(checks.work(Deadline::never()));
  EXPECT_EQ(checks.worst_of(0)->check.verdict, Verdict::kink);
  EXPECT_EQ(checks.count(Verdict::kink), 1U);
  EXPECT_EQ(checks.count(Verdict::differs), 0U);
}

// What is checked is what an update uses: all that was added up. From the second
// pass on that is no gradient any more, wherever in the pass one stands.
TEST(GradientChecks, GradientsNeverZeroedDifferFromTheSecondPassOn) {
  Training training;
  training.optimizer = "momentum";
  training.zero_gradients = false;
  Timeline timeline(read_program(programs[0]), training, Batches());
  std::vector<double> added;
  for (const Position at : {Position{0, 0}, {0, timeline.ticks()}, {1, 0}, {1, timeline.ticks()}}) {
    timeline.seek(at);
    GradientChecks checks(timeline);
    checks.work(Deadline::never());
    EXPECT_EQ(checks.count(Verdict::differs), at.update == 0 ? 0U : checks.total());
    added.push_back(checks.all()[0].check.analytic - checks.all()[0].check.numeric);
  }
  EXPECT_NEAR(added[0], 0, 1e-9);
  EXPECT_NEAR(added[1], 0, 1e-9);
  EXPECT_EQ(added[2], added[3]);
  timeline.seek({0, timeline.ticks()});
  EXPECT_NEAR(added[2], timeline.graph().node(timeline.graph().parameters()[0]).gradient[0], 1e-9);
}

}  // namespace
}  // namespace backstep
