// What a session knows beyond the passes themselves: paths, checks, precision,
// and bugs built in on purpose.
#include "app/session/session.h"

#include <map>

namespace backstep {

const Paths& Session::paths(int node, Index entry) {
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

const std::vector<BadNumber>& Session::bad_numbers() {
  if (bad_numbers_of_ != revision_) {
    bad_numbers_ = backstep::bad_numbers(timeline());
    bad_numbers_of_ = revision_;
  }
  return bad_numbers_;
}

// Parameters stay as they are, rounded; those not trained since the start are
// rounded from what they started as, so that float64 gives those back.
void Session::set_precision(Precision precision) {
  if (precision == document_.precision) return;
  Setup setup = document_;
  setup.precision = precision;
  start_over_in_place(std::move(setup));
}

// No edit of the document: it is not undone, nothing is to be saved, and what
// undo goes back to has the same bug.
void Session::plant_bug(const std::string& id) {
  if (id == document_.bug) return;
  end_burst();
  std::vector<Snapshot> undo = std::move(undo_), redo = std::move(redo_);
  const long revision_of_edits = revision_of_edits_;
  Setup setup = document_;
  setup.bug = id;
  start_over_in_place(std::move(setup));
  std::map<const Document*, std::shared_ptr<const Document>> with_bug;
  for (std::vector<Snapshot>* history : {&undo, &redo}) {
    for (Snapshot& snapshot : *history) {
      std::shared_ptr<const Document>& other = with_bug[snapshot.document.get()];
      if (!other) {
        Document document = *snapshot.document;
        document.bug = id;
        other = std::make_shared<const Document>(std::move(document));
      }
      snapshot.document = other;
    }
  }
  undo_ = std::move(undo);
  redo_ = std::move(redo);
  revision_of_edits_ = revision_of_edits;
}

// A new run of the same program that shows the same pass, at the same step.
void Session::start_over_in_place(Setup setup) {
  const Precision precision_before = document_.precision;
  const Moment before = experiment_->timeline().moment();
  const std::vector<double> start = start_;
  start_over(std::move(setup), document_.source, "", false);
  Timeline& timeline = experiment_->timeline();
  Moment moment = timeline.moment();
  const auto trained = static_cast<std::size_t>(graph().parameter_memory().shape.size());
  for (std::size_t i = 0; i < trained; ++i) {
    const bool untouched = rounded(start[i], precision_before) == before.leaves[i];
    moment.leaves[i] = untouched ? start[i] : before.leaves[i];
    start_[i] = start[i];
  }
  moment.position.tick = before.position.tick;
  timeline.restore(moment);
  changed();
}

}  // namespace backstep
