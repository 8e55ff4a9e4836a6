// A LessonGuide leads through a lesson: it knows at which step one is, what is
// still to be predicted or done there, what was answered, and how far one has
// come. It brings the workspace to the step's network and place,
// which may take training between frames, and sees when what the step demands
// is done. How all this looks is the business of the lesson panel.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/documents/lesson_progress.h"
#include "app/lessons/demand.h"
#include "app/lessons/lesson_moment.h"
#include "core/base/deadline.h"
#include "core/slips/prediction.h"

namespace backstep {

class LessonHost;
class Session;
class Workspace;

class LessonGuide {
 public:
  // Goes on from `before`; a lesson that was finished begins again.
  explicit LessonGuide(Lesson lesson, const LessonProgress& before = {});

  // ---- where one is ----
  const Lesson& lesson() const { return lesson_; }
  int step() const { return step_; }  // from 0
  int steps() const { return static_cast<int>(lesson_.steps.size()); }
  bool at_end() const { return step_ + 1 == steps(); }
  const LessonStep& now() const { return lesson_.steps[static_cast<std::size_t>(step_)]; }
  // Grows whenever a step is entered, so that the panel begins anew.
  long visit() const { return visit_; }
  LessonProgress progress() const;

  // ---- walking ----
  // Enters the first step; false when that cannot be shown, which the workspace was told.
  bool begin(LessonHost& host) { return enter(host, first_); }
  // Brings the window to a step; false when that cannot be shown.
  bool enter(LessonHost& host, int step);
  // That many steps on or back, if one may. True when that ends the lesson.
  bool go_on(LessonHost& host, int steps);
  // The work between two frames: training to where the step is, and seeing what
  // was done. True when something has changed.
  bool work(Workspace& workspace, const Deadline& deadline);

  // While the window is not at the step's place yet: the epochs to be trained.
  struct Transition {
    long from = 0, to = 0;
    bool shows_demand = false;  // it was asked for; else it leads to the step's place
  };
  const std::optional<Transition>& transition() const { return transition_; }

  // ---- predictions ----
  struct Answer {
    std::string typed;  // empty: it was shown
    Judgement judgement;
    bool settled() const { return judgement.right || typed.empty(); }
  };
  const std::optional<Answer>& answer() const { return record().answer; }
  long answers() const { return answers_; }  // grows with each
  bool asks() const { return now().predict && !(answer() && answer()->settled()); }
  void predict(Workspace& workspace, const std::string& typed);
  int asked() const;
  int right() const;  // with the first answer

  // ---- demands ----
  bool demands() const { return now().demand && !record().done; }
  std::string demand_sentence() const { return demand().sentence(moment_); }
  // The epoch to which the step demands training, while that is not reached.
  std::optional<long> epoch_demanded(const Workspace& workspace) const;

  // What is asked, or else what is demanded, is shown.
  void show_me(Workspace& workspace);
  bool may_go_on() const { return !asks() && !demands(); }

 private:
  struct Record {
    std::optional<Answer> answer;
    bool right_at_once = false, done = false;
  };
  const Record& record() const { return records_[static_cast<std::size_t>(step_)]; }
  Record& record() { return records_[static_cast<std::size_t>(step_)]; }
  const Demand& demand() const { return *now().demand->value; }
  void take(const Answer& answer);
  bool shows_setup(const Session& session) const;
  void show_step(LessonHost& host);
  void go_to_place(Workspace& workspace);
  void go_to_comparison(Workspace& workspace);
  void point(Workspace& workspace) const;

  Lesson lesson_;
  LessonProgress before_;
  int first_ = 0, step_ = 0, reached_ = 0;
  bool finished_ = false;
  long visit_ = 0, answers_ = 0;
  LessonMoment moment_;
  std::optional<Transition> transition_;
  std::optional<Setup> shown_;  // the setup opened last
  long shown_run_ = -1;         // its number in the session
  std::vector<Record> records_;
};

// What is to be predicted: "∂L/∂z₁[0,1]", "a₁", "the sign of ∂L/∂w".
std::string question_words(const PredictionWanted& wanted, const Graph& graph);

}  // namespace backstep
