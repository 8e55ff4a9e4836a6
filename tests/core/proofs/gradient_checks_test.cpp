// Checks of every entry of every parameter by nudging.
#include "core/proofs/gradient_checks.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/core/stepping/timelines.h"

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

TEST(GradientChecks, AKinkIsWorseThanAgreement) {
  Timeline timeline(read_program("w = param([[0.5, 0.0, 2.0]])\nL = sum(relu(w) * w + abs(w))\n"));
  GradientChecks checks(timeline);
  EXPECT_TRUE(checks.work(Deadline::never()));
  EXPECT_EQ(checks.worst_of(0)->check.verdict, Verdict::kink);
  EXPECT_EQ(checks.count(Verdict::kink), 1U);
  EXPECT_EQ(checks.count(Verdict::differs), 0U);
}

// The check looks at what an update uses, which is everything accumulated so far. From the
// second pass on this is no longer the gradient, wherever in the pass the cursor stands.
TEST(GradientChecks, DifferFromTheSecondPassOnWithoutZeroing) {
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

// In a large network only some entries of each parameter are checked, with some from every
// column; the slower one entry is, the fewer are checked.
TEST(GradientChecks, SampleTheEntriesOfALargeNetwork) {
  const Graph graph = read_program(
      "x = input([[0.5, -0.3]])\nW1 = param(2, 900, init=\"xavier\", seed=1)\n"
      "W2 = param(900, 3, init=\"xavier\", seed=2)\nb = param(0.1)\n"
      "L = mean(tanh(tanh(x @ W1) @ W2) + b)\n");
  GradientChecks checks(graph);
  EXPECT_LT(checks.total(), 2000U);
  EXPECT_GT(checks.total(), 800U);
  EXPECT_TRUE(checks.work(Deadline::never()));
  EXPECT_EQ(checks.count(Verdict::differs), 0U);
  std::set<Index> columns;
  std::size_t of_w2 = 0;
  const int w2 = graph.find("W2");
  for (const CheckedEntry& checked : checks.all()) {
    EXPECT_EQ(checks.of(checked.parameter, checked.entry)->analytic, checked.check.analytic);
    if (checked.parameter != w2) continue;
    columns.insert(checked.entry % 3);
    ++of_w2;
  }
  EXPECT_EQ(columns.size(), 3U);
  EXPECT_EQ(static_cast<Index>(of_w2), checks.planned(w2));
  EXPECT_EQ(checks.of(w2, 1), nullptr);
  EXPECT_EQ(checks.planned(graph.find("b")), 1);

  const Graph slow = read_program(
      "x = param(1, 700, init=\"normal\", seed=3)\nW = param(700, 700, init=\"xavier\", seed=1)\n"
      "h = tanh(x.T @ x)\nL = mean(h @ W @ h @ h @ W @ h)\n");
  EXPECT_LT(GradientChecks(slow).total(), 40U);
}

// Work stops at a deadline in the middle of an entry and resumes there later.
TEST(GradientChecks, WorkCanPauseWithinAnEntry) {
  const Graph graph = read_program("w = param([[0.5, -0.2]])\nL = sum(tanh(w) * w)\n");
  GradientChecks at_once(graph), in_pieces(graph);
  at_once.work(Deadline::never());
  while (!in_pieces.work(Deadline::in(1e-7))) continue;
  for (std::size_t i = 0; i < at_once.total(); ++i) {
    EXPECT_EQ(at_once.all()[i].check.numeric, in_pieces.all()[i].check.numeric);
    EXPECT_EQ(at_once.all()[i].check.verdict, in_pieces.all()[i].check.verdict);
  }
}

}  // namespace
}  // namespace backstep
