// In the smaller last batch of an epoch Step shows its rows only, whatever was selected or being
// typed in a batch with more rows.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include "driver.h"

namespace backstep {
namespace {

Document five_rows() {
  Document document;
  document.title = "five rows";
  document.setup.program =
      "x = input(\"x\")\ny = target(\"y\")\nw = param([[0.0]])\nL = mse(x @ w, y)\n";
  document.setup.train = {{"x", {{5, 1}, {1, 1, 1, 1, 1}}}, {"y", {{5, 1}, {0, 0, 0, 0, 9}}}};
  document.setup.training.batch_size = 2;
  return document;
}

TEST(SmallerBatch, ShowsItsRowsWhateverWasSelectedBefore) {
  Driver driver;
  driver.app().open(five_rows(), {});
  driver.session().seek({1, 0});
  driver.frames(2);
  driver.app().view().selection = {driver.session().graph().find("y"), 1};
  driver.frames(2);
  driver.double_click("inspector.entry.1.0");  // opens a field in the second row
  driver.session().seek({2, driver.session().timeline().ticks()});
  driver.frames(3);
  EXPECT_FALSE(driver.shows("inspector.entry.1.0"));
  EXPECT_TRUE(driver.reads("9.0000"));
  EXPECT_TRUE(driver.reads("epoch 1 · batch 3 of 3"));
  EXPECT_TRUE(driver.flaws().empty());
  driver.key(GLFW_KEY_ENTER);
  driver.frames(2);
  EXPECT_EQ(driver.session().data().train.at("y").entries, (std::vector<double>{0, 0, 0, 0, 9}));
  driver.key(GLFW_KEY_LEFT);
  driver.session().seek({0, 0});
  driver.frames(2);
  EXPECT_EQ(driver.session().graph().node(0).value.shape, (Shape{2, 1}));
}

}  // namespace
}  // namespace backstep
