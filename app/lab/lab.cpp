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
