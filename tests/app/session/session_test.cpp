// A session: edits, undo and redo, programs while they are typed, and what is saved.
#include "app/session/session.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/documents/session_file.h"
#include "tests/app/graph/named_nodes.h"

namespace backstep {
namespace {

Document two_lines() {
  Document document;
  document.setup.program = "w = param(2)\nx = input(3)\nL = (w * x - target(1)) ** 2\n";
  return document;
}

TEST(Session, OneBurstOfEditsIsOneStepOfUndo) {
  Session session(two_lines());
  for (int i = 0; i < 50; ++i) session.edit_entry(node(session, "w"), 0, 2 + 0.1 * i);
  session.end_burst();
  session.edit_entry(node(session, "w"), 0, 9);
  session.undo();
  EXPECT_EQ(value(session, "w"), 2 + 0.1 * 49);
  session.undo();
  EXPECT_EQ(value(session, "w"), 2);
  EXPECT_FALSE(session.can_undo());
  session.redo();
  session.redo();
  EXPECT_EQ(value(session, "w"), 9);
  EXPECT_FALSE(session.can_redo());
}

TEST(Session, UndoRestoresTextCursorAndLearningRate) {
  Session session(two_lines());
  session.seek({0, 4});
  const TimelineState before = session.timeline().state();
  session.set_learning_rate(0.5);
  session.end_burst();
  session.set_program("w = param(2)\nL = w * w\n");
  session.undo();
  session.undo();
  EXPECT_EQ(session.timeline().state(), before);
  EXPECT_EQ(session.program(), two_lines().setup.program);
}

TEST(Session, AMistakeKeepsTheLastCorrectGraphAndTheText) {
  Session session(two_lines());
  const long graph = session.graph_revision();
  session.set_program("w = param(2)\nL = w *");
  EXPECT_TRUE(session.mistake().has_value());
  EXPECT_EQ(session.graph_revision(), graph);
  EXPECT_EQ(session.program(), "w = param(2)\nL = w *");
  session.set_program("w = param(2)\nL = w * w");
  EXPECT_FALSE(session.mistake().has_value());
  EXPECT_NE(session.graph_revision(), graph);
}

TEST(Session, LeavesOnUnchangedLinesKeepTheirEdits) {
  Session session(two_lines());
  session.edit_entry(node(session, "w"), 0, 7);
  session.set_program("w = param(2)\nx = input(4)\nL = (w * x - target(1)) ** 2\n");
  EXPECT_EQ(value(session, "w"), 7) << "its line has not changed";
  EXPECT_EQ(value(session, "x"), 4) << "its line has this value";
}

TEST(Session, AProgramWithAMistakeCanBeOpenedAndCorrected) {
  Document document = two_lines();
  document.setup.program = "w = parm(2)\n";
  Session session(document);
  EXPECT_FALSE(session.runs());
  EXPECT_EQ(session.program(), "w = parm(2)\n");
  EXPECT_EQ(session.mistake()->line, 1);
  session.set_program("w = param(2)\nL = w * w\n");
  EXPECT_TRUE(session.runs());
  EXPECT_EQ(value(session, "w"), 2);
}

TEST(Session, RestartReturnsToTheSameStart) {
  Session session(two_lines());
  session.edit_entry(node(session, "w"), 0, 1.0 / 7);
  session.train(50);
  EXPECT_NE(value(session, "w"), 1.0 / 7);
  session.restart();
  EXPECT_EQ(value(session, "w"), 1.0 / 7);
  EXPECT_EQ(session.timeline().position(), (Position{0, 0}));
  session.reset_values();
  EXPECT_EQ(value(session, "w"), 2);
}

TEST(Session, EveryEditSurvivesSavingEvenOfLeavesWithoutAName) {
  Session session(two_lines());
  session.edit_entry(node(session, "w"), 0, 1.0 / 3);
  session.end_burst();
  int unnamed = -1;
  for (std::size_t i = 0; i < session.graph().nodes().size(); ++i)
    if (session.graph().node(static_cast<int>(i)).kind == NodeKind::target)
      unnamed = static_cast<int>(i);
  session.edit_entry(unnamed, 0, -1.0 / 7);
  session.seek({0, 3});
  const auto path = std::filesystem::temp_directory_path() / "backstep session test.json";
  write_session(path, session.document());
  Session again(read_document(path));
  std::filesystem::remove(path);
  EXPECT_EQ(value(again, "w"), 1.0 / 3);
  EXPECT_EQ(again.graph().node(unnamed).value[0], -1.0 / 7);
  EXPECT_EQ(again.timeline().position(), (Position{0, 3}));
  EXPECT_EQ(again.graph().node(again.graph().ops()[2]).value[0],
            session.graph().node(session.graph().ops()[2]).value[0]);
}

TEST(Session, EditsOfDataAreSavedWithTheData) {
  Document document;
  document.setup.program = "x = input(\"x\")\nL = mean(x * x)\n";
  document.setup.train["x"] = {{2, 1}, {1, 2}};
  Session session(document);
  session.edit_entry(node(session, "x"), 1, 5);
  EXPECT_EQ(session.document().setup.train.at("x").entries, (std::vector<double>{1, 5}));
}

TEST(Session, LookingAtGradientsAndCurvesChangesNothing) {
  Session session(two_lines());
  session.seek({0, 5});
  const TimelineState before = session.timeline().state();
  const double gradient = session.graph().node(session.graph().loss()).gradient[0];
  EXPECT_EQ(session.check(node(session, "w"), 0).verdict, Verdict::agrees);
  EXPECT_EQ(session.loss_curve(node(session, "w"), 0, -1, 3).size(), 65u);
  EXPECT_EQ(session.timeline().state(), before);
  EXPECT_EQ(session.graph().node(session.graph().loss()).gradient[0], gradient);
}

}  // namespace
}  // namespace backstep
