// A data file is opened in the window: a dialog shows what is chosen and left out, and a network
// is built for it and trained.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "driver.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;

class OpenData : public testing::Test {
 protected:
  OpenData() { fs::create_directories(folder_); }
  ~OpenData() override { fs::remove_all(folder_); }

  fs::path file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  static std::string flowers() {
    std::string text = "Species,length,width\n";
    for (int i = 0; i < 10; ++i)
      text += "low," + std::to_string(4 + i % 3) + ".5,2.1\nhigh," + std::to_string(8 + i % 3) +
              ".5,5.2\n";
    return text + "low,NA,2.2\n";
  }

  const fs::path folder_ =
      fs::path(testing::TempDir()) / ("backstep_open_data_" + std::to_string(getpid()));
  Driver driver_;
};

TEST_F(OpenData, ADroppedFileBecomesASessionThatTrains) {
  driver_.app().ask(action::OpenFile{file("flowers.csv", flowers())});
  driver_.frames(3);
  EXPECT_TRUE(driver_.reads("21 rows"));
  EXPECT_TRUE(driver_.reads("Left out: 1 row"));
  driver_.click("data.take");
  driver_.frames(3);
  Session& session = driver_.session();
  EXPECT_EQ(session.title(), "flowers");
  EXPECT_TRUE(driver_.app().window_title().starts_with("flowers"));
  ASSERT_TRUE(session.setup().network);
  EXPECT_EQ(session.setup().samples->count(), 20);
  EXPECT_EQ(session.setup().samples->target_name, "Species");
  EXPECT_EQ(session.setup().training.learning_rate, 0.03);
  EXPECT_EQ(driver_.app().view().mode, Mode::train);
  EXPECT_FALSE(session.timeline().graph().data_leaves().empty()) << "the data are read";
  driver_.key(GLFW_KEY_E);
  driver_.frames(3);
  EXPECT_EQ(session.trainer().epoch(), 1);
}

TEST_F(OpenData, IsListedInTheDialogForOpening) {
  file("flowers.csv", flowers());
  file("UPPER.CSV", flowers());
  file("lesson.md", "");
  file("old.JSON", "{}");
  file("iris.data", "");
  file("picture.png", "");
  driver_.key(GLFW_KEY_O, true);
  driver_.frames(2);
  driver_.click("dialog.name");
  driver_.type(folder_.string());
  driver_.key(GLFW_KEY_ENTER);
  driver_.frames(2);
  for (const char* name : {"flowers.csv", "UPPER.CSV", "lesson.md", "old.JSON", "iris.data"})
    EXPECT_TRUE(driver_.shows("file." + std::string(name))) << name;
  EXPECT_FALSE(driver_.shows("file.picture.png"));
  driver_.click("file.UPPER.CSV");
  driver_.click("dialog.accept");
  driver_.frames(3);
  driver_.click("data.take");
  driver_.frames(3);
  EXPECT_EQ(driver_.session().title(), "UPPER");
}

TEST_F(OpenData, AProgramThatReadsNoDataIsReplacedByANetwork) {
  driver_.app().workspace().set_mode(Mode::train);
  driver_.frames(2);
  ASSERT_FALSE(driver_.session().setup().network) << "the first example is a program";
  const std::string program = driver_.session().program();
  driver_.click("setup.csv");
  driver_.frames(2);
  driver_.click("dialog.name");
  driver_.type(file("flowers.csv", flowers()).string());
  driver_.key(GLFW_KEY_ENTER);
  driver_.frames(3);
  driver_.click("data.take");
  driver_.frames(3);
  EXPECT_TRUE(driver_.session().setup().network);
  EXPECT_TRUE(driver_.reads_in("message", "A small network learns these"));
  EXPECT_EQ(driver_.session().setup().training.learning_rate, 0.03);
  driver_.session().undo();
  EXPECT_EQ(driver_.session().program(), program) << "undone in one step";
  EXPECT_FALSE(driver_.session().setup().samples);
}

TEST_F(OpenData, MissingCellsAreFilledInAndTextsBecomeColumnsIfChosen) {
  std::string text = "sex;age;y\n";
  for (int i = 0; i < 6; ++i) text += "m;1,5;0\nf;2,5;1\n";
  driver_.app().ask(action::OpenFile{file("people.csv", text + "f;;1\n")});
  driver_.frames(3);
  EXPECT_TRUE(driver_.reads("Left out: 1 row"));
  EXPECT_TRUE(driver_.shows("data.decimal"));
  driver_.click("data.one_hot");
  driver_.frames(2);
  driver_.click("data.missing");
  driver_.frames(2);
  driver_.click("data.missing.mean");
  driver_.frames(2);
  EXPECT_FALSE(driver_.reads("Left out"));
  driver_.click("data.take");
  driver_.frames(2);
  const Samples& samples = *driver_.session().setup().samples;
  EXPECT_EQ(samples.count(), 13);
  EXPECT_EQ(samples.input_names, (std::vector<std::string>{"sex = f", "sex = m", "age"}));
  EXPECT_EQ(driver_.session().source().missing, "mean");
}

TEST_F(OpenData, AFaultyFileIsReportedAndTheSessionStays) {
  const std::string title = driver_.session().title();
  driver_.app().ask(action::OpenFile{file("bad.csv", "a,b\n1\n")});
  driver_.frames(3);
  EXPECT_TRUE(driver_.reads_in("message", "1 cell, but there are 2 columns"));
  EXPECT_EQ(driver_.session().title(), title);
}

}  // namespace
}  // namespace backstep
