// An edit always has a visible effect: even after an update and after training, the panels show
// the numbers of a pass with the edited weight.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <cmath>

#include "app/lessons/lesson_file.h"
#include "app/lessons/lesson_guide.h"
#include "app/workspace/workspace_actions.h"
#include "core/runs/data_sets.h"
#include "driver.h"

namespace backstep {
namespace {

Document one_neuron() {
  Document document;
  document.title = "one neuron";
  document.setup.program =
      "x = input(0.5)\nw = param(0.4)\nb = param(0.1)\nz = x * w + b\np = sigmoid(z)\n"
      "L = (p - target(0.3)) ** 2\n";
  document.setup.training.learning_rate = 0.5;
  return document;
}

// The number shown in a field of a node.
double number_in(Driver& driver, const std::string& probe) {
  const std::string minus = "−";
  for (std::string text : driver.texts_in(probe)) {
    for (std::size_t at; (at = text.find(minus)) != std::string::npos;)
      text.replace(at, minus.size(), "-");
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (end != text.c_str() && *end == 0) return number;
  }
  std::string texts;
  for (const std::string& text : driver.texts_in(probe)) texts += " " + text;
  ADD_FAILURE() << "no number in " << probe << ":" << texts;
  return NAN;
}

// Expects every number on the nodes to follow from the w and b on show by the formulas.
void expect_one_pass(Driver& driver, double w, double b) {
  const double z = 0.5 * w + b, p = 1 / (1 + std::exp(-z));
  const double slope = 2 * (p - 0.3) * p * (1 - p);
  const auto near = [&](const std::string& probe, double wanted) {
    EXPECT_NEAR(number_in(driver, probe), wanted, 6e-4 * std::abs(wanted) + 6e-5) << probe;
  };
  near("node.w.value", w);
  near("node.b.value", b);
  near("node.z.value", z);
  near("node.p.value", p);
  near("node.L.value", (p - 0.3) * (p - 0.3));
  near("node.p.gradient", 2 * (p - 0.3));
  near("node.z.gradient", slope);
  near("node.b.gradient", slope);
  near("node.w.gradient", 0.5 * slope);
}

class EditAnswers : public testing::Test {
 protected:
  EditAnswers() {
    driver.app().open(one_neuron(), "");
    driver.frames(4);
  }

  const Timeline& timeline() { return driver.session().timeline(); }
  int gradients() { return timeline().forward_ticks() + timeline().backward_ticks(); }

  void train_and_pause() {
    driver.key(GLFW_KEY_T);
    driver.frames(3);
    driver.key(GLFW_KEY_T);
    ASSERT_FALSE(driver.app().view().training);
    ASSERT_GT(timeline().position().update, 0);
    ASSERT_EQ(timeline().position().tick, timeline().ticks());
  }

  // Drags a value and checks the panels after every movement.
  void drag_and_read(const std::string& leaf) {
    const Point from = driver.rect("node." + leaf + ".value").center();
    driver.move_to(from);
    ImGui::GetIO().MouseDown[0] = true;
    driver.frames(1);
    for (int i = 1; i <= 5; ++i) {
      ImGui::GetIO().MousePos = {from.x + 20.0f * static_cast<float>(i), from.y};
      driver.frames(1);  // the pointer moves
      if (i == 1) continue;
      driver.frames(1);  // the effect is drawn
      expect_one_pass(driver, value_of(driver.session(), "w"), value_of(driver.session(), "b"));
    }
    ImGui::GetIO().MouseDown[0] = false;
    driver.frames(3);
  }

  Driver driver;
};

TEST_F(EditAnswers, ADragAfterTrainingShowsTheNewGradients) {
  train_and_pause();
  const long trained = timeline().position().update;
  const double w = value_of(driver.session(), "w"), b = value_of(driver.session(), "b");
  drag_and_read("w");
  EXPECT_EQ(timeline().position(), (Position{trained + 1, gradients()}));
  EXPECT_NE(value_of(driver.session(), "w"), w);
  EXPECT_EQ(value_of(driver.session(), "b"), b) << "the other parameter keeps its update";
  EXPECT_TRUE(driver.reads_in(
      "message", "w is edited. Pass " + std::to_string(trained + 2) + " is run with it"));
  EXPECT_LE(driver.rect("message").right(), driver.rect("graph.zoom_out").x);
  EXPECT_TRUE(driver.reads_in("transport", "BACKWARD  op"));
  driver.key(GLFW_KEY_Z, true);
  EXPECT_EQ(timeline().position(), (Position{trained, timeline().ticks()}));
  EXPECT_EQ(value_of(driver.session(), "w"), w) << "the whole drag is one step of undo";
  EXPECT_FALSE(driver.session().can_undo());
}

TEST_F(EditAnswers, OneStepBackReturnsToWhereTheEditWasMade) {
  for (const int updates : {1, 2}) {
    driver.app().open(one_neuron(), "");
    driver.session().seek({0, gradients() + updates});
    driver.frames(2);
    const double w = value_of(driver.session(), "w"), b = value_of(driver.session(), "b");
    drag_and_read("b");
    EXPECT_EQ(timeline().position(), (Position{1, gradients()}));
    driver.key(GLFW_KEY_LEFT);
    EXPECT_EQ(timeline().position(), (Position{0, gradients() + updates}));
    EXPECT_EQ(value_of(driver.session(), "w"), w);
    EXPECT_EQ(value_of(driver.session(), "b"), b);
    EXPECT_FALSE(driver.shows("message"));
    driver.key(GLFW_KEY_Z, true, true);
    EXPECT_EQ(timeline().position(), (Position{1, gradients()})) << "redo makes the edit again";
    driver.frames(2);
    expect_one_pass(driver, value_of(driver.session(), "w"), value_of(driver.session(), "b"));
    driver.key(GLFW_KEY_LEFT);
    EXPECT_EQ(timeline().position(), (Position{1, gradients() - 1}))
        << "further steps back are ordinary";
  }
}

TEST_F(EditAnswers, NumbersTypedOnANodeAndInTheInspectorWorkAlike) {
  driver.key(GLFW_KEY_END);
  driver.click("node.w.value");
  driver.type("-2\n");
  EXPECT_EQ(timeline().position(), (Position{1, gradients()}));
  expect_one_pass(driver, -2, value_of(driver.session(), "b"));
  driver.key(GLFW_KEY_END);
  driver.click("node.b.gradient");
  driver.click("inspector.value");
  driver.type("3\n");
  EXPECT_EQ(timeline().position(), (Position{2, gradients()}));
  expect_one_pass(driver, value_of(driver.session(), "w"), 3);
}

TEST_F(EditAnswers, DraggingTheDotOfTheNudgeCardWorksAlike) {
  driver.key(GLFW_KEY_END);
  driver.click("node.w.gradient");
  driver.frames(2);
  driver.drag("inspector.curve", 30, 0);
  EXPECT_EQ(timeline().position(), (Position{1, gradients()}));
  expect_one_pass(driver, value_of(driver.session(), "w"), value_of(driver.session(), "b"));
}

TEST_F(EditAnswers, AnEditPausesTraining) {
  driver.key(GLFW_KEY_T);
  driver.frames(2);
  driver.drag("node.w.value", 60, 0);
  EXPECT_FALSE(driver.app().view().training);
  EXPECT_EQ(timeline().position().tick, gradients());
  expect_one_pass(driver, value_of(driver.session(), "w"), value_of(driver.session(), "b"));
}

TEST_F(EditAnswers, UpdatedValuesAreMarkedAsThoseOfTheNextPass) {
  driver.key(GLFW_KEY_END);
  driver.click("node.w.gradient");
  driver.frames(2);
  EXPECT_TRUE(driver.shows("inspector.passes")) << "a new value is shown next to old gradients";
  driver.click("node.z.gradient");
  driver.frames(2);
  EXPECT_TRUE(driver.shows("inspector.passes")) << "and so it is among the operands of z";
  driver.click("node.w.value");
  driver.type("1\n");
  driver.frames(2);
  EXPECT_FALSE(driver.shows("inspector.passes"));
  EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();
}

TEST_F(EditAnswers, TheMessageNamesTheBatch) {
  Document document;
  document.title = "circle";
  document.setup.network = Network();
  document.setup.network->widths = {1};
  document.setup.samples = draw_samples(*find_data_set("circle"), {40, 0.1, 0.5, 1});
  document.setup.training.batch_size = 5;
  document.setup.program = program_of(document.setup);
  driver.app().open(document, "");
  driver.session().seek({6, timeline().ticks()});
  driver.frames(3);
  driver.click("node.b2.value");
  driver.type("1\n");
  driver.frames(2);
  std::string said;
  for (const std::string& line : driver.texts_in("message"))
    said += (said.empty() ? "" : " ") + line;
  EXPECT_EQ(said,
            "b₂ is edited. Pass 8 (epoch 2, batch 4 of 4) is run with it, to the end of its "
            "backward pass. ← or Ctrl+Z goes back.");
  EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();
}

// ---- other ways to change numbers -----------------------------------------------------

TEST_F(EditAnswers, UndoRedoAndResetPauseTheTrainingFirst) {
  driver.session().edit_entry(driver.session().graph().find("w"), 0, 7);
  driver.session().end_burst();
  const auto while_it_trains = [&](int key, bool shift) {
    driver.key(GLFW_KEY_T);
    driver.frames(2);
    ASSERT_TRUE(driver.app().view().training);
    driver.key(key, true, shift);
    EXPECT_FALSE(driver.app().view().training);
    const Position there = timeline().position();
    const double w = value_of(driver.session(), "w");
    driver.frames(5);
    EXPECT_EQ(timeline().position(), there) << "training does not go on";
    EXPECT_EQ(value_of(driver.session(), "w"), w);
  };
  while_it_trains(GLFW_KEY_Z, false);
  EXPECT_EQ(value_of(driver.session(), "w"), 0.4);
  while_it_trains(GLFW_KEY_Z, true);
  EXPECT_FALSE(driver.session().can_redo());
  while_it_trains(GLFW_KEY_R, true);
  EXPECT_EQ(timeline().position().update, 0);
}

constexpr const char* with_mistake =
    "x = input(0.5)\nw = param(0.4)\nb = param(0.1)\nz = x * w + b\np = sigmoid(z)\n"
    "L = (p - target(0.3)) ** 2zz\n";

TEST_F(EditAnswers, NothingIsLostWhileTheProgramHasAMistake) {
  driver.session().train(3);  // not so long that all gradients are 0, which hides bugs
  const double w =
      driver.session().timeline().leaf_at_start(driver.session().graph().find("w")).entries[0];
  driver.session().set_program(with_mistake);
  driver.frames(2);
  const auto expect_kept = [&] {
    driver.frames(2);
    ASSERT_TRUE(driver.session().mistake());
    EXPECT_EQ(driver.session().program(), with_mistake);
    EXPECT_TRUE(driver.reads("line 6")) << "the mistake is shown";
    EXPECT_TRUE(driver.shows("node.w")) << "and so is the last correct graph";
  };
  driver.key(GLFW_KEY_B);
  EXPECT_FALSE(driver.session().setup().bug.empty()) << driver.app().view().message;
  expect_kept();
  carry_out(driver.app().workspace(), action::SetPrecision{Precision::float16});
  expect_kept();
  EXPECT_EQ(
      driver.session().timeline().leaf_at_start(driver.session().graph().find("w")).entries[0],
      round_to(w, Precision::float16));
  driver.key(GLFW_KEY_R, true, true);
  expect_kept();
}

// A larger one could not be read back from a saved session.
TEST_F(EditAnswers, ALearningRateStaysInItsRange) {
  driver.click("training.learning_rate");
  driver.type("1e12\n");
  driver.frames(2);
  EXPECT_EQ(timeline().learning_rate(), find_training_setting("learning_rate")->highest);
}

// ---- lessons --------------------------------------------------------------------------

constexpr const char* lesson = R"(# Edits

A weight is edited.

```python
w = param(0.5)
L = (w - 2) ** 2
```

## Edit

```step
at: start
do: edit w = 1.7
```

Text.
)";

TEST_F(EditAnswers, ALessonAcceptsAnEditAtTheEndOfAPass) {
  std::vector<LessonMistake> mistakes;
  driver.app().begin_lesson(parse_lesson(lesson, mistakes));
  ASSERT_TRUE(mistakes.empty()) << mistakes.front().message;
  driver.key(GLFW_KEY_END);
  EXPECT_FALSE(driver.app().lesson()->may_go_on());
  driver.click("node.w.value");
  driver.type("1.7\n");
  driver.frames(2);
  EXPECT_EQ(timeline().position(), (Position{1, gradients()}));
  EXPECT_TRUE(driver.app().lesson()->may_go_on());
}

}  // namespace
}  // namespace backstep
