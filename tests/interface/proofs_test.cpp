// Proofs as a person asks for them: the check of every gradient, paths to the loss, the hunt for a
// bug, and rounded numbers.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "app/commands/commands.h"
#include "app/documents/session_file.h"
#include "app/workspace/workspace_actions.h"
#include "core/slips/bug.h"
#include "driver.h"

namespace backstep {
namespace {

int node_of(Driver& driver, const std::string& name) { return driver.session().graph().find(name); }

void go_to_end_of_backward(Driver& driver) {
  const Timeline& timeline = driver.session().timeline();
  driver.session().seek({0, timeline.forward_ticks() + timeline.backward_ticks()});
  driver.frames(2);
}

// Scrolls the inspector until the probe is visible.
void scroll_inspector_to(Driver& driver, const std::string& probe) {
  const Rect panel = driver.rect("inspector");
  for (int i = 0; i < 40; ++i) {
    const Rect rect = driver.rect(probe);
    if (rect.y > panel.y + 40 && rect.bottom() < panel.bottom() - 10) return;
    driver.wheel("inspector", rect.y > panel.y + 40 ? -1 : 1);
  }
  ADD_FAILURE() << probe << " cannot be scrolled to";
}

Document program(const std::string& text) {
  Document document;
  document.setup.program = text;
  return document;
}

TEST(Checks, CMarksEveryGradientAndHidesTheMarksAgain) {
  Driver driver;
  go_to_end_of_backward(driver);
  EXPECT_FALSE(driver.shows("checks"));
  driver.key(GLFW_KEY_C);
  ASSERT_TRUE(driver.shows("checks"));
  EXPECT_TRUE(driver.reads_in("checks.counts", "5 agree"));
  EXPECT_FALSE(driver.reads_in("checks.counts", "differ"));
  for (const char* name : {"W1", "b1", "W2", "b2"})
    EXPECT_TRUE(driver.shows(std::string("checks.row.") + name)) << name;
  EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();

  driver.click("checks.row.W1");
  EXPECT_EQ(driver.app().view().selection.node, node_of(driver, "W1"));
  EXPECT_TRUE(driver.reads_in("checks.entry", "chain rule"));
  driver.session().step_back();
  driver.frames(2);
  EXPECT_TRUE(driver.reads_in("checks.counts", "5 agree"))
      << "the checks are repeated automatically";
  driver.key(GLFW_KEY_C);
  EXPECT_FALSE(driver.shows("checks"));
}

TEST(Checks, AreFinishedBeforeAPictureIsTaken) {
  Driver driver;
  toggle_checks(driver.app().workspace());
  driver.app().playback().settle();
  ASSERT_NE(driver.session().all_checks(), nullptr);
  EXPECT_TRUE(driver.session().all_checks()->finished());
}

TEST(Checks, ABugMarksExactlyTheParametersItCorrupts) {
  Driver driver;
  driver.session().plant_bug("bias_times_input");
  go_to_end_of_backward(driver);
  driver.key(GLFW_KEY_C);
  EXPECT_TRUE(driver.reads_in("checks.counts", "3 agree"));
  EXPECT_TRUE(driver.reads_in("checks.counts", "2 differ"));
  const GradientChecks& checks = *driver.session().all_checks();
  for (const char* name : {"W1", "W2"})
    EXPECT_EQ(checks.worst_of(node_of(driver, name))->check.verdict, Verdict::agrees) << name;
  for (const char* name : {"b1", "b2"})
    EXPECT_EQ(checks.worst_of(node_of(driver, name))->check.verdict, Verdict::differs) << name;
  EXPECT_LT(driver.rect("checks.row.b2").y, driver.rect("checks.row.W1").y)
      << "the worst parameter comes first";
}

TEST(Paths, TheOnlyPathIsNamedAndItsProductIsTheGradient) {
  Driver driver;
  go_to_end_of_backward(driver);
  driver.app().view().selection = {node_of(driver, "W1"), 0};
  driver.frames(2);
  scroll_inspector_to(driver, "inspector.paths.sum");
  EXPECT_TRUE(driver.reads_in("inspector.paths", "σ′(z₁) · W₂ · σ′(z₂)"));
  EXPECT_TRUE(driver.reads_in("inspector.paths", "= −0.0070"));
  EXPECT_TRUE(driver.reads_in("inspector.paths", "equals ∂L/∂W₁[0,0]"));
}

TEST(Paths, NoneIsShownBeforeTheGradientHasArrived) {
  Driver driver;
  driver.session().seek({0, driver.session().timeline().forward_ticks()});
  driver.app().view().selection = {node_of(driver, "W1"), 0};
  driver.frames(2);
  EXPECT_FALSE(driver.shows("inspector.paths"));
}

TEST(Paths, OneIsHighlightedUnderThePointerAndKeptByAClick) {
  Driver driver;
  driver.app().open(program("x = input(2)\na = x * 3\nb = x * x\nL = a + b\n"), {});
  driver.frames(3);
  go_to_end_of_backward(driver);
  driver.app().view().selection = {node_of(driver, "x"), 0};
  driver.frames(2);
  scroll_inspector_to(driver, "inspector.paths.sum");
  EXPECT_TRUE(driver.reads_in("inspector.paths", "3 paths"));
  EXPECT_TRUE(driver.reads_in("inspector.paths", "equals ∂L/∂x"));
  const Paths paths = driver.session().paths(node_of(driver, "x"), 0);
  EXPECT_NEAR(paths.sum, gradient_of(driver.session(), "x"), 1e-12);
  EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();

  const ViewState& view = driver.app().view();
  driver.move_to(driver.rect("path.0").center());
  driver.frames(1);
  const std::vector<int> first = view.lit_edges;
  EXPECT_EQ(first.size(), 2u);
  EXPECT_EQ(view.lit_entries.size(), 3u);
  driver.click("path.1");
  const std::vector<int> held = view.lit_edges;
  EXPECT_NE(held, first);
  driver.move_to(driver.rect("path.0").center());
  driver.frames(1);
  EXPECT_EQ(view.lit_edges, first);
  driver.move_to(driver.rect("graph").center());
  driver.frames(1);
  EXPECT_EQ(view.lit_edges, held) << "the highlight returns to the kept path";
  driver.click("path.1");
  driver.move_to(driver.rect("graph").center());
  driver.frames(1);
  EXPECT_TRUE(view.lit_edges.empty());
}

TEST(Rings, ANodeOutsideTheViewIsScrolledIn) {
  Driver driver;
  ViewState& view = driver.app().view();
  view.camera.fit = false;
  view.camera.offset.x -= 3000;
  driver.frames(1);
  EXPECT_FALSE(driver.shows("node.a1"));
  view.pointed_nodes = {node_of(driver, "a1")};
  driver.frames(2);
  ASSERT_TRUE(driver.shows("node.a1"));
  const Rect node = driver.rect("node.a1"), graph = driver.rect("graph");
  EXPECT_GE(node.x, graph.x);
  EXPECT_LE(node.right(), graph.right());
  const Point stays = view.camera.offset;
  view.pointed_nodes = {node_of(driver, "z1"), node_of(driver, "a1")};
  driver.frames(2);
  view.pointed_nodes = {node_of(driver, "a1")};
  driver.frames(2);
  EXPECT_TRUE(driver.shows("node.a1"));
  EXPECT_NEAR(view.camera.offset.y, stays.y, 1e-3);
}

// ---- the bug lab ------------------------------------------------------------------

TEST(BugLab, HideGuessWronglyGuessRightlyAndFinish) {
  Driver driver;
  go_to_end_of_backward(driver);
  const Position before = driver.session().timeline().position();
  const double right = gradient_of(driver.session(), "W1");
  hide_bug(driver.app().workspace(), 3);
  driver.frames(2);
  const BugHunt& hunt = driver.app().hunt();
  const std::string hidden = driver.session().setup().bug;
  ASSERT_TRUE(hunt.on);
  ASSERT_NE(find_bug(hidden), nullptr);
  EXPECT_EQ(driver.session().timeline().position(), before);
  EXPECT_FALSE(driver.session().is_changed()) << "a bug is not an unsaved edit";
  EXPECT_FALSE(driver.session().can_undo());
  EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();
  for (const WrittenText& written : driver.record().texts())
    EXPECT_EQ(written.text.find(find_bug(hidden)->explanation), std::string::npos);

  const std::string wrong = hunt.choices.front() == hidden ? hunt.choices[1] : hunt.choices[0];
  driver.click("bug." + wrong);
  EXPECT_TRUE(driver.shows("bug.wrong"));
  driver.click("bug." + wrong);
  EXPECT_EQ(hunt.wrong.size(), 1u) << "a wrong guess is crossed out and cannot be repeated";
  driver.click("bug." + hidden);
  EXPECT_TRUE(hunt.found);
  EXPECT_TRUE(driver.reads_in("bug.answer", "Right: "));
  EXPECT_TRUE(driver.reads_in("bug", "found at first try: 0 of 1"));
  driver.click("bug.done");
  EXPECT_FALSE(hunt.on);
  EXPECT_FALSE(driver.shows("bug"));
  EXPECT_EQ(driver.session().setup().bug, "");
  EXPECT_EQ(gradient_of(driver.session(), "W1"), right);
}

TEST(BugLab, GivingUpRevealsTheBugAndTheNextIsAnother) {
  Driver driver;
  hide_bug(driver.app().workspace(), 1);
  driver.frames(2);
  const std::string first = driver.session().setup().bug;
  driver.click("bug.give_up");
  EXPECT_TRUE(driver.reads_in("bug.answer", "It was: "));
  driver.click("bug.another");
  EXPECT_FALSE(driver.app().hunt().given_up);
  EXPECT_NE(driver.session().setup().bug, first);
  EXPECT_NE(driver.session().setup().bug, "");
  EXPECT_EQ(driver.app().hunt().rounds, 1);
}

TEST(BugLab, ABugIsNotSavedAndEndsWhenAnotherSessionIsOpened) {
  Driver driver;
  hide_bug(driver.app().workspace(), 1);
  driver.frames(2);
  const auto path = std::filesystem::temp_directory_path() /
                    ("backstep_hunt_" + std::to_string(getpid()) + ".json");
  write_session(path, driver.session().document());
  EXPECT_EQ(read_document(path).setup.bug, "");
  std::filesystem::remove(path);
  driver.app().open_example(1);
  driver.frames(2);
  EXPECT_FALSE(driver.app().hunt().on);
  EXPECT_EQ(driver.session().setup().bug, "");
}

TEST(BugLab, UndoNeitherRemovesTheBugNorBringsItBack) {
  Driver driver;
  const int w = node_of(driver, "W1");
  driver.session().edit_entry(w, 0, 0.5);
  hide_bug(driver.app().workspace(), 1);
  const std::string hidden = driver.session().setup().bug;
  driver.session().undo();
  EXPECT_EQ(driver.session().graph().node(w).value[0], 0.4);
  EXPECT_EQ(driver.session().setup().bug, hidden);
  driver.session().edit_entry(w, 0, 0.7);
  driver.frames(2);
  driver.click("bug.give_up");
  driver.click("bug.done");
  EXPECT_EQ(driver.session().setup().bug, "");
  driver.session().undo();
  EXPECT_EQ(driver.session().setup().bug, "");
  EXPECT_EQ(driver.session().graph().node(w).value[0], 0.4);
}

TEST(BugLab, SaysWhenThereIsNothingToBreak) {
  Driver driver;
  driver.app().open(program("x = input(2)\nL = x + 1\n"), {});
  hide_bug(driver.app().workspace(), 1);
  driver.frames(2);
  EXPECT_FALSE(driver.app().hunt().on);
  EXPECT_TRUE(driver.reads_in("message", "None of the bugs fits"));
}

// ---- precision --------------------------------------------------------------------

TEST(Precision, AClickFindsTheNumbersThatFloat16Spoils) {
  Driver driver;
  driver.app().open(program("x = input(3.0)\nw = param(2.0)\nz = w * x\na = tanh(z + 1)\n"
                            "L = (a - 0.5) ** 2\n"),
                    {});
  driver.frames(3);
  EXPECT_FALSE(driver.shows("precision"));
  const Command& command = command_of(command_for(Precision::float16));
  command.run(driver.app());
  driver.frames(3);
  ASSERT_TRUE(driver.shows("precision"));
  const std::vector<BadNumber>& bad = driver.session().bad_numbers();
  ASSERT_FALSE(bad.empty());
  EXPECT_EQ(bad.front().spoilt, Spoilt::underflow);
  EXPECT_TRUE(driver.reads_in("precision.bad.0", "underflows to 0 at backward op"));
  EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();
  driver.click("precision.bad.0");
  EXPECT_EQ(driver.session().timeline().position().tick, bad.front().tick);
  EXPECT_EQ(driver.app().view().selection.node, bad.front().node);
  EXPECT_TRUE(driver.reads_in("graph", "0↓"));
  driver.click("precision.float64");
  EXPECT_FALSE(driver.shows("precision"));
  EXPECT_FALSE(driver.reads_in("graph", "0↓"));
}

TEST(Proofs, TheCardsHaveRoomInSmallAndLargeWindows) {
  for (const auto& [width, height, scale] :
       {std::tuple{1280.0f, 720.0f, 1.0f}, std::tuple{900.0f, 600.0f, 1.0f},
        std::tuple{3840.0f, 2160.0f, 2.0f}}) {
    Driver driver(width, height, scale);
    hide_bug(driver.app().workspace(), 2);
    carry_out(driver.app().workspace(), action::SetPrecision{Precision::float16});
    toggle_checks(driver.app().workspace());
    driver.app().playback().settle();
    driver.app().view().selection = {node_of(driver, "W1"), 1};
    driver.frames(4);
    EXPECT_TRUE(driver.shows("checks"));
    EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();
  }
}

}  // namespace
}  // namespace backstep
