// No text overlaps another one or is cut off, at every window size, text size, theme and state.
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

TEST_P(Screens, ShowNoTextThatOverlapsOrIsCutOff) {
  const Screen screen = GetParam();
  Driver driver(screen.width, screen.height, screen.scale);
  driver.app().view().text_size = screen.text_size;
  expect_flawless(driver, "at the start");
  driver.app().playback().seek_tick(5);
  driver.app().view().flow_phase = 1;
  expect_flawless(driver, "mid forward pass");
  driver.app().playback().seek_tick(12);
  expect_flawless(driver, "mid backward pass");
  driver.app().playback().seek_tick(driver.session().timeline().ticks());
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

// One way to open each dialog. All start with data and an unsaved edit, so that there is something
// to show and something to lose.
struct WayToDialog {
  Dialog dialog;
  const char* name;
  void (*open)(Driver&);
};

const WayToDialog ways_to_dialogs[] = {
    {Dialog::open, "open", [](Driver& driver) { driver.key(GLFW_KEY_O, true); }},
    {Dialog::save, "save", [](Driver& driver) { driver.key(GLFW_KEY_S, true, true); }},
    {Dialog::picture, "picture", [](Driver& driver) { driver.key(GLFW_KEY_E, true); }},
    {Dialog::export_text, "export", [](Driver& driver) { driver.key(GLFW_KEY_E, true, true); }},
    {Dialog::examples, "examples", [](Driver& driver) { driver.key(GLFW_KEY_F2); }},
    {Dialog::lessons, "lessons", [](Driver& driver) { driver.key(GLFW_KEY_F3); }},
    {Dialog::help, "help", [](Driver& driver) { driver.key(GLFW_KEY_F1); }},
    {Dialog::about, "about",
     [](Driver& driver) {
       driver.click("menu.Help");
       driver.click("menu.About Backstep");
     }},
    {Dialog::unsaved, "unsaved edits", [](Driver& driver) { driver.key(GLFW_KEY_Q, true); }},
    {Dialog::rescued, "rescued edits",
     [](Driver& driver) {
       driver.app().files().offer_rescued({std::string(SOURCE_FOLDER) + "/assets/examples/circle.json"});
     }},
    {Dialog::data_file, "a file of data",
     [](Driver& driver) { driver.app().ask(action::ChooseData{}); }},
    {Dialog::data_columns, "columns",
     [](Driver& driver) {
       driver.app().ask(
           action::OpenData{std::string(TESTS_FOLDER) + "/app/data_files/flowers.csv"});
     }},
    {Dialog::data_table, "samples",
     [](Driver& driver) { driver.app().ask(action::ShowData{}); }},
};

TEST_P(Screens, ShowEveryDialogFlawlessly) {
  const Screen screen = GetParam();
  Driver driver(screen.width, screen.height, screen.scale);
  driver.app().view().text_size = screen.text_size;
  driver.app().files().open_file(std::string(SOURCE_FOLDER) + "/assets/examples/circle.json");
  driver.frames(3);
  driver.app().ask(action::EditEntry{driver.session().graph().parameters().front(), 0, 0.5});
  driver.frames(3);
  for (const WayToDialog& way : ways_to_dialogs) {
    SCOPED_TRACE(way.name);
    way.open(driver);
    driver.frames(3);
    ASSERT_EQ(driver.app().dialogs().open, way.dialog);
    const Rect dialog = driver.rect("dialog");
    EXPECT_GE(dialog.x, 0);
    EXPECT_GE(dialog.y, 0);
    EXPECT_LE(dialog.right(), screen.width);
    EXPECT_LE(dialog.bottom(), screen.height);
    EXPECT_FALSE(driver.texts_in("dialog").empty());
    expect_flawless(driver, way.name);
    driver.key(GLFW_KEY_ESCAPE);
    driver.frames(3);
    ASSERT_EQ(driver.app().dialogs().open, Dialog::none);
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, Screens,
                         testing::Values(Screen{1280, 720, 1, 1}, Screen{1600, 1000, 1, 1},
                                         Screen{3840, 2160, 2, 1}, Screen{3840, 2160, 1, 1},
                                         Screen{1280, 720, 1, 2}, Screen{1600, 1000, 1, 2},
                                         Screen{3840, 2160, 2, 2}));

}  // namespace
}  // namespace backstep
