// A nudge measures what really happens to the loss when one number is moved.
#include "core/proofs/nudge.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/core/stepping/timelines.h"

namespace backstep {
namespace {

TEST(Nudge, EveryEntryOfEveryNodeAgreesInEveryProgram) {
  for (const char* program : programs) {
    const Graph graph = read_program(program);
    Nudger nudger(graph);
    for (std::size_t i = 0; i < graph.nodes().size(); ++i)
      for (Index entry = 0; entry < graph.nodes()[i].value.shape.size(); ++entry) {
        const int node = static_cast<int>(i);
        if (!graph.node(node).has_gradient || node == graph.loss()) continue;
        const GradientCheck check = nudger.check(node, entry);
        EXPECT_EQ(check.verdict, Verdict::agrees)
            << program << graph.label(node) << " " << entry << ": " << check.analytic << " against "
            << check.numeric;
      }
  }
}

// A kink is reported even where the chain rule's convention and the central difference agree,
// and where only one of many neurons is at its kink.
TEST(Nudge, AKinkIsNotReportedAsADifference) {
  for (const char* text :
       {"x = param(0.0)\nL = relu(x)\n", "x = param(0.0)\nL = abs(x) + relu(x)\n",
        "x = param(0.0)\nL = abs(x)\n", "x = param(0.5)\nL = maximum(x, 0.5)\n",
        "x = param(0.5)\nL = maximum(x, -x + 1) * 2\n",
        "x = param(0.5)\nL = minimum(x, 0.5) + 3 * x\n",
        "x = param(0.3)\nL = mae(x, target(0.3))\n", "x = param(0.0)\nL = elu(x, alpha=2)\n",
        "x = param(0.5)\nL = sum(relu(input([[1, 2, 3, 4, 5, 6, 7, 8, 9]]) * x - 1) * 40)\n"}) {
    Nudger nudger(read_program(text));
    EXPECT_EQ(nudger.check(0, 0).verdict, Verdict::kink) << text;
  }
}

TEST(Nudge, ReportsNoKinkWhereThereIsNone) {
  for (const char* text :
       {"x = param(0.0)\nL = x * x\n", "x = param(0.0)\nL = abs(x) * x\n",
        "x = param(0.0)\nL = elu(x)\n", "x = param(0.5)\nL = maximum(x, x)\n",
        "x = param(1.0)\nL = huber(x, target(0.0))\n", "x = param(0.001)\nL = relu(x)\n",
        "x = param(-3.0)\nL = relu(x) + 5\n",
        "x = param(0.4)\nL = sum(input([[1e6, -1e6]]) + x) ** 2\n"}) {
    Nudger nudger(read_program(text));
    EXPECT_EQ(nudger.check(0, 0).verdict, Verdict::agrees) << text;
  }
}

// The chain rule is rounded to the narrow format; the nudge it is compared with is not.
TEST(Nudge, IsTakenInFloat64WhereNumbersAreRounded) {
  Graph graph = read_program("x = param(0.5)\nL = sigmoid(x) * 3\n");
  graph.pass().precision = Precision::float16;
  Nudger nudger(graph);
  const GradientCheck check = nudger.check(0, 0);
  const double a = 1 / (1 + std::exp(-0.5));
  EXPECT_NEAR(check.numeric, 3 * a * (1 - a), 1e-9);
  EXPECT_EQ(check.analytic, round_to(check.analytic, Precision::float16));
  EXPECT_GT(check.relative_error, 1e-6);
  EXPECT_EQ(check.verdict, Verdict::agrees);
  EXPECT_EQ(nudger.loss_at(0, 0, 0.5), round_to(nudger.loss_at(0, 0, 0.5), Precision::float16));
}

TEST(Nudge, ComparesNothingWhereTheLossIsNotANumber) {
  Nudger nudger(read_program("x = param(-1.0)\nL = log(x) * x\n"));
  const GradientCheck check = nudger.check(0, 0);
  EXPECT_EQ(check.verdict, Verdict::no_number);
  EXPECT_TRUE(std::isnan(check.relative_error));
}

TEST(Nudge, LeavesEverythingAsItWas) {
  Timeline timeline(read_program(programs[0]), 0.3);
  timeline.seek({4, 7});
  const Everything before = everything(timeline);
  Nudger nudger(timeline.graph());
  nudger.follow(timeline);
  const int w = timeline.graph().find("W1");
  const double at = timeline.leaf_at_start(w).entries[2];
  EXPECT_EQ(nudger.value(w, 2), at);
  const double loss = nudger.loss_at(w, 2, at);
  EXPECT_NE(nudger.loss_at(w, 2, at + 1), loss);
  EXPECT_EQ(nudger.loss_at(w, 2, at), loss);
  EXPECT_TRUE(everything(timeline) == before);
}

TEST(Nudge, OfAResultRecomputesOnlyWhatFollowsIt) {
  Nudger nudger(read_program("x = param(2.0)\nz = x * 3\nL = z * z + x\n"));
  EXPECT_EQ(nudger.loss_at(2, 0, 5), 27);
}

TEST(Nudge, CurvesRunFromEndToEnd) {
  Nudger nudger(read_program("x = param(2.0)\nL = x * x\n"));
  EXPECT_EQ(nudger.curve(0, 0, -1, 1, 5), (std::vector<double>{1, 0.25, 0, 0.25, 1}));
}

// The nudger's graph takes over the leaves with which the current pass began.
TEST(Nudge, FollowsTheTimelineThroughUpdates) {
  Timeline timeline(read_program("w = param(3.0)\nL = w * w\n"), 0.1);
  Nudger nudger(timeline.graph());
  timeline.train(3);
  nudger.follow(timeline);
  EXPECT_EQ(nudger.value(0, 0), timeline.leaf_at_start(0).entries[0]);
  const GradientCheck check = nudger.check(0, 0);
  EXPECT_EQ(check.analytic, timeline.graph().node(0).gradient[0]);
}

}  // namespace
}  // namespace backstep
