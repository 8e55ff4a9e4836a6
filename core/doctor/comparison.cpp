#include "core/doctor/comparison.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace backstep {

namespace {

// A decision surface shows a network's answer; "p", or without one what the
// loss compares with the target.
int answer_node(const Graph& graph) {
  const int named = graph.find("p");
  return named >= 0 ? named : graph.node(graph.loss()).inputs.front();
}

}  // namespace

std::unique_ptr<DecisionSurface> make_surface(const Experiment& experiment, int resolution) {
  const Setup& setup = experiment.setup();
  if (!setup.samples || setup.samples->count() == 0 || setup.samples->inputs.shape.columns > 2)
    return nullptr;
  return std::make_unique<DecisionSurface>(
      experiment.make(), experiment.data().train, "x", answer_node(experiment.timeline().graph()),
      input_range_of(*setup.samples), resolution, scaling_of(setup));
}

Comparison::Comparison(Setup base, std::string setting, const std::vector<std::string>& values)
    : base_(std::move(base)), setting_(std::move(setting)) {
  assert(values.size() >= 2 && values.size() <= most_runs && "two to six runs are compared");
  for (const std::string& value : values) {
    const Change change = {setting_, value};
    std::string mistake;
    Setup setup = with_change(base_, change, mistake);
    assert(mistake.empty() && "the values were checked before");
    runs_.push_back(start(std::move(setup), words_of(change), change));
  }
}

Comparison::Comparison(Setup base, const Change& change)
    : base_(std::move(base)), setting_(change.setting) {
  std::string mistake;
  Setup changed = with_change(base_, change, mistake);
  assert(mistake.empty() && "the change was tried before");
  runs_.push_back(start(base_, words_of({setting_, find_changeable(setting_)->read(base_)}), {}));
  runs_.push_back(start(std::move(changed), words_of(change), change));
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
  run.field = make_surface(*run.experiment, 40);
  const Experiment& experiment = *run.experiment;
  run.examination =
      std::make_unique<FullSetPass>(experiment.timeline(), experiment.make(), experiment.data());
  return run;
}

void Comparison::replay(std::size_t number, const Change& change) {
  assert(number < runs_.size() && "a run that is there");
  std::string mistake;
  Setup setup = with_change(runs_[number].experiment->setup(), change, mistake);
  if (!mistake.empty()) return;
  if (runs_.size() == most_runs) runs_.pop_back();
  std::string name = runs_[number].name + ", " + words_of(change);
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

// One epoch of the run that is farthest behind, again and again.
bool Comparison::work(long last_epoch, const Deadline& deadline) {
  while (true) {
    Run* behind = &runs_.front();
    for (Run& run : runs_)
      if (progress_of(run) < progress_of(*behind)) behind = &run;
    if (progress_of(*behind) >= last_epoch) return true;
    const long next = progress_of(*behind) + 1;
    if (!behind->experiment->work(next, deadline)) return false;
    behind->examined = false;
    if (deadline.passed()) return false;
  }
}

// Epochs that are finished and recorded; −1 before the first record.
long Comparison::progress_of(const Run& run) { return run.experiment->trainer().history().last(); }

// The one that is being looked at, else the one whose last look is the oldest.
Comparison::Run* Comparison::next_to_look_at() {
  Run* next = nullptr;
  for (Run& run : runs_) {
    if (run.looking != Run::Looking::nothing) return &run;
    if (!run.examined && (!next || run.looked_at < next->looked_at)) next = &run;
  }
  return next;
}

bool Comparison::look_at(Run& run, const Deadline& deadline) {
  const Experiment& experiment = *run.experiment;
  const Graph& trained = experiment.timeline().graph();
  if (run.looking == Run::Looking::nothing) {
    run.examination->begin(trained);
    if (run.field) run.field->begin(trained);
    run.looking = Run::Looking::examination;
    run.looked_at = experiment.trainer().epoch();
  }
  if (run.looking == Run::Looking::examination) {
    if (!run.examination->work(deadline)) return false;
    run.flow = gradient_flow(run.examination->graph());
    run.diagnosis = diagnose({experiment.setup(), experiment.data(), run.examination->graph(),
                              experiment.trainer().history()});
    run.looking = Run::Looking::field;
  }
  if (run.field && !run.field->work(deadline)) return false;
  run.looking = Run::Looking::nothing;
  run.examined = run.looked_at == experiment.trainer().epoch();
  return true;
}

bool Comparison::look(const Deadline& deadline) {
  while (Run* run = next_to_look_at()) {
    if (!look_at(*run, deadline)) return false;
    if (deadline.passed()) return !next_to_look_at();
  }
  return true;
}

void Comparison::restart() {
  for (Run& run : runs_) run = start(run.experiment->setup(), run.name, run.change);
}

}  // namespace backstep
