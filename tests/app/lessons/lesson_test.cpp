// Reading lesson files: what they contain, and how mistakes in them are reported.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/lessons/lesson_check.h"
#include "app/lessons/lesson_moment.h"
#include "app/lessons/lesson_text.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;

constexpr const char* head =
    "# A title\n\nThe line.\n\n```python\nx = input(2.0)\nw = param(0.5)\np = x * w\nL = "
    "p**2\n```\n";

// A file of its own for a lesson that consists of the head and one step.
class LessonFile : public testing::Test {
 protected:
  LessonFile() {
    path_ = fs::temp_directory_path() / ("07-lesson" + std::to_string(getpid()) + ".md");
  }
  ~LessonFile() override { fs::remove(path_); }

  std::vector<LessonMistake> check(const std::string& text) {
    std::ofstream(path_) << text;
    const std::vector<double> misprints = {0.68};
    return check_lesson(path_, &misprints);
  }

  // The text of the only mistake in the lesson; `line` becomes its line.
  std::string mistake(const std::string& step, int& line) {
    const auto mistakes = check(head + step);
    EXPECT_EQ(mistakes.size(), 1u) << step;
    for (const LessonMistake& other : mistakes) EXPECT_FALSE(other.message.empty());
    line = mistakes.empty() ? 0 : mistakes.front().line;
    return mistakes.empty() ? "" : mistakes.front().message;
  }

  void expect_mistake(const std::string& step, int wanted_line, const std::string& words) {
    int line = 0;
    const std::string message = mistake(step, line);
    EXPECT_EQ(line, wanted_line) << message;
    EXPECT_NE(message.find(words), std::string::npos) << message;
  }

  fs::path path_;
};

TEST_F(LessonFile, IsReadCompletely) {
  std::ofstream(path_) << head << "\n```json\n{\"training\": {\"learning_rate\": 0.25}}\n```\n"
                       << "\n## Back\n\n```step\nat: pass 2 backward p\nselect: w\n"
                          "edit: w = 3\npredict: sign of gradient w\n```\n\n"
                          "Slip in print: **Not** [p = 6](p), but\n[0.68](printed) in `W1`; "
                          "see [the loss](L).\n\n- [12%](0.12)\n";
  const Lesson lesson = read_lesson(path_);
  EXPECT_EQ(lesson.number, 7);
  EXPECT_EQ(lesson.title, "A title");
  EXPECT_EQ(lesson.line, "The line.");
  ASSERT_EQ(lesson.steps.size(), 1u);
  const LessonStep& step = lesson.steps[0];
  EXPECT_EQ(step.predict->value.asked, Asked::sign_of_gradient);
  ASSERT_EQ(step.paragraphs.size(), 2u);
  EXPECT_EQ(step.paragraphs[0].heading, "SLIP IN PRINT");
  EXPECT_TRUE(step.paragraphs[1].bullet);
  using Kind = TextRun::Kind;
  std::vector<Kind> kinds;
  for (const TextRun& run : step.paragraphs[0].runs) kinds.push_back(run.kind);
  EXPECT_EQ(kinds,
            (std::vector<Kind>{Kind::strong, Kind::text, Kind::number, Kind::text, Kind::printed,
                               Kind::text, Kind::code, Kind::text, Kind::node, Kind::text}));
  const LessonMoment moment = moment_of(lesson, 0);
  EXPECT_EQ(moment.document.setup.training.learning_rate, 0.25);
  EXPECT_EQ(moment.document.setup.parameters.at("w").entries[0], 3);
  EXPECT_EQ(moment.place.passes, 1);
  EXPECT_EQ(document_of(path_, std::nullopt).title, "A title");
}

TEST_F(LessonFile, HasItsNumbersCheckedAgainstTheEngine) {
  const std::string step = "\n## Step\n\n";  // its text begins on line 14
  EXPECT_TRUE(check(head + step +
                    "[p = 1.0](p), [4](grad_w), [0.1](after_w), [0.5](w), [1](p**2), "
                    "[1](size_w), [0.1](learning_rate), [0.68](printed), [x](x)\n")
                  .empty());
  expect_mistake(step + "[p = 1.1](p)\n", 14, "it is 1");
  expect_mistake(step + "[4.001](grad_w)\n", 14, "it is 4");
  expect_mistake(step + "[0.67](printed)\n", 14, "nobody printed that");
  expect_mistake(step + "[1](grad_q)\n", 14, "there is no 'grad_q'; did you mean 'grad_");
  expect_mistake(step + "text\n[the sum](q)\n", 15, "there is no node 'q'");
  expect_mistake(step + "p is 1\n", 14, "digits stand in a reference");
  expect_mistake(step + "`0.25`\n", 14, "a number stands in a reference");
  expect_mistake(step + "[1 and 2](p)\n", 14, "more than one number");
}

TEST_F(LessonFile, ReportsMistakesWithTheirLine) {
  const auto block = [](const std::string& directive) {
    return "\n## Step\n\n```step\n" + directive + "\n```\n\nText.\n";
  };
  expect_mistake(block("pont: x"), 15, "'pont' is no directive; did you mean 'point'?");
  expect_mistake(block("at: forwards"), 15, "a place is start, forward, backward or update");
  expect_mistake(block("at: forward q"), 15, "there is no node 'q'");
  expect_mistake(block("point: x, q"), 15, "there is no node 'q'");
  expect_mistake(block("edit: p = 2"), 15, "'p' is computed");
  expect_mistake(block("edit: w = [[1, 2]]"), 15, "'w' is 1×1, and this is 1×2");
  expect_mistake(block("set: learning_rat = 2"), 15, "did you mean 'learning_rate'?");
  expect_mistake(block("precision: float17"), 15, "did you mean 'float16'?");
  expect_mistake(block("do: dance"), 15, "what can be demanded is");
  expect_mistake(block("at: backward\ndo: step to forward p"), 16, "stands there already");
  expect_mistake(block("do: set learning_rate = 0.1"), 15, "it is set so already");
  expect_mistake("\n## Step\n\n```pyton\n```\n\nText.\n", 14, "did you mean 'python'?");
  expect_mistake("\n## Step\n\n```python\nz = 1 +\n```\n\nText.\n", 15, "column");
  expect_mistake("\n## Step\n\n```json\n{\"trainin\": 1}\n```\n\nText.\n", 15, "trainin");
}

TEST(NumbersInWords, AreReadAsWritten) {
  const auto only = [](const std::string& words) {
    const auto numbers = numbers_in(words);
    EXPECT_EQ(numbers.size(), 1u) << words;
    return numbers.empty() ? WrittenNumber{} : numbers[0];
  };
  EXPECT_DOUBLE_EQ(only("z1 = −0.0140").value, -0.014);
  EXPECT_DOUBLE_EQ(only("−0.0140").half_unit, 0.00005);
  EXPECT_DOUBLE_EQ(only("3.3×10⁻⁶").value, 3.3e-6);
  EXPECT_DOUBLE_EQ(only("3.3e-06").half_unit, 0.5e-7);
  EXPECT_DOUBLE_EQ(only("12%").value, 0.12);
  EXPECT_DOUBLE_EQ(only("5,000 epochs").value, 5000);
  EXPECT_DOUBLE_EQ(only("a-1").value, 1);
  EXPECT_TRUE(numbers_in("W1, z12 and float16").empty());
  EXPECT_EQ(numbers_in("1, 2").size(), 2u);
}

TEST(NumbersInWords, BeyondTheRangeOfADoubleMatchNothing) {
  for (const char* words : {"1e999", "1e99999999999", "2×10⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹", "0.0004e400"}) {
    const auto numbers = numbers_in(words);
    ASSERT_EQ(numbers.size(), 1u) << words;
    EXPECT_EQ(numbers[0].value, std::numeric_limits<double>::infinity()) << words;
    EXPECT_EQ(numbers[0].half_unit, 0) << words;
  }
  for (const char* words : {"1e-999", "1e-99999999999", "7×10⁻⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹", "0e99999999999"}) {
    const auto numbers = numbers_in(words);
    ASSERT_EQ(numbers.size(), 1u) << words;
    EXPECT_EQ(numbers[0].value, 0) << words;
  }
}

TEST_F(LessonFile, ANumberBeyondTheRangeOfADoubleIsWrongOnItsLine) {
  for (const char* number : {"1e999", "1e99999999999", "1×10⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹"})
    expect_mistake(std::string("\n## Step\n\nIt is [") + number + "](w).\n", 14, "it is ");
}

TEST(Lessons, AreFoundByTheirIdAndNumber) {
  ASSERT_EQ(all_lessons().problem, "");
  ASSERT_FALSE(all_lessons().lessons.empty());
  const Lesson& first = all_lessons().lessons.front();
  EXPECT_EQ(&find_lesson(first.id), &first);
  EXPECT_EQ(&find_lesson(std::to_string(first.number)), &first);
  try {
    find_lesson("one-neurn");
    FAIL();
  } catch (const FileError& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean 'one-neuron'?"), std::string::npos);
  }
}

}  // namespace
}  // namespace backstep
