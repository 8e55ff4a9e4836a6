// Proofs: checking every gradient, lighting a path, rounding numbers, and the bug
// lab.
#include <algorithm>
#include <chrono>
#include <random>

#include "app/workspace/workspace_actions.h"
#include "core/slips/bug.h"

namespace backstep {

namespace {

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

void toggle_checks(Workspace& workspace) {
  if (workspace.view.show_checks && workspace.view.mode == Mode::step)
    workspace.view.show_checks = false;
  else
    carry_out(workspace, action::CheckAll{});
}

void carry_out(Workspace& workspace, const action::CheckAll&) {
  workspace.set_mode(Mode::step);
  workspace.view.training = false;
  workspace.view.show_checks = true;
}

void carry_out(Workspace& workspace, const action::LightPath& path) {
  workspace.view.lit_edges = path.edges;
  workspace.view.lit_entries = path.entries;
}

// ---- precision --------------------------------------------------------------------

void carry_out(Workspace& workspace, const action::SetPrecision& wanted) {
  workspace.playback.pause();
  workspace.session().set_precision(wanted.precision);
  if (workspace.view.mode != Mode::step)
    workspace.say(std::string("Numbers are ") + format_of(wanted.precision).name +
                  " from here on.");
}

// ---- the bug lab ------------------------------------------------------------------

void hide_bug(Workspace& workspace, std::optional<unsigned> seed) {
  workspace.set_mode(Mode::step);
  workspace.playback.pause();
  Session& session = workspace.session();
  BugHunt& hunt = workspace.hunt;
  const std::string before = session.setup().bug;
  session.plant_bug("");
  const Timeline& timeline = session.training_timeline();
  const auto fitting = bugs_for(timeline.graph(), timeline.training());
  if (fitting.empty()) {
    hunt.on = false;
    return workspace.say(
        "None of the bugs fits here: the program needs a parameter and an op to break.");
  }
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  std::mt19937 random(seed.value_or(static_cast<unsigned>(now)));
  std::vector<const Bug*> wanted = fitting;
  if (fitting.size() > 1) std::erase_if(wanted, [&](const Bug* bug) { return bug->id == before; });
  const Bug* hidden = wanted[random() % wanted.size()];
  hunt.begin(choices_for(fitting, random));
  session.plant_bug(hidden->id);
}

void carry_out(Workspace& workspace, const action::HideBug&) { hide_bug(workspace, {}); }

void carry_out(Workspace& workspace, const action::GuessBug& guess) {
  BugHunt& hunt = workspace.hunt;
  if (!hunt.on || hunt.found || hunt.given_up) return;
  if (guess.id == workspace.session().setup().bug) {
    hunt.found = true;
    ++hunt.rounds;
    hunt.at_once += hunt.wrong.empty();
  } else if (std::find(hunt.wrong.begin(), hunt.wrong.end(), guess.id) == hunt.wrong.end()) {
    hunt.wrong.push_back(guess.id);
  }
}

// Gives up, which tells what it was; when that is known, the bug goes.
void carry_out(Workspace& workspace, const action::EndHunt&) {
  BugHunt& hunt = workspace.hunt;
  if (!hunt.on) return;
  if (!hunt.found && !hunt.given_up) {
    hunt.given_up = true;
    ++hunt.rounds;
    return;
  }
  hunt.on = false;
  workspace.session().plant_bug("");
}

}  // namespace backstep
