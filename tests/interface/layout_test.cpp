// Nothing overlaps and nothing is cut: at every size, text size, theme and
// state, what is written is compared with everything else that is written.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include "driver.h"

namespace backstep {
namespace {

struct Screen {
  float width, height, scale, text_size;
};

void PrintTo(const Screen& screen, std::ostream* out) {
  *out << screen.width << "x" << screen.height << " at scale " << screen.scale << ", text "
       << screen.text_size;
}

class Screens : public testing::TestWithParam<Screen> {};

void expect_flawless(Driver& driver, const std::string& state) {
  driver.frames(3);
  for (const std::string& flaw : driver.flaws()) ADD_FAILURE() << state << ": " << flaw;
}

TEST_P(Screens, ShowNothingOverlappedOrCut) {
  const Screen screen = GetParam();
  Driver driver(screen.width, screen.height, screen.scale);
  driver.app().view().text_size = screen.text_size;
  expect_flawless(driver, "at the start");
  driver.app().seek_tick(5);
  driver.app().view().flow_phase = 1;
  expect_flawless(driver, "mid forward pass");
  driver.app().seek_tick(12);
  expect_flawless(driver, "mid backward pass");
  driver.app().seek_tick(driver.session().timeline().ticks());
  expect_flawless(driver, "after the update");
  driver.session().train(300);
  expect_flawless(driver, "after training");
}

TEST_P(Screens, ShowEveryExampleFlawlessly) {
  const Screen screen = GetParam();
  Driver driver(screen.width, screen.height, screen.scale);
  driver.app().view().text_size = screen.text_size;
  const int count = static_cast<int>(list_examples().size());
  for (int i = 0; i < count; ++i) {
    driver.app().open_example(i);
    driver.session().train(20);
    driver.app().view().flow_phase = 1;
    expect_flawless(driver, driver.session().title());
  }
}

TEST_P(Screens, ShowEveryDialogFlawlessly) {
  const Screen screen = GetParam();
  Driver driver(screen.width, screen.height, screen.scale);
  driver.app().view().text_size = screen.text_size;
  for (const int key : {GLFW_KEY_F1, GLFW_KEY_F2}) {
    driver.key(key);
    driver.frames(3);
    const Rect dialog = driver.rect("dialog");
    EXPECT_GE(dialog.x, 0);
    EXPECT_GE(dialog.y, 0);
    EXPECT_LE(dialog.right(), screen.width);
    EXPECT_LE(dialog.bottom(), screen.height);
    driver.key(GLFW_KEY_ESCAPE);
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, Screens,
                         testing::Values(Screen{1280, 720, 1, 1}, Screen{1600, 1000, 1, 1},
                                         Screen{3840, 2160, 2, 1}, Screen{3840, 2160, 1, 1},
                                         Screen{1280, 720, 1, 2}, Screen{1600, 1000, 1, 2},
                                         Screen{3840, 2160, 2, 2}));

}  // namespace
}  // namespace backstep
