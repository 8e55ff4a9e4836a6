// The rows of a session's training set: in batches with a smaller last one, edited by hand, and
// in large numbers.
#include <gtest/gtest.h>

#include "app/documents/document_graph.h"
#include "app/session/session.h"
#include "core/doctor/comparison.h"

namespace backstep {
namespace {

// Targets 0 … 4 in batches of two: 0 1 | 2 3 | 4.
Document five_rows() {
  Document document;
  document.setup.program =
      "x = input(\"x\")\ny = target(\"y\")\nw = param([[0.0]])\nL = mse(x @ w, y)\n";
  document.setup.train = {{"x", {{5, 1}, {1, 1, 1, 1, 1}}}, {"y", {{5, 1}, {0, 1, 2, 3, 4}}}};
  document.setup.training.batch_size = 2;
  return document;
}

std::vector<double> targets(const Session& session) { return session.data().train.at("y").entries; }

void edit_y(Session& session, long update, Index entry, double value) {
  session.seek({update, 0});
  session.edit_entry(session.graph().find("y"), entry, value);
}

TEST(SessionRows, AreShownCorrectlyInASmallerBatch) {
  Session session(five_rows());
  session.seek({2, 4});
  const int y = session.graph().find("y"), w = session.graph().find("w");
  ASSERT_EQ(session.graph().node(y).value.shape, (Shape{1, 1}));
  EXPECT_EQ(session.graph().node(y).value[0], 4);
  EXPECT_EQ(session.samples_shown(), (std::vector<long>{4}));
  EXPECT_EQ(session.check(w, 0).verdict, Verdict::agrees);
  session.step_back();
  session.seek({1, 0});
  EXPECT_EQ(session.graph().node(y).value.shape, (Shape{2, 1}));
  EXPECT_EQ(session.samples_shown(), (std::vector<long>{2, 3}));
  EXPECT_EQ(session.check(w, 0).verdict, Verdict::agrees);
}

TEST(SessionRows, EditedByHandAreSavedAndOpened) {
  Session session(five_rows());
  edit_y(session, 1, 1, 30);
  edit_y(session, 2, 0, 40);
  const std::vector<double> edited = {0, 1, 2, 30, 40};
  EXPECT_EQ(targets(session), edited);
  const Session opened(session.document());
  EXPECT_EQ(targets(opened), edited);
  EXPECT_TRUE(opened.setup().row_edits.empty());
}

TEST(SessionRows, EditedByHandReplaceTheSamples) {
  Document document;
  document.setup.network = Network();
  document.setup.samples = draw_samples(*find_data_set("circle"), {.samples = 20});
  document.setup.training.batch_size = 4;
  Session session(document);
  session.edit_entry(session.graph().find("x"), 3, 2.5);
  const NamedData rows = session.data().train;
  EXPECT_EQ(rows.at("x").entries[3], 2.5);
  const Document saved = session.document();
  EXPECT_FALSE(saved.setup.samples);
  EXPECT_EQ(saved.setup.train, rows);
  EXPECT_EQ(Session(saved).data().train, rows);
  EXPECT_EQ(Session(saved).data().test, session.data().test);
}

TEST(SessionRows, EditedByHandSurviveOtherTrainingAndANewProgram) {
  Session session(five_rows());
  edit_y(session, 1, 0, 20);
  const std::vector<double> edited = {0, 1, 20, 3, 4};
  backstep::Setup setup = session.setup();
  setup.training.optimizer = "adam";
  session.change_setup(setup, "");
  EXPECT_EQ(targets(session), edited);
  session.set_program(session.program() + "unused = x * 2\nloss(L)\n");
  EXPECT_EQ(session.mistake(), std::nullopt);
  EXPECT_EQ(targets(session), edited);
  session.set_precision(Precision::float32);
  EXPECT_EQ(targets(session), edited);
  session.restart();
  EXPECT_EQ(targets(session), edited);
  EXPECT_EQ(Experiment(session.setup()).data().train.at("y").entries, edited);
  const Comparison comparison(session.setup(), "learning_rate", {"0.1", "0.2"});
  EXPECT_EQ(comparison.runs()[1].experiment->data().train.at("y").entries, edited);
  session.reset_values();
  EXPECT_EQ(targets(session), (std::vector<double>{0, 1, 2, 3, 4}));
}

TEST(SessionRows, EditedByHandAreUndoneAndRedoneFromAnyPass) {
  Session session(five_rows());
  edit_y(session, 0, 0, 10);
  edit_y(session, 1, 0, 20);
  session.seek({2, 3});
  session.undo();
  EXPECT_EQ(targets(session), (std::vector<double>{10, 1, 2, 3, 4}));
  session.undo();
  EXPECT_EQ(targets(session), (std::vector<double>{0, 1, 2, 3, 4}));
  EXPECT_TRUE(session.setup().row_edits.empty());
  session.redo();
  session.redo();
  EXPECT_EQ(targets(session), (std::vector<double>{10, 1, 20, 3, 4}));
  EXPECT_EQ(session.timeline().position(), (Position{2, 3}));
  backstep::Setup setup = session.setup();
  setup.training.batch_size = 3;
  session.change_setup(setup, "");
  session.undo();
  EXPECT_EQ(targets(session), (std::vector<double>{10, 1, 20, 3, 4}));
}

TEST(SessionRows, EditedByHandCountInTheRecordedLoss) {
  Session session(five_rows());
  edit_y(session, 0, 0, 100);
  session.train_epochs(1);
  const double w = session.training_timeline().graph().parameter_memory()[0];
  double loss = 0;
  for (double y : {100., 1., 2., 3., 4.}) loss += (w - y) * (w - y) / 5;
  EXPECT_NEAR(session.trainer().history().train_loss().back(), loss, 1e-12 * loss);
}

// A graph of all rows would exceed the memory limit of a graph.
TEST(SessionRows, MayBeFiftyThousandInBatchesOfTen) {
  Document document;
  document.setup.network = Network();
  document.setup.network->widths = {64, 64, 64, 64};
  constexpr Index rows = 50'000;
  document.setup.train = {{"x", {{rows, 1}, std::vector<double>(rows, 0.5)}},
                          {"y", {{rows, 1}, std::vector<double>(rows, 1.0)}}};
  document.setup.test = document.setup.train;
  document.setup.training.batch_size = 10;
  EXPECT_THROW(graph_maker_of(document.setup)(document.setup.train), ProgramTooLarge);
  EXPECT_EQ(graph_of(document).node(0).value.shape.rows, 10);
  EXPECT_EQ(test_graph_of(document).node(0).value.shape.rows, InferencePass::default_chunk);
  Session session(document);
  EXPECT_EQ(session.mistake(), std::nullopt);
  session.seek({4999, 3});
  session.edit_entry(session.graph().find("y"), 0, 2);
  session.undo();
  EXPECT_EQ(session.mistake(), std::nullopt);
  document.setup.training.batch_size = 0;
  EXPECT_TRUE(Session(document).mistake()) << "all rows in one batch are too many";
}

}  // namespace
}  // namespace backstep
