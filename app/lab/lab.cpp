#include "app/lab/lab.h"

#include <algorithm>
#include <cmath>

#include "core/engine/passes.h"

namespace backstep {

namespace {

constexpr int field_resolution = 56;

std::string title_of(const Session& session) {
  const auto& network = session.setup().network;
  const std::string what =
      network && !network->activations.empty() ? network->activations[0] : session.title();
  return what + ", epoch " + std::to_string(session.trainer().epoch());
}

// ‖Δθ‖ / ‖θ‖ by layer of the update that the graph's gradients would make now.
// The graph's parameters are those after it when this returns.
std::vector<double> update_ratios(const Graph& graph, const Timeline& timeline,
                                  const std::vector<int>& layers) {
  Updater updater = timeline.updater();
  const long every = updater.training().accumulate;
  const long pass = (timeline.position().update / every + 1) * every - 1;
  std::vector<double> before(layers.size(), 0), change(layers.size(), 0), old;
  for (int parameter : graph.parameters()) {
    const Node& node = graph.node(parameter);
    old.assign(node.value.begin(), node.value.end());
    updater.update(graph, parameter, pass);
    const auto layer = static_cast<std::size_t>(
        std::find(layers.begin(), layers.end(), node.layer) - layers.begin());
    for (std::size_t i = 0; i < old.size(); ++i) {
      const double moved = node.value.data[i] - old[i];
      before[layer] += old[i] * old[i];
      change[layer] += moved * moved;
    }
  }
  for (std::size_t i = 0; i < layers.size(); ++i) change[i] = std::sqrt(change[i] / before[i]);
  return change;
}

}  // namespace

void Lab::watch(int node) {
  watch_ = node;
  if (field_) field_->watch(node);
  looking_ = Looking::nothing;
  revision_ = -1;
}

void Lab::freeze(const Session& session) {
  const EpochHistory& history = session.trainer().history();
  std::vector<std::string> names;
  for (int layer : history.layers())
    names.push_back(session.training_timeline().graph().layers()[static_cast<std::size_t>(layer)]);
  frozen_ = {title_of(session), history, std::move(names), flow_, profile_};
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

// ---- looking at the session's run ------------------------------------------------

void Lab::start_over(const Session& session) {
  run_ = -1;  // until there is all that is needed to look at it
  field_ = make_surface(session.experiment(), field_resolution);
  examination_ =
      std::make_unique<FullSetPass>(session.training_timeline(), session.make(), session.data());
  run_ = session.run_number();
  stats_.clear();
  flow_.clear();
  profile_.clear();
  update_ratio_.clear();
  diagnosis_ = {};
  examined_ = false;
  looking_ = Looking::nothing;
  revision_ = -1;
  watch_ = -1;
}

// One thing read off the examination at a time, so that a frame never waits for
// all of them. Returns whether that was the last.
bool Lab::read_examination(const Session& session) {
  const Graph& graph = examination_->graph();
  const EpochHistory& history = session.trainer().history();
  switch (read_++) {
    case 0:
      stats_ = layer_stats(graph);
      break;
    case 1:
      flow_ = gradient_flow(graph);
      profile_.clear();
      for (int layer : history.layers()) profile_.push_back(gradient_norm(graph, layer));
      break;
    case 2:
      diagnosis_ = diagnose({session.experiment().setup(), session.data(), graph, history});
      break;
    default:
      update_ratio_ = update_ratios(graph, session.training_timeline(), history.layers());
      examined_ = true;
      if (watch_ < 0 && !stats_.empty() && stats_.front().activation >= 0) {
        watch_ = stats_.front().activation;
        if (field_) field_->watch(watch_);
      }
      return true;
  }
  return false;
}

bool Lab::look(const Session& session, const Deadline& deadline) {
  if (run_ != session.run_number()) start_over(session);
  if (!session.runs()) return true;
  const Graph& trained = session.training_timeline().graph();
  if (looking_ == Looking::nothing) {
    if (revision_ == session.revision()) return true;
    revision_ = session.revision();
    examination_->begin(trained);
    if (field_) field_->begin(trained);
    looking_ = Looking::examination;
    read_ = 0;
  }
  if (looking_ == Looking::examination) {
    if (!examination_->work(deadline)) return false;
    looking_ = Looking::reading;
  }
  while (looking_ == Looking::reading) {
    if (read_examination(session)) looking_ = Looking::field;
    if (deadline.passed()) return false;
  }
  if (field_ && !field_->work(deadline)) return false;
  looking_ = Looking::nothing;
  return revision_ == session.revision();
}

}  // namespace backstep
