// Two Apps in one process, each with a window of its own: a drag, a field or a list that is in use
// in one does not affect the other, even when their frames alternate.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include "core/runs/data_sets.h"
#include "driver.h"

namespace backstep {
namespace {

class TwoApps : public testing::Test {
 protected:
  // Draws frames of both in turn.
  void frames(int count) {
    for (int i = 0; i < count; ++i) {
      left.frames(1);
      right.frames(1);
    }
  }

  Driver left, right;
};

Document circle() {
  Document document;
  document.setup.network.emplace();
  document.setup.samples = draw_samples(*find_data_set("circle"), {.samples = 40});
  document.mode = Mode::train;
  return document;
}

TEST_F(TwoApps, ADragInOneGoesOnWhileTheOtherIsTypedInto) {
  const double before = value_of(right.session(), "b1");
  const Point from = left.rect("node.b1.value").center();
  left.move_to(from);
  left.hold(true);
  right.click("node.b1.value");
  for (int i = 1; i <= 4; ++i) {
    left.move_to({from.x + 10.0f * static_cast<float>(i), from.y});
    right.type(std::string(1, "0.75"[i - 1]));
  }
  const double dragged = value_of(left.session(), "b1");
  EXPECT_NE(dragged, before);
  EXPECT_EQ(value_of(right.session(), "b1"), before) << "the typed number is not accepted yet";
  EXPECT_FALSE(left.shows("graph.entry"));
  right.type("\n");
  left.hold(false);
  frames(3);
  EXPECT_EQ(value_of(left.session(), "b1"), dragged);
  EXPECT_EQ(value_of(right.session(), "b1"), 0.75);
  EXPECT_FALSE(left.shows("graph.entry")) << "a drag is not a click";
}

TEST_F(TwoApps, AnotherGraphInOneLeavesTheGestureInTheOther) {
  right.click("node.b1.value");
  ASSERT_TRUE(right.shows("graph.entry"));
  left.app().open_example(2);
  frames(3);
  EXPECT_TRUE(right.shows("graph.entry"));
  right.type("0.25\n");
  EXPECT_EQ(value_of(right.session(), "b1"), 0.25);
}

TEST_F(TwoApps, ANumberFieldIsTypedIntoWhileTheOtherIsLeft) {
  const double before = left.session().training_timeline().learning_rate();
  left.click("training.learning_rate");
  right.click("training.learning_rate");
  left.type("0.75");
  right.type("0.125");
  left.key(GLFW_KEY_ESCAPE);
  right.type("\n");
  frames(2);
  EXPECT_EQ(left.session().training_timeline().learning_rate(), before);
  EXPECT_EQ(right.session().training_timeline().learning_rate(), 0.125);
}

TEST_F(TwoApps, AListIsOpenInOne) {
  for (Driver* driver : {&left, &right}) {
    driver->app().open(circle(), {});
    driver->frames(4);
  }
  left.click("setup.activation");
  frames(3);
  ASSERT_TRUE(left.shows("list"));
  EXPECT_FALSE(right.shows("list"));
  right.click("setup.activation");
  right.key(GLFW_KEY_ESCAPE);
  frames(2);
  EXPECT_FALSE(right.shows("list"));
  ASSERT_TRUE(left.shows("list")) << "closing one list leaves the other open";
  const std::string before = left.session().setup().network->activation(0);
  ASSERT_NE(before, "relu");
  left.click("setup.activation.relu");
  EXPECT_EQ(left.session().setup().network->activation(0), "relu");
  EXPECT_EQ(right.session().setup().network->activation(0), before);
}

TEST_F(TwoApps, TheKeyboardOfOneWaitsForItsOwnFieldAlone) {
  left.app().keyboard().expect_focus();
  EXPECT_FALSE(left.app().takes_keys());
  EXPECT_TRUE(right.app().takes_keys());
}

TEST_F(TwoApps, EachIsRecordedForItself) {
  open_dialog(left.app().dialogs(), Dialog::help);
  frames(3);
  EXPECT_TRUE(left.shows("dialog"));
  EXPECT_FALSE(right.shows("dialog"));
  EXPECT_TRUE(right.flaws().empty()) << right.flaws().front();
}

TEST(OneApp, GoesOnWhenAnotherIsGone) {
  Driver stays;
  {
    Driver goes;
    goes.click("node.b1.value");
  }
  stays.click("node.b1.value");
  stays.type("0.25\n");
  EXPECT_EQ(value_of(stays.session(), "b1"), 0.25);
}

}  // namespace
}  // namespace backstep
