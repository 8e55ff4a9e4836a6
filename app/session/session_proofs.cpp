// What a session knows beyond the passes themselves: paths, checks, precision,
// and bugs built in on purpose.
#include "app/session/session.h"

namespace backstep {

const Paths& Session::paths(int node, Index entry) const {
  const AskedFor question = {revision_, node, entry};
  if (question != walked_) {
    nudger_->follow(timeline());
    paths_ = paths_to_loss(nudger_->whole_pass(), node, entry);
    walked_ = question;
  }
  return paths_;
}

bool Session::check_all(const Deadline& deadline) {
  if (!all_checks()) {
    all_checks_ = std::make_unique<GradientChecks>(timeline());
    all_checks_of_ = revision_;
  }
  return all_checks_->work(deadline);
}

const GradientChecks* Session::all_checks() const {
  return all_checks_of_ == revision_ ? all_checks_.get() : nullptr;
}

const std::vector<BadNumber>& Session::bad_numbers() const {
  if (bad_numbers_of_ != revision_) {
    bad_numbers_ = backstep::bad_numbers(timeline());
    bad_numbers_of_ = revision_;
  }
  return bad_numbers_;
}

// Parameters stay as they are, rounded; those not trained since the start are
// rounded from what they started as, so that float64 gives those back.
void Session::set_precision(Precision precision) {
  if (precision == document_.setup.precision) return;
  Setup setup = with_right_program(document_.setup);
  setup.precision = precision;
  Run run = run_in_place(setup);
  start_over(std::move(run), std::move(setup), document_.source, "");
}

// No edit of the document: it is not undone, nothing is to be saved, and what
// undo goes back to has the same bug.
void Session::plant_bug(const std::string& id) {
  if (id == document_.setup.bug) return;
  end_burst();
  Setup setup = with_right_program(document_.setup);
  setup.bug = id;
  take_over(run_in_place(std::move(setup)));
  document_.setup.bug = id;
  history_.plant_bug(id);
}

// A new run of the same program that shows the same pass, at the same step.
Session::Run Session::run_in_place(Setup setup) const {
  const TimelineState before = experiment_->timeline().state();
  Run run = run_of(std::move(setup));
  Timeline& timeline = run.experiment->timeline();
  TimelineState state = timeline.state();
  const auto trained = static_cast<std::size_t>(timeline.graph().parameter_memory().shape.size());
  for (std::size_t i = 0; i < trained; ++i) {
    const bool untouched = round_to(start_[i], document_.setup.precision) == before.leaves[i];
    state.leaves[i] = untouched ? start_[i] : before.leaves[i];
    run.start[i] = start_[i];
  }
  state.position.tick = before.position.tick;
  timeline.restore(state);
  return run;
}

}  // namespace backstep
