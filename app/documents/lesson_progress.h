// How far someone has come with a lesson, as the settings remember it.
#pragma once

#include <map>
#include <string>

namespace backstep {

struct LessonProgress {
  int reached = 0;           // the last step seen, from 0
  int asked = 0, right = 0;  // predictions answered; those right at once
  bool finished = false;
  friend bool operator==(const LessonProgress&, const LessonProgress&) = default;
};

using ProgressByLesson = std::map<std::string, LessonProgress>;  // by id

}  // namespace backstep
