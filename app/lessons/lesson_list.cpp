#include <algorithm>

#include "app/files/text_file.h"
#include "app/lessons/lesson_file.h"
#include "app/platform/resources.h"
#include "core/base/suggestions.h"
#include "core/base/text.h"

namespace backstep {

namespace {

namespace fs = std::filesystem;

LessonList read_all() {
  LessonList list;
  const fs::path folder = resource_folder() / "assets" / "lessons";
  std::vector<fs::path> files;
  std::error_code problem;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, problem))
    if (is_lesson_file(entry.path())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    try {
      list.lessons.push_back(read_lesson(file));
    } catch (const FileError& error) {
      if (list.problem.empty()) list.problem = error.what();
    }
  }
  return list;
}

}  // namespace

const LessonList& all_lessons() {
  static const LessonList list = read_all();
  return list;
}

const Lesson& find_lesson(const std::string& id) {
  std::vector<std::string> known;
  for (const Lesson& lesson : all_lessons().lessons) {
    if (lesson.id == id || std::to_string(lesson.number) == id) return lesson;
    known.push_back(lesson.id);
  }
  throw FileError(
      text("there is no lesson '{}'{}", id, suggestion(id, known, "; there are ")));
}

}  // namespace backstep
