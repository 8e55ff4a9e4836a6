// What the App does for lessons: opening them, going from step to step, and
// taking predictions.
#include "app/app.h"
#include "app/lessons/lesson_run.h"

namespace backstep {

void App::show_lessons() {}
void App::open_lesson(const std::string&) {}

void App::apply(const action::OpenLesson& lesson) {
  if (!let_go_of_edits(lesson)) return;
  open_lesson(lesson.id);
}

void App::apply(const action::CloseLesson&) { lesson_.reset(); }
void App::apply(const action::GoToLessonStep&) {}
void App::apply(const action::Predict&) {}
void App::apply(const action::ShowMe&) {}

}  // namespace backstep
