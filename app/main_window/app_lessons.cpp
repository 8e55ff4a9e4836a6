// What the App does for lessons: it opens and closes them, and hands actions on to
// the guide.
#include "app/lessons/lesson_guide.h"
#include "app/main_window/app.h"
#include "app/panels/lesson/lesson_panel.h"

namespace backstep {

// ---- opening and closing ------------------------------------------------------------

void App::show_lessons() {
  dialogs_.progress = settings().lessons;
  open_dialog(dialogs_, Dialog::lessons);
  if (!all_lessons().problem.empty()) say(all_lessons().problem);
}

void App::open_lesson(const std::string& id) { begin_lesson(find_lesson(id)); }

void App::begin_lesson(Lesson lesson) {
  const auto known = settings().lessons.find(lesson.id);
  lesson_ = std::make_unique<LessonGuide>(
      std::move(lesson), known == settings().lessons.end() ? LessonProgress{} : known->second);
  interaction_.of<LessonPanelState>() = {};
  side_ = SidePanel::program;  // where there is room for one panel
  if (!lesson_->begin(*this)) {
    lesson_.reset();
    return;
  }
  work_on_lesson();
  keep_lesson_progress();
}

void App::close_lesson() {
  lesson_.reset();
  session().plant_bug("");
  hunt().on = false;
  view().pointed_nodes.clear();
}

void App::keep_lesson_progress() { settings().lessons[lesson_->lesson().id] = lesson_->progress(); }

// ---- walking ------------------------------------------------------------------------

// At the end the next lesson of the list follows.
void App::go_on_in_lesson(int steps) {
  if (!lesson_) return;
  const bool ends = lesson_->go_on(*this, steps);
  keep_lesson_progress();
  if (!ends) return work_on_lesson();
  const auto& lessons = all_lessons().lessons;
  for (std::size_t i = 0; i + 1 < lessons.size(); ++i)
    if (lessons[i].id == lesson_->lesson().id) return open_lesson(lessons[i + 1].id);
  close_lesson();
}

void App::settle_lesson_step(int step) {
  lesson_->enter(*this, step);
  do work_on_lesson();
  while (lesson_is_busy());
  keep_lesson_progress();
  playback().settle();
}

bool App::lesson_is_busy() const { return lesson_ && lesson_->transition(); }

void App::work_on_lesson() {
  if (!lesson_) return;
  const Deadline deadline = Deadline::in(playback().seconds_for_work());
  if (lesson_->work(workspace_, deadline)) settle_frames_ = 3;
}

// ---- actions --------------------------------------------------------------------------

void App::apply(const action::OpenLesson& lesson) {
  if (!files_.may_lose_edits(lesson)) return;
  open_lesson(lesson.id);
}

void App::apply(const action::CloseLesson&) { close_lesson(); }

void App::apply(const action::GoToLessonStep& to) {
  if (lesson_) go_on_in_lesson(to.step - lesson_->step());
}

void App::apply(const action::Predict& prediction) {
  if (!lesson_) return;
  lesson_->predict(workspace_, prediction.answer);
  keep_lesson_progress();
}

void App::apply(const action::ShowMe&) {
  if (!lesson_) return;
  lesson_->show_me(workspace_);
  keep_lesson_progress();
}

}  // namespace backstep
