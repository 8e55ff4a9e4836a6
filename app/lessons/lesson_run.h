// A LessonRun is a lesson being walked: at which step one is, what was
// predicted, whether what the step demands was done, and how many predictions
// were right. It knows nothing of the window; App brings that to the step.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/documents/lesson_progress.h"
#include "app/lessons/lesson_moment.h"
#include "core/slips/prediction.h"

namespace backstep {

class LessonRun {
 public:
  // Goes on from `before`; a lesson that was finished begins again.
  explicit LessonRun(Lesson lesson, const LessonProgress& before = {});
  int first_step() const { return first_; }

  const Lesson& lesson() const { return lesson_; }
  int step() const { return step_; }
  int steps() const { return static_cast<int>(lesson_.steps.size()); }
  bool at_end() const { return step_ + 1 == steps(); }
  const LessonStep& now() const { return lesson_.steps[static_cast<std::size_t>(step_)]; }
  const LessonMoment& moment() const { return moment_; }

  // Goes to another step. Throws LessonError.
  void enter(int step);

  // ---- predictions ----
  struct Answer {
    std::string typed;  // empty: it was shown
    Judgement judgement;
    bool settled() const { return judgement.right || typed.empty(); }
  };
  const std::optional<Answer>& answer() const { return record().answer; }
  bool asks() const { return now().predict && !(answer() && answer()->settled()); }
  void take(const Answer& answer);
  int asked() const;
  int right() const;  // with the first answer

  // ---- demands ----
  bool demands() const { return now().demand && !record().done; }
  std::string demand_sentence() const;
  void meet_demand() { records_[static_cast<std::size_t>(step_)].done = true; }

  bool may_go_on() const { return !asks() && !demands(); }
  LessonProgress progress() const;
  void finish() { finished_ = true; }

  // ---- on the way: what is trained before the step's moment is there ----
  enum class Way { there, entering, showing };
  Way way = Way::there;
  long way_from = 0, way_to = 0;  // epochs
  std::string opened;             // the recipe of what is open; empty: something else
  long opened_run = -1;           // its number in the session

  // ---- of the panel ----
  std::string typed;                        // in the field of the prediction
  bool show_setup = false;                  // in Train and Compare, the setup in the lesson's place
  bool scroll_up = true;                    // the step is new
  bool wants_keys = false;                  // the prediction is typed next
  bool answered = false;                    // just now: what is said of it comes into sight
  float words_height = 0, task_height = 0;  // of the frame before, in pixels

 private:
  struct Record {
    std::optional<Answer> answer;
    bool right_at_once = false, done = false;
  };
  const Record& record() const { return records_[static_cast<std::size_t>(step_)]; }

  Lesson lesson_;
  LessonProgress before_;
  int first_ = 0, step_ = 0, reached_ = 0;
  bool finished_ = false;
  LessonMoment moment_;
  std::vector<Record> records_;
};

// ---- what is said -------------------------------------------------------------------

// "Step until z₁ has handed its gradient on (→)." `hidden`: the step hides a bug.
std::string sentence_of(const Demand& demand, bool hidden);
// "∂L/∂z₁[0,1]", "a₁", "the sign of ∂L/∂w".
std::string words_of(const PredictionWanted& wanted, const Graph& graph);

}  // namespace backstep
