#include "core/doctor/doctor_chart.h"

#include <algorithm>
#include <cmath>

#include "core/base/number_words.h"
#include "core/engine/arrays.h"
#include "core/engine/passes.h"
#include "core/stepping/optimizers.h"

namespace backstep {

namespace {

constexpr std::size_t recent_rows = 9;  // of norms
constexpr std::size_t recent_losses = 5;
// A loss that stays within this share of itself, for so many epochs, has not moved.
constexpr double still = 0.01;
constexpr long min_still_epochs = 10;

double median(std::vector<double> numbers) {
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::nth_element(numbers.begin(), middle, numbers.end());
  return *middle;
}

// The median of the last `most` rows. The row before the first update is left out,
// unless it is the only one.
double recent(const std::vector<double>& rows, std::size_t most) {
  const std::size_t count = std::min(most, std::max<std::size_t>(rows.size() - 1, 1));
  return median({rows.end() - static_cast<std::ptrdiff_t>(count), rows.end()});
}

// The loss of the best guess that is the same for every sample; 0 where the loss has
// no formula for it.
double constant_guess_loss(const Graph& graph) {
  const Node& loss = graph.node(graph.loss());
  if (loss.inputs.size() != 2 || !loss.op->loss.of_best_constant) return 0;
  return loss.op->loss.of_best_constant(graph.node(loss.inputs[1]).value);
}

// The usual ‖Δθ‖ of one update divided by the learning rate, for gradients of this norm.
double step_size(const Training& training, double norm, Index parameters) {
  const Optimizer& optimizer = *find_optimizer(training.optimizer);
  if (optimizer.normalises) return std::sqrt(static_cast<double>(parameters));
  return optimizer.uses_momentum ? norm / (1 - training.momentum) : norm;
}

double updates_per_epoch(const Chart& chart) {
  const Training& training = chart.setup().training;
  const NamedData& train = chart.patient.data.train;
  if (train.empty() || training.batch_size == 0) return 1;
  const long rows = train.begin()->second.shape.rows;
  return std::max(1.0, static_cast<double>(passes_per_epoch(rows, training)) /
                           static_cast<double>(training.accumulate));
}

}  // namespace

Chart::Chart(const Patient& p)
    : patient(p),
      layers(p.history.layers()),
      stats(layer_stats(p.graph, 0)),
      flow(gradient_flow(p.graph)) {
  const EpochHistory& history = p.history;
  for (std::size_t i = 0; i < layers.size(); ++i)
    norms.push_back(gradient_norm(p.graph, layers[i]));
  first_norms = batch_norms = norms;
  for (std::size_t i = 0; i < layers.size() && history.size() > 0; ++i) {
    batch_norms[i] = recent(history.norm(static_cast<int>(i)), recent_rows);
    first_norms[i] = history.norm(static_cast<int>(i)).front();
  }
  const double now = p.graph.node(p.graph.loss()).value[0];
  epoch = std::max(history.last(), 0L);
  loss = history.size() > 0 ? recent(losses(), recent_losses) : now;
  first = history.size() > 0 ? losses().front() : now;
  baseline = constant_guess_loss(p.graph);
  baseline_known = baseline > 0;
  if (!baseline_known) baseline = first;
}

// The last two epochs must agree, since a single low loss may be luck.
bool Chart::learned(double share) const {
  if (losses().empty()) return loss <= share * baseline;
  const std::size_t rows = std::min<std::size_t>(losses().size(), 2);
  return std::all_of(losses().end() - static_cast<std::ptrdiff_t>(rows), losses().end(),
                     [&](double each) { return each <= share * baseline; });
}

long Chart::still_epochs() const {
  if (losses().empty()) return 0;
  const double last = losses().back();
  std::size_t row = losses().size() - 1;
  while (row > 0 && std::abs(losses()[row - 1] - last) <= still * std::abs(last)) --row;
  return std::lround(epochs().back() - epochs()[row]);
}

std::string Chart::still_sentence() const {
  const long count = still_epochs();
  if (count < min_still_epochs || learned()) return "";
  return "Loss has not moved for " + grouped(count) + " epochs.";
}

double Chart::moved() const {
  double size = 0, squares = 0;
  Index count = 0;
  for (int parameter : graph().parameters()) {
    const View value = graph().node(parameter).value;
    size += entries(value).square().sum();
    count += value.shape.size();
  }
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const double largest = std::max(batch_norms[i], first_norms[i]);
    squares += largest * largest;
  }
  const Training& training = setup().training;
  const double step = training.learning_rate * step_size(training, std::sqrt(squares), count);
  return step * updates_per_epoch(*this) * static_cast<double>(epoch) /
         std::sqrt(std::max(size, 1e-12));
}

long Chart::neurons() const {
  long count = 0;
  for (const LayerStats& layer : stats) count += layer.neurons;
  return count;
}

double Chart::dead_share() const {
  double count = 0;
  for (const LayerStats& layer : stats)
    if (can_die(layer)) count += layer.dead * static_cast<double>(layer.neurons);
  return count / static_cast<double>(std::max(neurons(), 1L));
}

bool Chart::can_die(const LayerStats& layer) const {
  return graph().node(layer.activation).op->can_die;
}

double Chart::saturated_share() const {
  double count = 0;
  for (const LayerStats& layer : stats)
    count += layer.saturated * static_cast<double>(layer.neurons);
  return count / static_cast<double>(std::max(neurons(), 1L));
}

const Op* Chart::activation() const {
  const Op* shared = nullptr;
  for (const LayerStats& layer : stats) {
    const Op* op = graph().node(layer.activation).op;
    if (shared && op != shared) return nullptr;
    shared = op;
  }
  return shared && shared->operand_count() == 1 ? shared : nullptr;
}

std::string Chart::layer_words(int layer) const {
  const std::string& name = graph().layers()[static_cast<std::size_t>(layer)];
  if (name.empty()) return "the network";
  return name.starts_with("layer ") ? name : "layer " + name;
}

Remedy remedy(const std::string& setting, const std::string& value) {
  return {"Replay with " + addition_words({setting, value}), {setting, value}};
}

Remedy learning_rate_times(const Chart& chart, double factor) {
  constexpr double usual = 0.1;
  const double now = chart.setup().training.learning_rate;
  const double rate = now > 0 ? round_to_two_digits(factor * now) : usual;
  return remedy("learning_rate", number_text(rate));
}

std::vector<Remedy> fitting(const Chart& chart, std::vector<Remedy> remedies) {
  std::erase_if(remedies, [&](const Remedy& each) {
    return find_changeable(each.change.setting)->needs_network && !chart.setup().network;
  });
  return remedies;
}

std::string in_percent(double share) {
  const double hundredths = 100 * share;
  return (hundredths > 0 && hundredths < 1 ? two_digits(hundredths)
                                           : std::to_string(std::lround(hundredths))) +
         "%";
}

}  // namespace backstep
