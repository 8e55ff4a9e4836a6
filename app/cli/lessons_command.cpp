#include "app/cli/lessons_command.h"

#include <algorithm>
#include <iostream>

#include "app/cli/columns.h"
#include "app/files/text_file.h"
#include "app/lessons/lesson_check.h"

namespace backstep {

int list_lessons() {
  const LessonList& list = all_lessons();
  if (!list.problem.empty()) throw FileError(list.problem);
  std::size_t width = 0;
  for (const Lesson& lesson : list.lessons) width = std::max(width, lesson.id.size() + 2);
  for (const Lesson& lesson : list.lessons) {
    const std::string number = std::to_string(lesson.number);
    std::cout << std::string(number.size() < 2 ? 1 : 0, ' ') << number << "  "
              << column(lesson.id, width) << lesson.title << "\n"
              << std::string(width + 4, ' ') << lesson.line << "\n";
  }
  return 0;
}

int check_lessons(const std::vector<std::filesystem::path>& files) {
  bool right = true;
  for (const std::filesystem::path& file : files) {
    const std::vector<LessonMistake> mistakes = check_lesson(file, nullptr);
    for (const LessonMistake& mistake : mistakes)
      std::cout << file.string() << ":" << mistake.line << ": " << mistake.message << "\n";
    if (mistakes.empty()) std::cout << file.string() << ": OK\n";
    right &= mistakes.empty();
  }
  return right ? 0 : 1;
}

}  // namespace backstep
