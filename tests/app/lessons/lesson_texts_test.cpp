// Every lesson is correct: it can be read, the engine confirms each of its numbers, and each of
// its steps can be done.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/lessons/lesson_check.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;

void collect_numbers(const nlohmann::json& value, std::vector<double>& numbers) {
  if (value.is_number()) numbers.push_back(value.get<double>());
  if (value.is_structured())
    for (const auto& part : value) collect_numbers(part, numbers);
}

// Collects the misprinted numbers of worked examples, which no lesson may repeat.
void collect_misprints(const nlohmann::json& value, std::vector<double>& numbers) {
  if (!value.is_structured()) return;
  if (value.is_object() && value.contains("printed")) collect_numbers(value["printed"], numbers);
  for (const auto& part : value) collect_misprints(part, numbers);
}

std::vector<double> misprints() {
  std::ifstream file(fs::path(TESTS_FOLDER) / "golden" / "examples.json");
  std::vector<double> numbers;
  collect_misprints(nlohmann::json::parse(file), numbers);
  return numbers;
}

std::vector<fs::path> lesson_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(SOURCE_FOLDER) / "assets" / "lessons"))
    if (is_lesson_file(entry.path())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

class LessonText : public testing::TestWithParam<fs::path> {};

TEST_P(LessonText, Holds) {
  const std::vector<double> printed = misprints();
  for (const LessonMistake& mistake : check_lesson(GetParam(), &printed))
    ADD_FAILURE() << GetParam().string() << ":" << mistake.line << ": " << mistake.message;
}

INSTANTIATE_TEST_SUITE_P(All, LessonText, testing::ValuesIn(lesson_files()), [](const auto& test) {
  std::string name = test.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace backstep
