// A session knows whether there is anything to save, and loses nothing when a change fails.
#include <gtest/gtest.h>

#include "app/session/session.h"
#include "tests/app/graph/named_nodes.h"

namespace backstep {
namespace {

Document kept_program() {
  Document document;
  document.setup.program = "w = param(2)\nx = input(3)\nL = (w * x - target(1)) ** 2\n";
  return document;
}

TEST(SessionKept, IsUnchangedOnceEveryEditIsUndone) {
  Session session(kept_program());
  EXPECT_FALSE(session.is_changed());
  session.edit_entry(node(session, "w"), 0, 5);
  session.end_burst();
  session.set_program("w = param(2)\nx = input(3)\nL = w * x\n");
  session.set_program("w = param(2)\nx = input(3)\nL = w * x +\n");
  session.end_burst();
  EXPECT_TRUE(session.is_changed());
  while (session.can_undo()) session.undo();
  EXPECT_FALSE(session.is_changed());
  session.redo();
  EXPECT_TRUE(session.is_changed());
}

TEST(SessionKept, AnotherEditAfterUndoIsAChange) {
  Session session(kept_program());
  session.edit_entry(node(session, "w"), 0, 5);
  session.end_burst();
  session.mark_saved();
  session.undo();
  EXPECT_TRUE(session.is_changed());
  session.edit_entry(node(session, "w"), 0, 6);
  EXPECT_TRUE(session.is_changed());
  session.end_burst();
  session.undo();
  EXPECT_TRUE(session.is_changed()) << "the saved session has the 5";
}

TEST(SessionKept, ABugOfTheLabIsNotAChange) {
  Session session(kept_program());
  session.edit_entry(node(session, "w"), 0, 5);
  session.end_burst();
  session.mark_saved();
  session.plant_bug("wrong_sign");
  EXPECT_FALSE(session.is_changed());
  session.undo();
  EXPECT_EQ(session.setup().bug, "wrong_sign");
  session.plant_bug("");
  EXPECT_TRUE(session.is_changed());
  session.redo();
  EXPECT_FALSE(session.is_changed());
  EXPECT_EQ(value(session, "w"), 5);
}

TEST(SessionKept, ASetupThatDoesNotFitChangesNothing) {
  Session session(kept_program());
  session.edit_entry(node(session, "w"), 0, 5);
  session.end_burst();
  session.mark_saved();
  backstep::Setup wrong = session.setup();
  wrong.program = "L = nothing\n";
  EXPECT_THROW(session.change_setup(wrong, "typing"), ProgramError);
  EXPECT_EQ(value(session, "w"), 5);
  EXPECT_FALSE(session.is_changed());
  session.undo();
  EXPECT_EQ(value(session, "w"), 2);
  EXPECT_FALSE(session.can_undo());
  EXPECT_TRUE(session.can_redo());
}

}  // namespace
}  // namespace backstep
