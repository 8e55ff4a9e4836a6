// Reading lessons: files assets/lessons/NN-id.md, where NN is the lesson's place
// in the list, and id what it is called by. How they are written is told, for
// teachers, in assets/lessons/README.md.
#pragma once

#include <string>
#include <vector>

#include "app/lessons/lesson.h"

namespace backstep {

struct LessonMistake {
  int line = 0;
  std::string message;
};

// The lesson as far as it can be understood, and what could not.
Lesson parse_lesson(const std::string& text, std::vector<LessonMistake>& mistakes);

// Throws FileError, "FILE:LINE: …", for the first mistake.
Lesson read_lesson(const std::filesystem::path& path);

// Whether the file is called NN-id.md.
bool is_lesson_file(const std::filesystem::path& path);

// Gives the lesson of a file NN-id.md its number and id.
void name_lesson(Lesson& lesson, const std::filesystem::path& path);

// Takes "key: value" into the step; what is wrong with it, or "".
std::string read_directive(const std::string& line, int number, LessonStep& step);

std::vector<std::string> directive_names();

}  // namespace backstep
