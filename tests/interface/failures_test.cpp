// What fails is reported in a sentence, and the window goes on working with the open session.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "driver.h"
#include "short_memory.h"

namespace backstep {
namespace {

constexpr std::size_t megabytes = 1 << 20;

void append_to_program(Driver& driver, const std::string& text) {
  driver.click("program.text");
  driver.key(GLFW_KEY_END, true);
  driver.type(text);
}

// Steps forward and back, to show that the session still works.
void expect_still_works(Driver& driver) {
  driver.frames(2);
  EXPECT_FALSE(driver.shows("failed panel"));
  driver.app().playback().restart();
  driver.key(GLFW_KEY_RIGHT);
  EXPECT_EQ(driver.session().timeline().position(), (Position{0, 1}));
  driver.key(GLFW_KEY_LEFT);
  EXPECT_EQ(driver.session().timeline().position(), (Position{0, 0}));
  EXPECT_TRUE(driver.shows("transport.step"));
}

TEST(Failures, AProgramTooLargeForTheMemoryIsAMistakeInItsLine) {
  Driver driver;
  driver.drag("node.b1.value", 0, -40);
  const double edited = value_of(driver.session(), "b1");
  const long lines =
      std::count(driver.session().program().begin(), driver.session().program().end(), '\n');
  {
    const ShortMemory memory = ShortMemory::of_size(10 * megabytes);
    append_to_program(driver, "\nW = param(2500, 2500)\nM = mean(W)");
    EXPECT_TRUE(memory.has_failed());
  }
  ASSERT_TRUE(driver.session().mistake());
  EXPECT_GT(driver.session().mistake()->line, lines);
  EXPECT_EQ(driver.session().mistake()->message, "there is not enough memory for this program");
  EXPECT_TRUE(driver.reads_in("program.mistake", "not enough"));
  EXPECT_EQ(value_of(driver.session(), "b1"), edited);
  driver.key(GLFW_KEY_ESCAPE);
  expect_still_works(driver);
}

TEST(Failures, AnActionThatThrowsIsReportedAndChangesNothing) {
  Driver driver;
  driver.drag("node.b1.value", 0, -40);
  const double edited = value_of(driver.session(), "b1");
  const std::string program = driver.session().program();
  backstep::Setup large = driver.session().setup();
  large.program = "W = param(2500, 2500)\nL = mean(W)\n";
  {
    const ShortMemory memory = ShortMemory::of_size(10 * megabytes);
    driver.app().ask(action::ChangeSetup{large, ""});
    driver.frames(3);
    EXPECT_TRUE(memory.has_failed());
  }
  EXPECT_TRUE(driver.reads_in("message",
                              "There is not enough memory for this change; nothing was "
                              "changed."));
  EXPECT_EQ(driver.session().program(), program);
  EXPECT_EQ(value_of(driver.session(), "b1"), edited);
  driver.key(GLFW_KEY_ESCAPE);
  driver.frames(3);
  EXPECT_FALSE(driver.shows("message")) << "reported only once";
  driver.app().session().undo();
  EXPECT_FALSE(driver.session().is_changed()) << "undo takes back the only edit";
  expect_still_works(driver);
}

TEST(Failures, AFileTooLargeForTheMemoryLeavesTheSessionOpen) {
  Driver driver;
  const std::string title = driver.session().title();
  const auto path = std::filesystem::temp_directory_path() / "too large.py";
  Document document;
  document.setup.program = "W = param(2500, 2500)\nL = mean(W)\n";
  std::ofstream(path) << document.setup.program;
  {
    const ShortMemory memory = ShortMemory::of_size(10 * megabytes);
    driver.app().ask(action::OpenFile{path});
    driver.frames(3);
    EXPECT_TRUE(memory.has_failed());
  }
  EXPECT_TRUE(driver.reads_in("message", "not enough memory for too large.py"));
  EXPECT_EQ(driver.session().title(), title);
  expect_still_works(driver);
  std::filesystem::remove(path);
}

// Every allocation of a frame may fail, in each mode.
class AnyAllocation : public testing::TestWithParam<Mode> {};

TEST_P(AnyAllocation, OfAFrameMayFail) {
  Driver driver(1280, 720);
  driver.key(GLFW_KEY_END);
  driver.app().workspace().set_mode(GetParam());
  driver.app().playback().settle();
  driver.move_to({640, 300});
  long count = 0, failed_panels = 0;
  for (bool all_there = false; !all_there; count = count * 9 / 8 + 1) {
    ShortMemory memory = ShortMemory::after(count);
    driver.frames(1);
    all_there = !memory.has_failed();
    failed_panels += driver.shows("failed panel");
  }
  EXPECT_GT(failed_panels, 0);
  EXPECT_GT(count, 100);
  driver.frames(3);
  EXPECT_FALSE(driver.shows("failed panel"));
  driver.app().workspace().set_mode(Mode::step);
  expect_still_works(driver);
}

INSTANTIATE_TEST_SUITE_P(Modes, AnyAllocation,
                         testing::Values(Mode::step, Mode::train, Mode::compare));

// The same holds for actions: one that fails changes either nothing or everything.
TEST(Failures, AnyAllocationOfAnActionMayFail) {
  Driver driver;
  driver.key(GLFW_KEY_END);
  const double before = value_of(driver.session(), "b1");
  const std::string program = driver.session().program();
  const std::string other = "w = param(2.0)\nL = w * w\n";
  int changed = 0;
  for (long count = 0; changed < 2; count = count * 9 / 8 + 1) {
    driver.app().ask(action::SetProgram{other});
    {
      ShortMemory memory = ShortMemory::after(count);
      driver.frames(1);
    }
    driver.frames(1);
    ASSERT_TRUE(driver.session().program() == program || driver.session().program() == other);
    const bool is_other = driver.session().program() == other && !driver.session().mistake();
    changed += is_other;
    ASSERT_EQ(driver.session().is_changed(), driver.session().program() == other) << count;
    if (is_other) {
      EXPECT_EQ(value_of(driver.session(), "w"), 2);
    }
    while (driver.session().can_undo()) driver.session().undo();
    ASSERT_EQ(value_of(driver.session(), "b1"), before) << count;
    ASSERT_FALSE(driver.session().is_changed());
  }
  expect_still_works(driver);
}

}  // namespace
}  // namespace backstep
