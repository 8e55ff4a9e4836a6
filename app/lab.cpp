#include "app/lab.h"

#include <cmath>

#include "core/passes.h"

namespace backstep {

namespace {

constexpr int field_resolution = 56;

std::string title_of(const Session& session) {
  const auto& network = session.setup().network;
  const std::string what =
      network && !network->activations.empty() ? network->activations[0] : session.title();
  return what + ", epoch " + std::to_string(session.trainer().epoch());
}

double size_of(const std::vector<double>& numbers) {
  double squares = 0;
  for (double number : numbers) squares += number * number;
  return std::sqrt(squares);
}

// ‖Δθ‖ / ‖θ‖ by layer of the update that the graph's gradients would make now.
// The graph's parameters are those after it when this returns.
std::vector<double> update_ratios(const Graph& graph, const Timeline& timeline,
                                  const std::vector<int>& layers) {
  Updater updater = timeline.updater();
  const long every = updater.training().accumulate;
  const long pass = (timeline.position().update / every + 1) * every - 1;
  std::vector<double> ratios;
  std::vector<std::vector<double>> before(layers.size()), change(layers.size());
  for (int parameter : graph.parameters()) {
    const Node& node = graph.node(parameter);
    const std::vector<double> old(node.value.begin(), node.value.end());
    updater.update(graph, parameter, pass);
    const auto place = std::find(layers.begin(), layers.end(), node.layer) - layers.begin();
    for (std::size_t i = 0; i < old.size(); ++i) {
      before[static_cast<std::size_t>(place)].push_back(old[i]);
      change[static_cast<std::size_t>(place)].push_back(node.value.data[i] - old[i]);
    }
  }
  for (std::size_t i = 0; i < layers.size(); ++i)
    ratios.push_back(size_of(change[i]) / size_of(before[i]));
  return ratios;
}

}  // namespace

void Lab::watch(int node) {
  watch_ = node;
  if (field_) field_->watch(node);
  looking_ = false;
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

// ---- looking at the session's run ------------------------------------------------

void Lab::start_over(const Session& session) {
  run_ = session.run_number();
  field_ = make_field(session.experiment(), field_resolution);
  examination_ =
      std::make_unique<Examination>(session.training_timeline(), session.make(), session.data());
  stats_.clear();
  flow_.clear();
  profile_.clear();
  update_ratio_.clear();
  diagnosis_ = {};
  examined_ = looking_ = false;
  revision_ = -1;
  watch_ = -1;
}

void Lab::read_examination(const Session& session) {
  const Graph& graph = examination_->graph();
  stats_ = layer_stats(graph);
  flow_ = gradient_flow(graph);
  const EpochHistory& history = session.trainer().history();
  diagnosis_ = diagnose({session.experiment().setup(), session.data(), graph, history});
  profile_.clear();
  for (int layer : history.layers()) profile_.push_back(gradient_norm(graph, layer));
  update_ratio_ = update_ratios(graph, session.training_timeline(), history.layers());
  examined_ = true;
  if (watch_ < 0 && !stats_.empty() && stats_.front().activation >= 0) {
    watch_ = stats_.front().activation;
    if (field_) field_->watch(watch_);
  }
}

bool Lab::look(const Session& session, const Deadline& deadline) {
  if (run_ != session.run_number()) start_over(session);
  if (!session.runs()) return true;
  const Graph& trained = session.training_timeline().graph();
  if (!looking_) {
    if (revision_ == session.revision()) return true;
    revision_ = session.revision();
    examination_->begin(trained);
    if (field_) field_->begin(trained);
    looking_ = true;
    read_ = false;
  }
  if (!read_) {
    if (!examination_->work(deadline)) return false;
    read_examination(session);
    read_ = true;
  }
  if (field_ && !field_->work(deadline)) return false;
  looking_ = false;
  return revision_ == session.revision();
}

}  // namespace backstep
