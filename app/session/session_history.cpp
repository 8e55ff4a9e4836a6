// How a session goes back through its edits, and forward again.
#include <utility>

#include "app/session/session.h"

namespace backstep {

void Session::end_burst() { burst_.clear(); }

void Session::remember(const std::string& burst) {
  if (!goes_on(burst)) history_.add(snapshot());
  burst_ = burst;
  history_.forget_undone();
  last_edit_ = ++edits_made_;
}

Snapshot Session::snapshot() const {
  const Timeline& training = experiment_->timeline();
  Snapshot now;
  now.document = document_;
  now.right_program = right_program_;
  now.run = run_;
  now.parameters = training.graph().parameter_memory().shape.size();
  now.state = training.state();
  now.start = start_;
  now.sample = sample_;
  if (sample_) now.sample_state = sample_timeline_->state();
  now.edit = last_edit_;
  return now;
}

void Session::undo() {
  if (can_undo()) go_back(&EditHistory::undo);
}

void Session::redo() {
  if (can_redo()) go_back(&EditHistory::redo);
}

// Where that fails, the history is as it was.
void Session::go_back(Snapshot (EditHistory::*direction)(Snapshot now)) {
  EditHistory history = history_;
  restore((history.*direction)(snapshot()));
  history_ = std::move(history);
}

void Session::restore(Snapshot snapshot) {
  end_burst();
  Document& document = snapshot.document;
  document.setup.training.learning_rate = snapshot.state.learning_rate;
  std::optional<Run> run;
  if (snapshot.run != run_) run = run_of(running_setup(document.setup, snapshot.right_program));
  Experiment& experiment = run ? *run->experiment : *experiment_;
  std::optional<ProgramError> mistake;
  if (document.setup.program != snapshot.right_program) {
    try {
      read_program(document.setup.program, experiment.timeline().batches().first());
    } catch (const ProgramError& error) {
      mistake = error;
    }
  }
  experiment.timeline().restore(snapshot.state);
  experiment.trainer().forget_what_changed();
  const std::optional<long> sample = sample_;
  const bool same_run = !run;
  if (run) take_over(std::move(*run));
  run_ = snapshot.run;
  document_ = std::move(snapshot.document);
  start_ = std::move(snapshot.start);
  mistake_ = std::move(mistake);
  last_edit_ = snapshot.edit;
  if (sample) restore_sample(*sample, snapshot, same_run);
  changed();
}

// Whoever looks at a sample goes on looking at it; where the edit was made in
// its own pass, that pass is gone back to.
void Session::restore_sample(long sample, const Snapshot& snapshot, bool same_run) {
  const bool same_sample = snapshot.sample == sample;
  if (!same_run || !same_sample) pick_sample(sample);
  if (same_sample && sample_) sample_timeline_->restore(snapshot.sample_state);
}

}  // namespace backstep
