// While the program has a mistake, the session goes on running the last correct one and loses
// nothing of it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "app/documents/session_file.h"
#include "app/session/session.h"
#include "core/slips/bug.h"
#include "tests/app/graph/named_nodes.h"
#include "tests/core/stepping/timelines.h"

namespace backstep {
namespace {

const std::string right = "w = param(2)\nx = input(3)\nL = (w * x - target(1)) ** 2\n";
const std::string wrong = "w = param(2)\nx = input(3)\nL = (w * x - target(1)) ** 2zz\n";

Session trained_with_mistake() {
  Document document;
  document.setup.program = right;
  document.setup.training.learning_rate = 0.01;
  Session session(document);
  session.train(20);
  session.seek({19, 5});
  session.set_program(wrong);
  return session;
}

void expect_mistake_kept(const Session& session) {
  ASSERT_TRUE(session.mistake());
  EXPECT_EQ(session.mistake()->line, 3);
  EXPECT_EQ(session.program(), wrong);
  EXPECT_TRUE(session.runs());
}

TEST(SessionWithMistake, ChangesThePrecisionOfTheProgramThatRan) {
  Session session = trained_with_mistake();
  const double w = session.timeline().leaf_at_start(node(session, "w")).entries[0];
  session.set_precision(Precision::float16);
  expect_mistake_kept(session);
  EXPECT_EQ(session.timeline().leaf_at_start(node(session, "w")).entries[0],
            round_to(w, Precision::float16));
  EXPECT_EQ(session.graph().pass().precision, Precision::float16);
  session.undo();
  expect_mistake_kept(session);
  EXPECT_EQ(session.timeline().leaf_at_start(node(session, "w")).entries[0], w);
}

TEST(SessionWithMistake, HidesABugInTheProgramThatRan) {
  Session session = trained_with_mistake();
  const auto bugs = bugs_for(session.graph(), session.timeline().training());
  ASSERT_FALSE(bugs.empty());
  session.plant_bug(bugs.front()->id);
  expect_mistake_kept(session);
  EXPECT_EQ(session.setup().bug, bugs.front()->id);
  session.plant_bug("");
  expect_mistake_kept(session);
}

TEST(SessionWithMistake, ResetsValuesToTheProgramThatRan) {
  Session session = trained_with_mistake();
  session.reset_values();
  expect_mistake_kept(session);
  EXPECT_EQ(value(session, "w"), 2);
  session.undo();
  expect_mistake_kept(session);
}

TEST(SessionWithMistake, ChangesTheTrainingOfTheProgramThatRan) {
  Session session = trained_with_mistake();
  backstep::Setup setup = session.setup();
  setup.training.optimizer = "adam";
  session.change_setup(setup, "");
  expect_mistake_kept(session);
  EXPECT_EQ(session.timeline().training().optimizer, "adam");
  session.set_program(right);
  EXPECT_FALSE(session.mistake());
}

// ---- saved and opened again -----------------------------------------------------------

Session saved_and_opened(const Session& session) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("backstep session mistake " + std::to_string(getpid()) + ".json");
  write_session(path, session.document());
  Session again(read_document(path));
  std::filesystem::remove(path);
  return again;
}

TEST(SessionWithMistake, IsSavedWithAllItsValuesAndItsPlace) {
  Session session = trained_with_mistake();
  const double w = session.timeline().leaf_at_start(node(session, "w")).entries[0];
  EXPECT_NE(w, 2);
  Session again = saved_and_opened(session);
  expect_mistake_kept(again);
  EXPECT_EQ(again.timeline().position().tick, 5);
  EXPECT_EQ(again.timeline().leaf_at_start(node(again, "w")).entries[0], w);
  EXPECT_EQ(again.graph().node(node(again, "L")).value[0],
            session.graph().node(node(session, "L")).value[0]);
  again = saved_and_opened(again);
  expect_mistake_kept(again);
  EXPECT_EQ(again.timeline().position().tick, 5) << "saved and opened twice";
  again.set_program(right);
  EXPECT_FALSE(again.mistake());
  EXPECT_EQ(again.timeline().leaf_at_start(node(again, "w")).entries[0], w)
      << "after the correction";
}

// The edited value of a leaf without a name is kept in its line of the text, if that line did
// not change.
TEST(SessionWithMistake, KeepsLeavesWithoutAName) {
  Document document;
  document.setup.program = "a = input(3) * 2\nb = a * a\nL = b - target(1)\n";
  Session session(document);
  session.edit_entry(session.graph().node(node(session, "a")).inputs[0], 0, 5);
  session.set_program("a = input(3) * 2\nb = a * a)\nL = b - target(1)\n");
  Session again = saved_and_opened(session);
  ASSERT_TRUE(again.mistake());
  EXPECT_EQ(again.program(), "a = input([[5]]) * 2\nb = a * a)\nL = b - target(1)\n");
  EXPECT_EQ(again.graph().node(again.graph().node(node(again, "a")).inputs[0]).value[0], 5);
  again.set_program("a = input([[5]]) * 2\nb = a * a + a\nL = b - target(1)\n");
  EXPECT_FALSE(again.mistake());
  EXPECT_EQ(again.graph().node(again.graph().node(node(again, "a")).inputs[0]).value[0], 5);
}

TEST(SessionWithMistake, KeepsItsPlaceWhenAllTextIsGone) {
  Session session = trained_with_mistake();
  session.set_program("");
  Session again = saved_and_opened(session);
  EXPECT_EQ(again.program(), "");
  EXPECT_TRUE(again.mistake());
  EXPECT_TRUE(again.runs());
  EXPECT_EQ(again.timeline().position().tick, 5);
}

TEST(SessionWithMistake, ThatNeverRanGetsItsValuesOnceItIsCorrected) {
  Document document;
  document.setup.program = wrong;
  document.setup.parameters["w"] = {{1, 1}, {1.5}};
  document.tick = 2;
  Session session(document);
  EXPECT_FALSE(session.runs());
  Session again = saved_and_opened(session);
  EXPECT_FALSE(again.runs());
  EXPECT_EQ(again.document().tick, 2);
  again.set_program(right);
  EXPECT_EQ(value(again, "w"), 1.5);
  EXPECT_TRUE(again.document().setup.parameters.contains("w"));
}

TEST(SessionWithMistake, IsRefusedWhenItsValuesDoNotFitTheProgramThatRan) {
  Document document;
  document.setup.program = wrong;
  document.right_program = right;
  document.setup.parameters["v"] = {{1, 1}, {1.5}};
  const auto path = std::filesystem::temp_directory_path() /
                    ("backstep session mistake " + std::to_string(getpid()) + ".json");
  write_session(path, document);
  EXPECT_THROW(read_document(path), FileError);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace backstep
