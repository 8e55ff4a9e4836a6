#include "app/lab/lab.h"

namespace backstep {

namespace {

constexpr int surface_resolution = 56;

std::string title_of(const Session& session) {
  const auto& network = session.setup().network;
  const std::string what =
      network && !network->activations.empty() ? network->activations[0] : session.title();
  return what + ", epoch " + std::to_string(session.trainer().epoch());
}

}  // namespace

void Lab::freeze(const Session& session) {
  const EpochHistory& history = session.trainer().history();
  std::vector<std::string> names;
  for (int layer : history.layers())
    names.push_back(session.training_timeline().graph().layers()[static_cast<std::size_t>(layer)]);
  frozen_ = {title_of(session), history, std::move(names), view_.flow(), view_.norms()};
}

void Lab::compare(const Session& session, const std::string& field,
                  const std::vector<std::string>& values, std::string& mistake) {
  if (values.size() < 2 || values.size() > most_runs) {
    mistake = "Two to six runs are compared.";
    return;
  }
  for (const std::string& value : values) {
    with_change(session.setup(), {field, value}, mistake);
    if (!mistake.empty()) return;
  }
  try {
    comparison_ = std::make_unique<Comparison>(session.setup(), field, values);
  } catch (const ProgramError& error) {
    mistake = error.what();
  }
}

void Lab::compare_with_base(const Session& session, const Change& change, std::string& mistake) {
  with_change(session.setup(), change, mistake);
  if (!mistake.empty()) return;
  try {
    comparison_ = std::make_unique<Comparison>(session.setup(), change);
  } catch (const ProgramError& error) {
    mistake = error.what();
  }
}

bool Lab::refresh(const Session& session, const Deadline& deadline) {
  if (run_ != session.run_number()) {
    forget_run();
    view_ = RunView(session.experiment(), surface_resolution, RunView::Detail::layers);
    run_ = session.run_number();
  }
  return !session.runs() || view_.refresh(session.revision(), deadline);
}

void Lab::forget_run() {
  run_ = -1;
  view_ = {};
}

}  // namespace backstep
