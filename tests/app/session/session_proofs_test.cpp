// The proofs of a session: paths, the check of all gradients, precision and bugs.
#include <gtest/gtest.h>

#include "app/session/session.h"
#include "tests/app/graph/named_nodes.h"

namespace backstep {
namespace {

Document neuron() {
  Document document;
  document.setup.program =
      "w = param([[0.3, 0.7]])\nx = input([[3.0], [-1.0]])\nL = sigmoid(w @ x) ** 2\n";
  return document;
}

TEST(SessionProofs, PathsDoNotDependOnTheCursor) {
  Session session(neuron());
  const double at_start = session.paths(node(session, "w"), 1).sum;
  session.seek({0, session.timeline().ticks()});
  EXPECT_EQ(session.paths(node(session, "w"), 1).sum, at_start);
  EXPECT_NEAR(session.graph().node(node(session, "w")).gradient[1], at_start, 1e-15);
  session.edit_entry(node(session, "x"), 0, 2);
  EXPECT_NE(session.paths(node(session, "w"), 1).sum, at_start);
}

TEST(SessionProofs, ChecksAreKeptUntilSomethingChanges) {
  Session session(neuron());
  EXPECT_EQ(session.all_checks(), nullptr);
  EXPECT_FALSE(session.check_all(Deadline::in(-1)));
  ASSERT_NE(session.all_checks(), nullptr);
  EXPECT_TRUE(session.check_all(Deadline::never()));
  EXPECT_EQ(session.all_checks()->count(Verdict::agrees), 2U);
  session.step();
  EXPECT_EQ(session.all_checks(), nullptr);
  EXPECT_FALSE(session.check_all(Deadline::in(-1)));
  EXPECT_EQ(session.all_checks()->done(), 0U);
}

TEST(SessionProofs, AnotherPrecisionRoundsTheNumbersAtTheSameStep) {
  Session session(neuron());
  session.seek({0, 2});
  session.set_precision(Precision::float16);
  EXPECT_EQ(session.timeline().position(), (Position{0, 2}));
  EXPECT_EQ(value(session, "w"), round_to(0.3, Precision::float16));
  EXPECT_TRUE(session.document().setup.parameters.empty())
      << "the document keeps the unrounded number";
  session.set_precision(Precision::bfloat16);
  session.set_precision(Precision::float64);
  EXPECT_EQ(value(session, "w"), 0.3) << "untrained numbers return";
}

TEST(SessionProofs, WeightsTrainedInAPrecisionStayRounded) {
  Session session(neuron());
  session.set_precision(Precision::float16);
  session.train(3);
  session.step();  // the next pass begins
  const double trained = value(session, "w");
  session.set_precision(Precision::float64);
  EXPECT_EQ(value(session, "w"), trained);
  session.restart();
  EXPECT_EQ(value(session, "w"), 0.3);
  session.undo();
  EXPECT_EQ(session.setup().precision, Precision::float16);
  session.undo();
  EXPECT_EQ(session.setup().precision, Precision::float64);
  EXPECT_EQ(value(session, "w"), 0.3);
}

TEST(SessionProofs, BadNumbersFollowThePrecision) {
  Document document = neuron();
  document.setup.program = "w = param(12.0)\nL = exp(w) / 1000\n";
  Session session(document);
  EXPECT_TRUE(session.bad_numbers().empty());
  session.set_precision(Precision::float16);
  ASSERT_FALSE(session.bad_numbers().empty());
  EXPECT_EQ(session.bad_numbers()[0].spoilt, Spoilt::overflow);
  session.edit_entry(0, 0, 2);
  EXPECT_TRUE(session.bad_numbers().empty());
}

TEST(SessionProofs, ABugIsPlantedAndTakenOutAtTheSameStep) {
  Session session(neuron());
  session.edit_entry(node(session, "w"), 0, 0.5);
  session.end_burst();
  session.seek({0, session.timeline().ticks() - 1});
  const double right = session.graph().node(node(session, "w")).gradient[0];
  session.plant_bug("forgot_slope");
  EXPECT_EQ(session.timeline().position().tick, session.timeline().ticks() - 1);
  EXPECT_EQ(session.timeline().leaf_at_start(node(session, "w")).entries[0], 0.5);
  EXPECT_NE(session.graph().node(node(session, "w")).gradient[0], right);
  EXPECT_TRUE(session.check_all(Deadline::never()));
  EXPECT_EQ(session.all_checks()->count(Verdict::differs), 2U);
  EXPECT_EQ(session.check(node(session, "w"), 0).verdict, Verdict::differs);
  session.plant_bug("");
  EXPECT_EQ(session.graph().node(node(session, "w")).gradient[0], right);
}

}  // namespace
}  // namespace backstep
