#include "app/lab/compared_runs.h"

#include <algorithm>

namespace backstep {

namespace {

bool can_differ_in(const Setup& setup, const std::string& setting) {
  const Changeable* row = find_changeable(setting);
  return row && (setup.network || !row->needs_network);
}

std::string mistake_in(const Setup& setup, const std::string& setting,
                       const std::vector<std::string>& values) {
  std::string mistake;
  for (const std::string& value : values)
    if (mistake.empty()) with_change(setup, {setting, value}, mistake);
  return mistake;
}

// Those the document names for the setting while the setup takes them, else the
// setting's first three.
std::vector<std::string> values_wanted(const Session& session, const std::string& setting) {
  const Document& document = session.as_given();
  const std::vector<std::string>& saved = document.compare_values;
  if (document.compare_by == setting && !saved.empty() &&
      mistake_in(session.setup(), setting, saved).empty())
    return saved;
  const Changeable* changeable = find_changeable(setting);
  std::vector<std::string> values(changeable->values.begin(), changeable->values.end());
  values.resize(std::min<std::size_t>(values.size(), 3));
  return values;
}

}  // namespace

bool ComparedRuns::belong_to(const Session& session) const {
  return run_number_ == session.run_number() &&
         learning_rate_ == session.training_timeline().learning_rate();
}

void ComparedRuns::remember(const Session& session) {
  run_number_ = session.run_number();
  learning_rate_ = session.training_timeline().learning_rate();
}

std::string ComparedRuns::compare(Session& session, const std::string& setting,
                                  const std::vector<std::string>& values) {
  std::string mistake = values.size() < 2 || values.size() > most_runs
                            ? "Two to six runs are compared."
                            : mistake_in(session.setup(), setting, values);
  if (mistake.empty())
    mistake = make(session, [&] { return Comparison(session.setup(), setting, values); });
  remember(session);  // so that what is refused is not tried again with every frame
  return mistake;
}

std::string ComparedRuns::compare_with_base(Session& session, const Change& change) {
  std::string mistake = mistake_in(session.setup(), change.setting, {change.value});
  if (mistake.empty()) mistake = make(session, [&] { return Comparison(session.setup(), change); });
  if (mistake.empty()) remember(session);
  return mistake;
}

std::string ComparedRuns::make(Session& session, const std::function<Comparison()>& runs) {
  try {
    comparison_ = std::make_unique<Comparison>(runs());
  } catch (const ProgramError& error) {
    return error.what();
  }
  session.set_comparison(comparison_->setting(), comparison_->values());
  chosen_ = 0;
  return "";
}

// The setting of the runs there are, or of those when the session was saved, while
// the setup still has it.
std::string ComparedRuns::setting_wanted(const Session& session) const {
  const Setup& setup = session.setup();
  if (comparison_ && can_differ_in(setup, comparison_->setting())) return comparison_->setting();
  const std::string& saved = session.as_given().compare_by;
  if (can_differ_in(setup, saved)) return saved;
  return setup.network ? "activation" : "learning_rate";
}

// Runs of a setup that is gone go too, whether others can take their place or not.
bool ComparedRuns::keep_up(Session& session, std::string& mistake) {
  if (belong_to(session) || !session.runs()) return false;
  const std::string setting = setting_wanted(session);
  const std::vector<std::string> values = values_wanted(session, setting);
  comparison_.reset();
  mistake = compare(session, setting, values);
  return mistake.empty();
}

void ComparedRuns::forget() {
  comparison_.reset();
  run_number_ = -1;
}

void ComparedRuns::choose(int run) {
  const int last = comparison_ ? static_cast<int>(comparison_->runs().size()) - 1 : 0;
  chosen_ = std::clamp(run, 0, last);
}

void ComparedRuns::replay(int run, const Change& change) {
  if (!comparison_) return;
  comparison_->replay(static_cast<std::size_t>(run), change);
  choose(static_cast<int>(comparison_->runs().size()) - 1);
}

void ComparedRuns::remove(int run) {
  if (comparison_) comparison_->remove(static_cast<std::size_t>(run));
  choose(0);
}

}  // namespace backstep
