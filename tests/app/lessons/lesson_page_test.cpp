// assets/lessons/README.md tells teachers how lessons are written: each of its
// examples is a lesson, or steps of the first one, and holds; and no directive
// and no demand is left out.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/files/text_file.h"
#include "app/lessons/demand.h"
#include "app/lessons/lesson_check.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;

std::string page() {
  return read_text(fs::path(SOURCE_FOLDER) / "assets" / "lessons" / "README.md");
}

// The texts between ````markdown and ````.
std::vector<std::string> examples() {
  const std::string text = page(), fence = "\n````markdown\n";
  std::vector<std::string> found;
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    found.push_back(text.substr(at, text.find("\n````", at) + 1 - at));
  }
  return found;
}

bool some_example_has(const std::string& words) {
  for (const std::string& example : examples())
    if (example.find(words) != std::string::npos) return true;
  return false;
}

class LessonPage : public testing::Test {
 protected:
  ~LessonPage() override { fs::remove(path_); }

  std::vector<LessonMistake> check(const std::string& lesson) {
    std::ofstream(path_) << lesson;
    return check_lesson(path_, nullptr);
  }

 private:
  fs::path path_ =
      fs::temp_directory_path() / ("01-lesson-page" + std::to_string(getpid()) + ".md");
};

TEST_F(LessonPage, ExamplesHold) {
  const std::vector<std::string> all = examples();
  ASSERT_GE(all.size(), 12u);
  const std::string& lesson = all.front();
  ASSERT_EQ(lesson.rfind("# ", 0), 0u);
  for (const std::string& example : all) {
    const bool steps = example.rfind("## ", 0) == 0;
    for (const LessonMistake& mistake : check(steps ? lesson + "\n" + example : example))
      ADD_FAILURE() << mistake.line << ": " << mistake.message << "\n" << example;
  }
}

TEST_F(LessonPage, ExamplesThatAreNotTrueAreFound) {
  std::string lesson = examples().front();
  const std::string number = "[1.7](after_w)";
  lesson.replace(lesson.find(number), number.size(), "[1.8](after_w)");
  EXPECT_EQ(check(lesson).size(), 1u);
}

TEST_F(LessonPage, LeavesNoDirectiveOut) {
  for (const std::string& name : directive_names()) {
    EXPECT_NE(page().find("`" + name + "`"), std::string::npos) << name;
    EXPECT_TRUE(some_example_has("\n" + name + ": ")) << name;
  }
  for (const std::string& name : demand_names())
    EXPECT_TRUE(some_example_has("\ndo: " + name)) << name;
}

}  // namespace
}  // namespace backstep
