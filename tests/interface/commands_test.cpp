// Every command of the table can be given by its key and from its menu, and numbers can be
// changed in the inspector as they can on the nodes.
#include "app/commands/commands.h"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <cctype>
#include <set>
#include <sstream>
#include <string_view>
#include <vector>

#include "driver.h"

namespace backstep {
namespace {

TEST(Commands, NoTwoShareAKey) {
  std::set<std::string> seen;
  for (const Command& command : all_commands())
    for (const Keys& keys : {command.keys, command.other_keys}) {
      const bool keypad = keys.key >= GLFW_KEY_KP_0 && keys.key <= GLFW_KEY_KP_EQUAL;
      if (keys.key == 0 || keypad) continue;
      EXPECT_TRUE(seen.insert(name_of(keys)).second) << command.label << " " << name_of(keys);
    }
}

// Everything a user could notice: all texts with their positions, and what is running or about to
// quit.
std::string noticed(Driver& driver) {
  std::ostringstream seen;
  for (const WrittenText& written : driver.record().texts())
    seen << written.text << " at " << written.rect.x << ", " << written.rect.y << "\n";
  const ViewState& view = driver.app().view();
  seen << view.playing << view.training << view.presenting << static_cast<int>(view.theme)
       << driver.app().wants_to_quit();
  return seen.str();
}

// Brings the window to the middle of the second pass, with an edit to undo and one to redo, zoomed
// in and with larger text, so that every command has an effect.
void get_ready(Driver& driver, CommandId command) {
  driver.key(GLFW_KEY_PAGE_DOWN);
  driver.drag("node.b1.value", 0, -40);
  driver.drag("node.W2.value", 0, -40);
  driver.key(GLFW_KEY_Z, true);
  for (int i = 0; i < 6; ++i) driver.key(GLFW_KEY_RIGHT);
  driver.key(GLFW_KEY_EQUAL, true);
  driver.key(GLFW_KEY_EQUAL);
  if (command == CommandId::mode_step) driver.key(GLFW_KEY_2, true);
  driver.move_to({-1, -1});
  driver.app().view().flow_phase = 1;
  driver.frames(10);
}

// Brings the window to a lesson's second step with its task done, so that both neighbouring steps
// can be reached.
void get_ready_in_lesson(Driver& driver) {
  driver.app().ask(action::OpenLesson{"one-neuron"});
  driver.frames(10);
  for (const bool first_step : {true, false}) {
    driver.app().ask(action::ShowMe{});
    driver.frames(60);
    if (first_step) driver.key(GLFW_KEY_RIGHT, true);
    driver.frames(60);
  }
  driver.app().view().flow_phase = 1;
  driver.frames(10);
}

std::vector<const Command*> commands_with_keys() {
  std::vector<const Command*> found;
  for (const Command& command : all_commands())
    if (command.keys.key != 0) found.push_back(&command);
  return found;
}

class CommandKeys : public testing::TestWithParam<const Command*> {};

TEST_P(CommandKeys, GiveTheCommandWhichHasAnEffect) {
  const Command& command = *GetParam();
  const Keys& keys = command.keys;
  EXPECT_EQ(command_for(
                {keys.key, keys.control, keys.shift, false, false, static_cast<unsigned>(keys.key)},
                Typing::nothing),
            &command);
  Driver driver;
  const bool of_lessons = std::string_view(command.label).find("lesson") != std::string::npos;
  of_lessons ? get_ready_in_lesson(driver) : get_ready(driver, command.id);
  const std::string before = noticed(driver);
  driver.key(GLFW_KEY_F12);  // belongs to no command
  driver.frames(10);
  ASSERT_TRUE(noticed(driver) == before) << "any change that follows must come from the command";
  driver.key(keys.key, keys.control, keys.shift);
  driver.frames(10);
  EXPECT_FALSE(noticed(driver) == before);
}

std::string command_test_name(const testing::TestParamInfo<const Command*>& info) {
  std::string name;
  for (const char* c = info.param->label; *c; ++c)
    if (std::isalnum(static_cast<unsigned char>(*c))) name += *c;
  return name + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(All, CommandKeys, testing::ValuesIn(commands_with_keys()),
                         command_test_name);

TEST(Commands, MenusShowEveryRowOfTheTable) {
  Driver driver;
  for (const Command& command : all_commands()) {
    driver.click(std::string("menu.") + command.menu);
    EXPECT_TRUE(driver.shows(std::string("menu.") + command.label)) << command.label;
    driver.click_at({800, 995});  // a click beside the menu closes it
  }
  driver.click("menu.Run");
  driver.click("menu.Step");
  EXPECT_EQ(driver.session().timeline().position(), (Position{0, 1}));
}

TEST(Commands, LettersTypedIntoTheProgramAreNotCommands) {
  Driver driver;
  driver.click("program.text");
  driver.type("# te f");
  EXPECT_FALSE(driver.app().view().training);
  EXPECT_NE(driver.session().program().find("# te f"), std::string::npos);
}

TEST(Commands, QuittingWithEditsAsksFirst) {
  Driver driver;
  driver.drag("node.b1.value", 0, -40);
  driver.key(GLFW_KEY_Q, true);
  EXPECT_FALSE(driver.app().wants_to_quit());
  driver.click("unsaved.discard");
  driver.frames(3);
  EXPECT_TRUE(driver.app().wants_to_quit());
}

TEST(Inspector, FollowsTheStepsAndKeepsTheSelection) {
  Driver driver;
  driver.app().playback().seek_tick(3);
  driver.frames(3);
  EXPECT_TRUE(driver.reads_in("inspector", "a₁ = σ(z₁)"));
  driver.click("node.b2");
  EXPECT_TRUE(driver.reads_in("inspector", "b₂"));
  driver.key(GLFW_KEY_ESCAPE);  // leaves the field that the click opened,
  driver.key(GLFW_KEY_ESCAPE);  // then the selected node
  EXPECT_TRUE(driver.reads_in("inspector", "a₁ = σ(z₁)"));
}

TEST(Inspector, SaysWhatIsNotYetComputed) {
  Driver driver;
  driver.app().playback().seek_tick(3);
  driver.frames(3);
  EXPECT_TRUE(driver.reads_in("inspector", "0.6857"));
  EXPECT_TRUE(driver.reads_in("inspector", "not yet"));
  EXPECT_FALSE(driver.reads_in("inspector", "0.0651"));
}

TEST(Inspector, ItsNumbersCanBeDraggedAndTyped) {
  Driver driver;
  driver.app().playback().seek_tick(12);
  driver.frames(2);
  driver.click("node.b1");
  const double before = value_of(driver.session(), "b1");
  driver.drag("inspector.value", 40, 0);
  EXPECT_GT(value_of(driver.session(), "b1"), before);
  driver.key(GLFW_KEY_Z, true);
  EXPECT_EQ(value_of(driver.session(), "b1"), before);
  driver.click("inspector.value");
  driver.key(GLFW_KEY_A, true);
  driver.type("-0.75");
  driver.key(GLFW_KEY_ENTER);
  EXPECT_EQ(value_of(driver.session(), "b1"), -0.75);
  EXPECT_EQ(driver.session().timeline().position(), (Position{0, 12}));
}

TEST(Inspector, ReportsAWrongNumberAndKeepsTheOldOne) {
  Driver driver;
  driver.click("node.b1");
  driver.click("inspector.value");
  driver.key(GLFW_KEY_A, true);
  driver.type("half");
  driver.key(GLFW_KEY_ENTER);
  EXPECT_EQ(value_of(driver.session(), "b1"), 0.1);
  EXPECT_TRUE(driver.reads("not a number"));
}

TEST(Inspector, ANumberBeingTypedIsDroppedWhenTheGraphChanges) {
  Driver driver;
  driver.click("node.b1");
  driver.click("inspector.value");
  driver.type("77");
  driver.app().open_example(0);
  driver.frames(5);
  EXPECT_EQ(value_of(driver.session(), "b1"), 0.1);
  EXPECT_FALSE(driver.session().can_undo());
}

TEST(Inspector, ChecksTheGradientByNudging) {
  Driver driver;
  driver.app().playback().seek_tick(14);
  driver.frames(2);
  driver.click("node.W2");
  EXPECT_TRUE(driver.reads_in("inspector", "nudge check"));
  EXPECT_TRUE(driver.reads_in("inspector", "−0.049579 vs −0.049579"));
}

}  // namespace
}  // namespace backstep
