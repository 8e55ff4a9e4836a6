#include "core/doctor/comparison.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace backstep {

namespace {

constexpr int surface_resolution = 40;

}  // namespace

Comparison::Comparison(Setup base, std::string setting, const std::vector<std::string>& values)
    : base_(std::move(base)), setting_(std::move(setting)) {
  assert(values.size() >= 2 && values.size() <= most_runs && "two to six runs are compared");
  for (const std::string& value : values) {
    const Change change = {setting_, value};
    std::string mistake;
    Setup setup = with_change(base_, change, mistake);
    assert(mistake.empty() && "the values were checked before");
    runs_.push_back(start(std::move(setup), run_words(change), change));
  }
}

Comparison::Comparison(Setup base, const Change& change)
    : base_(std::move(base)), setting_(change.setting) {
  std::string mistake;
  Setup changed = with_change(base_, change, mistake);
  assert(mistake.empty() && "the change was tried before");
  runs_.push_back(start(base_, run_words({setting_, find_changeable(setting_)->read(base_)}), {}));
  runs_.push_back(start(std::move(changed), run_words(change), change));
}

std::vector<std::string> Comparison::values() const {
  std::vector<std::string> values;
  for (const Run& run : runs_) {
    if (run.change.setting == setting_) values.push_back(run.change.value);
    if (run.change.setting.empty()) values.push_back(find_changeable(setting_)->read(base_));
  }
  return values;
}

Comparison::Run Comparison::start(Setup setup, std::string name, Change change) {
  Run run;
  run.name = std::move(name);
  run.change = std::move(change);
  run.experiment = std::make_unique<Experiment>(std::move(setup));
  run.view = RunView(*run.experiment, surface_resolution, RunView::Detail::diagnosis);
  return run;
}

void Comparison::replay(std::size_t number, const Change& change) {
  assert(number < runs_.size() && "a run that is there");
  std::string mistake;
  Setup setup = with_change(runs_[number].experiment->setup(), change, mistake);
  if (!mistake.empty()) return;
  if (runs_.size() == most_runs) runs_.pop_back();
  std::string name = runs_[number].name + ", " + run_words(change);
  runs_.push_back(start(std::move(setup), std::move(name), change));
}

void Comparison::remove(std::size_t number) {
  assert(number < runs_.size() && "a run that is there");
  if (runs_.size() > 2) runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(number));
}

long Comparison::epoch() const {
  long least = std::numeric_limits<long>::max();
  for (const Run& run : runs_) least = std::min(least, run.experiment->trainer().epoch());
  return least;
}

long Comparison::furthest() const {
  long most = 0;
  for (const Run& run : runs_) most = std::max(most, run.experiment->trainer().epoch());
  return most;
}

long Comparison::level() const {
  long begun = 0;
  for (const Run& run : runs_) begun = std::max(begun, run.experiment->trainer().begun());
  return begun - epoch() <= 1 ? begun : epoch();
}

// Trains whichever run is farthest behind for one epoch, again and again.
bool Comparison::work(long last_epoch, const Deadline& deadline) {
  while (true) {
    Run* behind = &runs_.front();
    for (Run& run : runs_)
      if (epochs_done(run) < epochs_done(*behind)) behind = &run;
    if (epochs_done(*behind) >= last_epoch) return true;
    const long next = epochs_done(*behind) + 1;
    if (!behind->experiment->work(next, deadline)) return false;
    if (deadline.passed()) return false;
  }
}

// Epochs that are finished and recorded; −1 before the first record.
long Comparison::epochs_done(const Run& run) { return run.experiment->trainer().history().last(); }

// The one that is being refreshed, else the one that was refreshed longest ago.
Comparison::Run* Comparison::next_to_refresh() {
  Run* next = nullptr;
  for (Run& run : runs_) {
    if (run.view.is_refreshing()) return &run;
    if (run.view.shows(epochs_done(run))) continue;
    if (!next || run.view.version() < next->view.version()) next = &run;
  }
  return next;
}

bool Comparison::refresh(const Deadline& deadline) {
  while (Run* run = next_to_refresh()) {
    run->view.refresh(epochs_done(*run), deadline);
    if (deadline.passed()) return !next_to_refresh();
  }
  return true;
}

void Comparison::restart() {
  for (Run& run : runs_) run = start(run.experiment->setup(), run.name, run.change);
}

}  // namespace backstep
