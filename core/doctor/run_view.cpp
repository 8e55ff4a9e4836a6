#include "core/doctor/run_view.h"

#include <algorithm>
#include <cmath>

#include "core/engine/passes.h"

namespace backstep {

namespace {

// The node whose values the surface shows: "p", or in a program without one
// what the loss compares with the target.
int answer_node(const Graph& graph) {
  const int named = graph.find("p");
  return named >= 0 ? named : graph.node(graph.loss()).inputs.front();
}

std::unique_ptr<DecisionSurface> make_surface(const Experiment& experiment, int resolution) {
  const Setup& setup = experiment.setup();
  if (!setup.samples || setup.samples->count() == 0 || setup.samples->inputs.shape.columns > 2)
    return nullptr;
  return std::make_unique<DecisionSurface>(
      experiment.make(), experiment.data().train, "x", answer_node(experiment.timeline().graph()),
      input_range_of(*setup.samples), resolution, scaling_of(setup));
}

// ‖Δθ‖ / ‖θ‖ by layer of the update that the graph's gradients would make now.
// It is made on `graph`, whose parameters are those after it when this returns.
std::vector<double> update_ratios_of(const Graph& graph, const Timeline& timeline,
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

RunView::RunView(const Experiment& experiment, int resolution, Detail detail)
    : experiment_(&experiment),
      detail_(detail),
      surface_(make_surface(experiment, resolution)),
      pass_(std::make_unique<FullSetPass>(experiment.timeline(), experiment.make(),
                                          experiment.data())) {}

void RunView::watch(int node) {
  watched_ = node;
  if (surface_) surface_->watch(node);
  stage_ = Stage::idle;
  version_.reset();
}

void RunView::begin() {
  const Graph& trained = experiment_->timeline().graph();
  pass_->begin(trained);
  if (surface_) surface_->begin(trained);
  stage_ = Stage::pass;
  readings_ = 0;
}

// One reading at a time, so that a frame never waits for all of them. True when
// it was the last.
bool RunView::take_reading() {
  const Graph& graph = pass_->graph();
  const EpochHistory& history = experiment_->trainer().history();
  switch (readings_++) {
    case 0:
      flow_ = gradient_flow(graph);
      return false;
    case 1:
      diagnosis_ = diagnose({experiment_->setup(), experiment_->data(), graph, history});
      return detail_ == Detail::diagnosis;
    case 2:
      layers_ = layer_stats(graph);
      norms_.clear();
      for (int layer : history.layers()) norms_.push_back(gradient_norm(graph, layer));
      return false;
    default:
      // The last one, as it changes the parameters of the graph.
      update_ratios_ = update_ratios_of(graph, experiment_->timeline(), history.layers());
      layers_known_ = true;
      if (watched_ < 0 && !layers_.empty() && layers_.front().activation >= 0) {
        watched_ = layers_.front().activation;
        if (surface_) surface_->watch(watched_);
      }
      return true;
  }
}

bool RunView::refresh(long version, const Deadline& deadline) {
  if (!experiment_ || shows(version)) return true;
  if (stage_ == Stage::idle) {
    version_ = version;
    begin();
  }
  if (stage_ == Stage::pass) {
    if (!pass_->work(deadline)) return false;
    stage_ = Stage::readings;
  }
  while (stage_ == Stage::readings) {
    if (take_reading()) stage_ = Stage::surface;
    if (deadline.passed()) return false;
  }
  if (surface_ && !surface_->work(deadline)) return false;
  stage_ = Stage::idle;
  return shows(version);
}

}  // namespace backstep
