// Unsaved work: the question before it is lost, answered by mouse or keys, and the rescue of edits
// when Backstep is ended from outside.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "app/documents/rescue.h"
#include "driver.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;

class Unsaved : public testing::Test {
 protected:
  Unsaved() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    setenv("XDG_CONFIG_HOME", folder_.c_str(), 1);
  }
  ~Unsaved() override {
    unsetenv("XDG_CONFIG_HOME");
    fs::remove_all(folder_);
  }

  // Drags b1 and returns its new value.
  static double edit(Driver& driver) {
    driver.drag("node.b1.value", 0, -40);
    EXPECT_TRUE(driver.session().is_changed());
    return value_of(driver.session(), "b1");
  }
  void save_as(Driver& driver, const std::string& name) {
    driver.key(GLFW_KEY_A, true);
    driver.type((folder_ / name).string());
    driver.click("dialog.accept");
    driver.frames(3);
  }

  fs::path folder_ =
      fs::path(testing::TempDir()) / ("backstep unsaved " + std::to_string(getpid()));
};

TEST_F(Unsaved, EditsStayWhenTheOtherFileCannotBeOpened) {
  Driver driver;
  const double edited = edit(driver);
  driver.app().ask(action::OpenFile{"no such folder/no such file.json"});
  driver.frames(3);
  driver.click("unsaved.discard");
  driver.frames(3);
  EXPECT_TRUE(driver.reads_in("message", "no such file.json"));
  EXPECT_EQ(value_of(driver.session(), "b1"), edited);
  driver.key(GLFW_KEY_Q, true);
  EXPECT_FALSE(driver.app().wants_to_quit());
  EXPECT_TRUE(driver.shows("unsaved.save")) << "the edits are unsaved, so the question comes again";
}

TEST_F(Unsaved, SaveFirstSavesAndThenQuits) {
  Driver driver;
  edit(driver);
  driver.key(GLFW_KEY_Q, true);
  driver.click("unsaved.save");
  EXPECT_FALSE(driver.app().wants_to_quit());
  save_as(driver, "first.json");
  EXPECT_TRUE(fs::exists(folder_ / "first.json"));
  EXPECT_TRUE(driver.app().wants_to_quit());
}

TEST_F(Unsaved, SaveFirstSavesAndThenOpens) {
  Driver driver;
  edit(driver);
  driver.key(GLFW_KEY_S, true);
  save_as(driver, "first.json");
  const double edited = edit(driver);
  driver.click("program.list.1");
  driver.click("example.xor-half-mse");
  driver.click("unsaved.save");
  driver.frames(3);
  EXPECT_NE(driver.session().title(), "Two inputs, one neuron, one output");
  driver.app().files().open_file(folder_ / "first.json");
  driver.frames(3);
  EXPECT_EQ(value_of(driver.session(), "b1"), edited);
}

TEST_F(Unsaved, CancellingSaveCancelsWhatWasToFollow) {
  Driver driver;
  edit(driver);
  driver.key(GLFW_KEY_Q, true);
  driver.click("unsaved.save");
  driver.click("dialog.cancel");
  driver.key(GLFW_KEY_S, true);
  save_as(driver, "later.json");
  EXPECT_TRUE(fs::exists(folder_ / "later.json"));
  EXPECT_FALSE(driver.app().wants_to_quit());
}

TEST_F(Unsaved, TheQuestionCanBeAnsweredByKeys) {
  Driver driver;
  edit(driver);
  driver.key(GLFW_KEY_Q, true);
  driver.key(GLFW_KEY_LEFT);  // wraps around to Cancel
  driver.key(GLFW_KEY_ENTER);
  EXPECT_FALSE(driver.shows("dialog"));
  EXPECT_FALSE(driver.app().wants_to_quit());
  driver.key(GLFW_KEY_Q, true);
  driver.key(GLFW_KEY_ENTER);
  EXPECT_TRUE(driver.shows("dialog.name")) << "save first";
  driver.click("dialog.cancel");
  driver.key(GLFW_KEY_Q, true);
  driver.key(GLFW_KEY_TAB);
  driver.key(GLFW_KEY_ENTER);
  driver.frames(3);
  EXPECT_TRUE(driver.app().wants_to_quit()) << "discarded";
}

TEST_F(Unsaved, NothingIsAskedOnceEveryEditIsUndone) {
  Driver driver;
  edit(driver);
  driver.key(GLFW_KEY_Z, true);
  driver.key(GLFW_KEY_Q, true);
  EXPECT_TRUE(driver.app().wants_to_quit());
}

TEST_F(Unsaved, RescuedEditsAreOfferedAndRestored) {
  double edited = 0;
  {
    Driver driver;
    edit(driver);
    driver.key(GLFW_KEY_S, true);
    save_as(driver, "mine.json");
    driver.app().files().keep_unsaved_edits();
    EXPECT_TRUE(rescue_files().empty()) << "nothing is unsaved";
    edited = edit(driver);
    driver.app().files().keep_unsaved_edits();
  }
  ASSERT_EQ(rescue_files().size(), 1u);
  Driver driver;
  driver.app().files().offer_rescued(rescue_files());
  driver.frames(3);
  EXPECT_TRUE(driver.reads_in("dialog", "They were kept."));
  driver.click("rescued.open");
  driver.frames(3);
  EXPECT_EQ(value_of(driver.session(), "b1"), edited);
  EXPECT_EQ(driver.session().path, folder_ / "mine.json");
  EXPECT_TRUE(driver.session().is_changed());
  EXPECT_EQ(rescue_files().size(), 1u) << "until it is saved";
  driver.key(GLFW_KEY_S, true);
  driver.frames(3);
  EXPECT_FALSE(driver.session().is_changed());
  EXPECT_TRUE(rescue_files().empty());
  EXPECT_EQ(read_rescued(folder_ / "mine.json").document.other_view, "{}");
}

TEST_F(Unsaved, RescuedEditsOfSeveralWindowsAreOfferedInTurn) {
  for (int window = 0; window < 2; ++window) {
    Driver driver;
    edit(driver);
    driver.app().files().keep_unsaved_edits();
    driver.app().files().keep_unsaved_edits();
  }
  ASSERT_EQ(rescue_files().size(), 2u);
  Driver driver;
  driver.app().files().offer_rescued(rescue_files());
  driver.frames(3);
  driver.key(GLFW_KEY_TAB);
  driver.key(GLFW_KEY_ENTER);
  driver.frames(3);
  EXPECT_EQ(rescue_files().size(), 1u) << "the first is discarded";
  driver.click("rescued.later");
  EXPECT_FALSE(driver.shows("dialog"));
  EXPECT_EQ(rescue_files().size(), 1u);
}

TEST_F(Unsaved, EditsInALessonAreNotRescued) {
  Driver driver;
  driver.app().open_lesson("one-neuron");
  driver.frames(3);
  driver.session().mark_unsaved();
  driver.app().files().keep_unsaved_edits();
  EXPECT_TRUE(rescue_files().empty());
}

TEST_F(Unsaved, AProgramThatNeverRanIsRescuedToo) {
  Document document;
  document.setup.program = "x = input(1.0)\ny = x *";
  {
    Driver driver;
    driver.app().open(document, {});
    driver.frames(3);
    for (const char* panel : {"inspector", "transport", "program.mistake"})
      EXPECT_TRUE(driver.shows(panel)) << panel;
    EXPECT_EQ(driver.flaws(), std::vector<std::string>());
    driver.click("transport.step");
    driver.click("program.text");
    driver.type("#");
    driver.app().files().keep_unsaved_edits();
  }
  Driver driver;
  driver.app().files().offer_rescued(rescue_files());
  driver.frames(3);
  driver.key(GLFW_KEY_ENTER);
  driver.frames(3);
  EXPECT_NE(driver.session().program().find('#'), std::string::npos);
}

}  // namespace
}  // namespace backstep
