// Keys go to the field that was just opened, to the menu or dialog on top, and otherwise to
// commands, with any country's keyboard.
#include "app/commands/keyboard.h"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include "app/commands/commands.h"
#include "app/lessons/lesson_guide.h"
#include "app/panels/lesson/lesson_panel.h"
#include "driver.h"

namespace backstep {
namespace {

constexpr KeyPress minus = {GLFW_KEY_MINUS, false, false, false, false, '-'};

TEST(Keyboard, GoesToAFieldFromTheMomentItIsClicked) {
  Driver driver;
  const float zoom = driver.app().view().camera.zoom;
  for (const std::string field : {"node.b1.value", "training.learning_rate"}) {
    const Point at = driver.rect(field).center();
    ImGui::GetIO().MousePos = {at.x, at.y};
    driver.hold(true);
    driver.hold(false);
    EXPECT_FALSE(driver.app().takes_keys()) << field;
    for (int frame = 0; frame < 6; ++frame) {
      driver.app().press(minus);
      EXPECT_EQ(driver.app().view().camera.zoom, zoom) << field << ", frame " << frame;
      driver.frames(1);
    }
    EXPECT_TRUE(driver.app().takes_keys()) << field;
    driver.type("0.25\n");
  }
  EXPECT_EQ(value_of(driver.session(), "b1"), 0.25);
  EXPECT_EQ(driver.session().training_timeline().learning_rate(), 0.25);
}

TEST(Keyboard, GoesToCommandsFromTheMomentAFieldIsLeft) {
  Driver driver;
  driver.click("node.b1.value");
  driver.type("0.7\n");
  EXPECT_EQ(value_of(driver.session(), "b1"), 0.7);
  const float zoom = driver.app().view().camera.zoom;
  driver.app().press(minus);
  EXPECT_LT(driver.app().view().camera.zoom, zoom);
}

TEST(Keyboard, DoesNotWaitForAFieldThatNeverComes) {
  Driver driver;
  for (int i = 0; i < 30; ++i) {
    driver.app().keyboard().expect_focus();
    driver.frames(1);
  }
  driver.app().keyboard().expect_focus();
  EXPECT_TRUE(driver.app().takes_keys());
}

// ---- characters -----------------------------------------------------------------------

// The command of the key at the position of `key` on an American keyboard, which types `writes`.
const char* command_at(int key, char writes, bool control, bool shift) {
  const Command* command = command_for(
      {key, control, shift, false, false, static_cast<unsigned>(writes)}, Typing::nothing);
  return command ? command->label : "nothing";
}

TEST(Keyboard, FindsCommandsByTheCharacterOnTheKey) {
  constexpr bool ctrl = true, shift = true, plain = false;
  // With Ctrl, the character without Shift decides.
  EXPECT_STREQ(command_at(GLFW_KEY_EQUAL, '+', plain, shift), "Zoom in") << "American";
  EXPECT_STREQ(command_at(GLFW_KEY_EQUAL, '=', plain, plain), "Zoom in");
  EXPECT_STREQ(command_at(GLFW_KEY_EQUAL, '=', ctrl, shift), "Larger text");
  EXPECT_STREQ(command_at(GLFW_KEY_EQUAL, '=', ctrl, plain), "Larger text");
  EXPECT_STREQ(command_at(GLFW_KEY_SLASH, '?', plain, shift), "Keys and words");
  EXPECT_STREQ(command_at(GLFW_KEY_PERIOD, '>', plain, shift), "nothing");
  EXPECT_STREQ(command_at(GLFW_KEY_RIGHT_BRACKET, '+', plain, plain), "Zoom in") << "German";
  EXPECT_STREQ(command_at(GLFW_KEY_RIGHT_BRACKET, '+', ctrl, plain), "Larger text");
  EXPECT_STREQ(command_at(GLFW_KEY_SLASH, '-', plain, plain), "Zoom out");
  EXPECT_STREQ(command_at(GLFW_KEY_SLASH, '-', ctrl, plain), "Smaller text");
  EXPECT_STREQ(command_at(GLFW_KEY_MINUS, '\xdf', plain, plain), "nothing")
      << "ß is not a minus sign";
  EXPECT_STREQ(command_at(GLFW_KEY_MINUS, '?', plain, shift), "Keys and words");
  EXPECT_STREQ(command_at(GLFW_KEY_6, '-', ctrl, plain), "Smaller text") << "French";
  EXPECT_STREQ(command_at(GLFW_KEY_SEMICOLON, '.', plain, shift), "Play faster");
  EXPECT_STREQ(command_at(GLFW_KEY_1, '+', ctrl, plain), "Step")
      << "Czech: with Ctrl the digit comes first";
  EXPECT_STREQ(command_at(GLFW_KEY_1, '+', plain, plain), "Zoom in");
  EXPECT_STREQ(command_at(GLFW_KEY_KP_ADD, '+', ctrl, plain), "Larger text") << "the keypad";
  EXPECT_STREQ(command_at(GLFW_KEY_KP_SUBTRACT, '-', plain, plain), "Zoom out");
}

TEST(Keyboard, EnlargesTextWithPlusTypedByShift) {
  Driver driver;
  driver.key(GLFW_KEY_EQUAL, true, true);
  EXPECT_FLOAT_EQ(driver.app().view().text_size, 1.1f);
  const float zoom = driver.app().view().camera.zoom;
  driver.key(GLFW_KEY_EQUAL, false, true);
  EXPECT_GT(driver.app().view().camera.zoom, zoom);
}

// ---- lessons --------------------------------------------------------------------------

std::string typed_answer(Driver& driver) {
  return driver.app().interaction().of<LessonPanelState>().typed;
}

// Opens a lesson at its first step that asks for a number.
LessonGuide& open_question(Driver& driver) {
  driver.app().open_lesson("one-neuron");
  LessonGuide& lesson = *driver.app().lesson();
  for (int step = 1; step < lesson.steps() && !lesson.asks(); ++step)
    driver.app().settle_lesson_step(step);
  EXPECT_TRUE(lesson.asks());
  driver.frames(5);
  return lesson;
}

TEST(Keyboard, AnswersAPredictionWithoutAClick) {
  Driver driver;
  LessonGuide& lesson = open_question(driver);
  const double speed = driver.app().view().play_speed;
  const float zoom = driver.app().view().camera.zoom;
  driver.type("-.5\n");
  ASSERT_TRUE(lesson.answer().has_value());
  EXPECT_EQ(lesson.answer()->typed, "-.5");
  EXPECT_TRUE(lesson.asks());
  driver.type("-.25");
  EXPECT_EQ(typed_answer(driver), "-.25") << "after a wrong answer the field is kept, its text selected";
  driver.type("\n");
  EXPECT_EQ(lesson.answer()->typed, "-.25");
  driver.key(GLFW_KEY_A, true);
  driver.key(GLFW_KEY_DELETE);
  driver.type("\n7");
  EXPECT_EQ(typed_answer(driver), "7") << "an empty answer does not count, and the field is kept";
  EXPECT_EQ(driver.app().view().play_speed, speed);
  EXPECT_EQ(driver.app().view().camera.zoom, zoom);
  driver.key(GLFW_KEY_ESCAPE);
  driver.key(GLFW_KEY_MINUS);
  EXPECT_LT(driver.app().view().camera.zoom, zoom) << "Escape leaves the field";
}

TEST(Keyboard, MovesThroughPassAndLessonWhileAnAnswerIsEmpty) {
  Driver driver;
  LessonGuide& lesson = open_question(driver);
  ASSERT_GT(lesson.step(), 0);
  const int step = lesson.step();
  const Position before = driver.session().timeline().position();
  driver.key(GLFW_KEY_RIGHT);
  EXPECT_GT(driver.session().timeline().position(), before);
  driver.key(GLFW_KEY_LEFT, true);
  EXPECT_EQ(lesson.step(), step - 1);
}

TEST(Keyboard, MovesByWordsInATypedAnswer) {
  Driver driver;
  LessonGuide& lesson = open_question(driver);
  const int step = lesson.step();
  driver.type("12 34");
  const Position before = driver.session().timeline().position();
  driver.key(GLFW_KEY_LEFT, true);
  driver.key(GLFW_KEY_LEFT);
  driver.key(GLFW_KEY_HOME);
  EXPECT_EQ(lesson.step(), step);
  EXPECT_EQ(driver.session().timeline().position(), before);
  driver.type("9");
  EXPECT_EQ(typed_answer(driver), "912 34");
}

TEST(Keyboard, MovesByWordsInTheProgramOfALesson) {
  Driver driver;
  driver.app().open_lesson("one-neuron");
  LessonGuide& lesson = *driver.app().lesson();
  driver.app().settle_lesson_step(1);
  driver.frames(5);
  driver.click("program.text");
  ASSERT_EQ(driver.app().keyboard().keys_go_to(), Typing::text);
  const int step = lesson.step();
  driver.key(GLFW_KEY_LEFT, true);
  driver.key(GLFW_KEY_RIGHT, true);
  EXPECT_EQ(lesson.step(), step);
}

// ---- menus and dialogs ----------------------------------------------------------------

TEST(Keyboard, IsForTheMenuThatIsOpen) {
  Driver driver;
  driver.click("menu.Run");
  const std::string row = "menu.Step";
  ASSERT_TRUE(driver.shows(row));
  const Position before = driver.session().timeline().position();
  driver.key(GLFW_KEY_RIGHT);
  driver.key(GLFW_KEY_T);
  EXPECT_EQ(driver.session().timeline().position(), before);
  EXPECT_FALSE(driver.app().view().training);
  driver.click("node.a1");
  driver.click("menu.Run");
  driver.key(GLFW_KEY_ESCAPE);
  EXPECT_FALSE(driver.shows(row));
  driver.key(GLFW_KEY_RIGHT);
  EXPECT_GT(driver.session().timeline().position(), before);
}

TEST(Keyboard, AClickSwitchesFromOneMenuToTheNext) {
  Driver driver;
  driver.click("menu.Run");
  const Point at = driver.rect("menu.View").center();
  ImGui::GetIO().MousePos = {at.x, at.y};  // pressed as soon as the pointer is there
  driver.hold(true);
  driver.hold(false);
  driver.frames(3);
  EXPECT_TRUE(driver.shows("menu.Fit the graph"));
  driver.click("menu.View");
  EXPECT_FALSE(driver.shows("menu.Fit the graph")) << "a click on the open menu's title closes it";
}

TEST(Keyboard, IsForTheDialogThatIsOpen) {
  Driver driver;
  const Position before = driver.session().timeline().position();
  driver.key(GLFW_KEY_F1);
  driver.key(GLFW_KEY_RIGHT);
  driver.key(GLFW_KEY_END);
  EXPECT_EQ(driver.session().timeline().position(), before);
  driver.key(GLFW_KEY_ESCAPE);
  EXPECT_FALSE(driver.shows("dialog"));
}

TEST(Keyboard, ClosesAFileDialogByEscapeAndSelectsTheNameEveryTime) {
  Driver driver;
  for (const std::string name : {"first.svg", "second.svg"}) {
    driver.key(GLFW_KEY_E, true);
    ASSERT_EQ(driver.app().dialogs().open, Dialog::picture);
    driver.type(name);
    EXPECT_EQ(driver.app().dialogs().name, name);
    driver.key(GLFW_KEY_ESCAPE);
    EXPECT_EQ(driver.app().dialogs().open, Dialog::none);
    EXPECT_FALSE(driver.shows("dialog"));
    EXPECT_EQ(driver.app().keyboard().keys_go_to(), Typing::nothing);
  }
}

TEST(Keyboard, PutsTheToolForPointsAwayByEscape) {
  Driver driver;
  driver.key(GLFW_KEY_F2);
  driver.click("examples.circle");
  driver.key(GLFW_KEY_2, true);
  driver.app().view().point_tool = PointTool::add;
  driver.frames(2);
  driver.key(GLFW_KEY_ESCAPE);
  EXPECT_EQ(driver.app().view().point_tool, PointTool::pick);
}

}  // namespace
}  // namespace backstep
