// The scripted driver does on the real panels what a person does with Backstep, from the first
// program to the picture.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "app/commands/commands.h"
#include "app/paint/numbers.h"
#include "app/panels/step/transport_panel.h"
#include "driver.h"

namespace backstep {
namespace {

void replace_program(Driver& driver, const std::string& text) {
  driver.click("program.text");
  driver.key(GLFW_KEY_A, true);
  driver.key(GLFW_KEY_DELETE);
  driver.type(text);
}

TEST(Walk, BeginsOnTheFirstExampleReadyToStep) {
  Driver driver;
  EXPECT_EQ(driver.session().title(), "Two inputs, one neuron, one output");
  EXPECT_EQ(driver.session().timeline().position(), (Position{0, 0}));
  EXPECT_TRUE(driver.shows("node.a1"));
  EXPECT_FALSE(driver.reads_in("node.a1", "0.6857")) << "not computed yet, so not shown";
}

TEST(Walk, AMistakeIsShownOnItsLineUntilItIsCorrected) {
  Driver driver;
  replace_program(driver, "x = input([[2.0]])\nw = param(0.5)\nL = x * v\n");
  ASSERT_TRUE(driver.session().mistake().has_value());
  EXPECT_EQ(driver.session().mistake()->line, 3);
  EXPECT_EQ(driver.session().mistake()->column, 9);
  EXPECT_TRUE(driver.reads_in("program.mistake", "line 3, column 9"));
  EXPECT_TRUE(driver.shows("node.a1")) << "the last correct graph stays";
  driver.key(GLFW_KEY_BACKSPACE);  // deletes the line end
  driver.key(GLFW_KEY_BACKSPACE);  // deletes the v
  driver.type("w");
  EXPECT_FALSE(driver.session().mistake().has_value());
  EXPECT_FALSE(driver.shows("program.mistake"));
  EXPECT_TRUE(driver.shows("node.w"));
  EXPECT_FALSE(driver.shows("node.a1"));
  EXPECT_EQ(driver.session().program(), "x = input([[2.0]])\nw = param(0.5)\nL = x * w");
}

TEST(Walk, EscapeLeavesTheEditorAndLosesNoText) {
  Driver driver;
  replace_program(driver, "x = input(3)\nL = x * x");
  driver.key(GLFW_KEY_ESCAPE);
  EXPECT_EQ(driver.session().program(), "x = input(3)\nL = x * x");
}

TEST(Walk, SteppingShowsEachNumberOnceItIsComputed) {
  Driver driver;
  const int forward = driver.session().timeline().forward_ticks();
  for (int i = 0; i < forward; ++i) driver.key(GLFW_KEY_RIGHT);
  EXPECT_TRUE(driver.reads_in("node.a1", "0.6857"));
  EXPECT_TRUE(driver.reads_in("node.L", "0.0538"));
  EXPECT_FALSE(driver.reads_in("node.a1", "−0.0651"));
  while (driver.session().timeline().gradient_arrived(driver.session().graph().find("a1")) !=
         Arrived::all)
    driver.key(GLFW_KEY_RIGHT);
  driver.frames(60);
  EXPECT_TRUE(driver.reads_in("node.a1", "−0.0651"));
  EXPECT_FALSE(driver.reads_in("node.z1", "−0.0140"));
  driver.key(GLFW_KEY_RIGHT);
  EXPECT_TRUE(driver.reads_in("node.z1", "−0.0140"));
  EXPECT_TRUE(driver.reads_in("transport", "BACKWARD"));
  driver.key(GLFW_KEY_LEFT);
  EXPECT_FALSE(driver.reads_in("node.z1", "−0.0140"));
}

TEST(Walk, DraggingAWeightInTheBackwardPassUpdatesGradients) {
  Driver driver;
  driver.app().playback().seek_tick(12);  // a1 has just sent its gradient to z1
  driver.frames(60);
  const double before = value_of(driver.session(), "b1"),
               gradient_before = gradient_of(driver.session(), "z1");
  ASSERT_TRUE(driver.reads_in("node.z1", with_minus(short_number(gradient_before))));
  driver.drag("node.b1.value", 0, -60);
  const double after = value_of(driver.session(), "b1"),
               gradient_after = gradient_of(driver.session(), "z1");
  EXPECT_NE(after, before);
  EXPECT_NE(gradient_after, gradient_before);
  EXPECT_EQ(driver.session().timeline().position(), (Position{0, 12})) << "the cursor stays";
  EXPECT_TRUE(driver.reads_in("node.b1", with_minus(short_number(after))));
  EXPECT_TRUE(driver.reads_in("node.z1", with_minus(short_number(gradient_after))));

  // The panels show the numbers of a fresh pass with that weight.
  Document document = driver.session().document();
  document.update = document.tick = 0;
  Session fresh(document);
  fresh.seek({0, 12});
  EXPECT_EQ(gradient_of(fresh, "z1"), gradient_after);

  driver.click("title.undo");
  EXPECT_EQ(value_of(driver.session(), "b1"), before) << "one drag is one step of undo";
  EXPECT_EQ(gradient_of(driver.session(), "z1"), gradient_before);
  EXPECT_TRUE(driver.reads_in("node.b1", with_minus(short_number(before))));
}

TEST(Walk, AValueCanBeTypedOnItsNode) {
  Driver driver;
  driver.app().playback().seek_tick(driver.session().timeline().forward_ticks());
  driver.frames(2);
  driver.click("node.b2.value");
  driver.key(GLFW_KEY_A, true);
  driver.type("0.25");
  driver.key(GLFW_KEY_ENTER);
  EXPECT_EQ(value_of(driver.session(), "b2"), 0.25);
}

TEST(Walk, TheTimelineIsScrubbedBackAndForth) {
  Driver driver;
  driver.key(GLFW_KEY_END);
  const int ticks = driver.session().timeline().ticks();
  EXPECT_EQ(driver.session().timeline().position(), (Position{0, ticks}));
  const Rect bar = driver.rect("transport.timeline");
  driver.click_at({bar.x + bar.width * 0.5f, bar.center().y});
  const int middle = driver.session().timeline().position().tick;
  EXPECT_NEAR(middle, ticks / 2.0, 1);
  driver.key(GLFW_KEY_HOME);
  EXPECT_EQ(driver.session().timeline().position(), (Position{0, 0}));
}

TEST(Walk, TrainingMovesThePlotsAndCanBeScrubbedBack) {
  Driver driver;
  driver.key(GLFW_KEY_T);
  driver.frames(3);
  driver.key(GLFW_KEY_T);
  const long trained = driver.session().timeline().position().update;
  EXPECT_GT(trained, 10);
  const auto& progress = driver.session().timeline().progress();
  EXPECT_LT(progress.loss().back(), progress.loss().front());
  const Rect line = driver.rect("transport.passes");
  driver.click_at({line.x + 1, line.center().y});
  EXPECT_LT(driver.session().timeline().position().update, trained / 10 + 1);
  EXPECT_EQ(progress.updates().back(), static_cast<double>(trained))
      << "the recorded progress stays";
  driver.click("training.restart");
  EXPECT_EQ(value_of(driver.session(), "W2"), 0.9) << "the same starting weights";
}

TEST(Walk, SavesAPictureAndASession) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / "backstep walk";
  fs::create_directories(folder);
  Driver driver;
  driver.key(GLFW_KEY_E, true);
  driver.key(GLFW_KEY_A, true);
  driver.type((folder / "graph.svg").string());
  driver.click("dialog.accept");
  EXPECT_TRUE(fs::exists(folder / "graph.svg"));
  driver.key(GLFW_KEY_S, true);
  driver.key(GLFW_KEY_A, true);
  driver.type((folder / "walk.json").string());
  driver.click("dialog.accept");
  EXPECT_TRUE(fs::exists(folder / "walk.json"));
  EXPECT_FALSE(driver.session().is_changed());
  driver.app().files().open_file(folder / "walk.json");
  driver.frames(3);
  EXPECT_EQ(driver.session().title(), "Two inputs, one neuron, one output");
  EXPECT_TRUE(driver.shows("node.a1"));
  fs::remove_all(folder);
}

TEST(Walk, UndoingToASmallerGraphClearsTheSelection) {
  Driver driver;
  replace_program(driver, "x = input(3)\nL = x * x");
  driver.key(GLFW_KEY_ESCAPE);
  replace_program(driver, "x = input(3)\na = x * x\nb = a * x\nc = b * x\nL = c * x");
  driver.key(GLFW_KEY_ESCAPE);
  driver.key(GLFW_KEY_END);
  driver.click("node.L");
  EXPECT_GE(driver.app().view().selection.node, 0);
  driver.click("title.undo");
  EXPECT_FALSE(driver.shows("node.c"));
  EXPECT_EQ(driver.app().view().selection.node, -1);
  driver.key(GLFW_KEY_END);
  EXPECT_TRUE(driver.shows("inspector"));
}

TEST(Walk, UnsavedEditsAreNotLostUnasked) {
  Driver driver;
  driver.drag("node.b1.value", 0, -40);
  const double edited = value_of(driver.session(), "b1");
  driver.click("program.list.1");
  driver.click("example.xor-half-mse");
  ASSERT_TRUE(driver.shows("unsaved.cancel"));
  driver.click("unsaved.cancel");
  EXPECT_EQ(value_of(driver.session(), "b1"), edited);
  driver.click("example.xor-half-mse");
  driver.click("unsaved.discard");
  driver.frames(3);
  EXPECT_EQ(driver.session().title(), "XOR");
  EXPECT_FALSE(driver.session().is_changed());
}

TEST(Walk, AFileThatCannotBeReadIsReportedAndNothingIsLost) {
  Driver driver;
  driver.drag("node.b1.value", 0, -40);
  const double edited = value_of(driver.session(), "b1");
  driver.app().files().open_file("no such folder/no such file.json");
  driver.frames(3);
  EXPECT_TRUE(driver.reads_in("message", "no such file.json"));
  EXPECT_EQ(value_of(driver.session(), "b1"), edited);
}

TEST(Walk, EveryExampleOpensStepsAndShowsItsGraph) {
  Driver driver;
  for (const Example& example : list_examples()) {
    driver.key(GLFW_KEY_F2);
    driver.click("examples." + example.id);
    driver.frames(2);
    EXPECT_EQ(driver.session().title(), example.title);
    driver.key(GLFW_KEY_1, true);  // Step, whatever the example opens in
    driver.frames(2);
    EXPECT_TRUE(driver.shows("node." + driver.session().graph().label(
                                           driver.session().graph().loss())))
        << example.id;
    driver.key(GLFW_KEY_END);
    EXPECT_TRUE(
        std::isfinite(driver.session().graph().node(driver.session().graph().loss()).value[0]))
        << example.id;
    driver.session().mark_saved();
  }
}

}  // namespace
}  // namespace backstep
