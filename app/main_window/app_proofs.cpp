// What the App does for proofs: checking every gradient, lighting a path,
// rounding numbers, and the bug lab.
#include <algorithm>
#include <chrono>
#include <random>

#include "app/lessons/lesson_run.h"
#include "app/main_window/app.h"
#include "core/slips/bug.h"

namespace backstep {

namespace {

// Of a frame's 16 ms: what is drawn takes the rest.
constexpr double check_seconds = 0.009;
constexpr std::size_t most_decoys = 3;  // bugs to choose from that do not fit

// The bugs that fit and a few that do not, in the order of the table.
std::vector<std::string> choices_for(const std::vector<const Bug*>& fitting, std::mt19937& random) {
  std::vector<const Bug*> decoys;
  for (const Bug& bug : all_bugs())
    if (std::find(fitting.begin(), fitting.end(), &bug) == fitting.end()) decoys.push_back(&bug);
  std::shuffle(decoys.begin(), decoys.end(), random);
  decoys.resize(std::min(decoys.size(), most_decoys));
  std::vector<std::string> choices;
  for (const Bug& bug : all_bugs())
    if (std::find(fitting.begin(), fitting.end(), &bug) != fitting.end() ||
        std::find(decoys.begin(), decoys.end(), &bug) != decoys.end())
      choices.push_back(bug.id);
  return choices;
}

}  // namespace

// ---- checks -----------------------------------------------------------------------

// Again: the marks go.
void App::check_all() {
  if (view_.show_checks && view_.mode == Mode::step) {
    view_.show_checks = false;
    return;
  }
  apply(action::CheckAll{});
}

void App::apply(const action::CheckAll&) {
  set_mode(Mode::step);
  view_.training = false;
  view_.show_checks = true;
}

bool App::check_gradients() {
  if (!view_.show_checks || view_.training || !session_->runs()) return true;
  return session_->check_all(Deadline::in(check_seconds));
}

bool App::checks_are_being_worked_out() const {
  if (!view_.show_checks || view_.training || !session_->runs()) return false;
  const GradientChecks* checks = session_->all_checks();
  return !checks || !checks->finished();
}

void App::apply(const action::LightPath& path) {
  view_.lit_edges = path.edges;
  view_.lit_entries = path.entries;
}

// ---- precision --------------------------------------------------------------------

void App::set_precision(Precision precision) {
  pause();
  session_->set_precision(precision);
  if (view_.mode != Mode::step)
    say(std::string("Numbers are ") + format_of(precision).name + " from here on.");
}

void App::apply(const action::SetPrecision& precision) { set_precision(precision.precision); }

// ---- the bug lab ------------------------------------------------------------------

// Takes out the bug of the round before, and hides another.
void App::hide_bug(std::optional<unsigned> seed) {
  set_mode(Mode::step);
  pause();
  const std::string before = session_->setup().bug;
  session_->plant_bug("");
  const Timeline& timeline = session_->training_timeline();
  const auto fitting = bugs_for(timeline.graph(), timeline.training());
  if (fitting.empty()) {
    hunt_.on = false;
    return say("None of the bugs fits here: the program needs a parameter and an op to break.");
  }
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  std::mt19937 random(seed.value_or(static_cast<unsigned>(now)));
  std::vector<const Bug*> wanted = fitting;
  if (fitting.size() > 1) std::erase_if(wanted, [&](const Bug* bug) { return bug->id == before; });
  const Bug* hidden = wanted[random() % wanted.size()];
  hunt_.begin(choices_for(fitting, random));
  session_->plant_bug(hidden->id);
}

void App::apply(const action::HideBug&) { hide_bug(); }

void App::apply(const action::GuessBug& guess) {
  if (!hunt_.on || hunt_.found || hunt_.given_up) return;
  if (guess.id == session_->setup().bug) {
    hunt_.found = true;
    ++hunt_.rounds;
    hunt_.at_once += hunt_.wrong.empty();
  } else if (std::find(hunt_.wrong.begin(), hunt_.wrong.end(), guess.id) == hunt_.wrong.end()) {
    hunt_.wrong.push_back(guess.id);
  }
}

// Gives up, which tells what it was; when that is known, the bug goes.
void App::apply(const action::EndHunt&) {
  if (!hunt_.on) return;
  if (!hunt_.found && !hunt_.given_up) {
    hunt_.given_up = true;
    ++hunt_.rounds;
    return;
  }
  hunt_.on = false;
  session_->plant_bug("");
}

}  // namespace backstep
