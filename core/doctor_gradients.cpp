// What the doctor sees of gradients and neurons: exploding, vanishing, dead,
// saturated.
#include <algorithm>
#include <cmath>

#include "core/doctor_chart.h"
#include "core/number_words.h"

namespace backstep {

namespace {

constexpr double exploding_step = 10;  // a layer's norm over that of the layer after it
constexpr double far_apart = 100;      // the first layer's norm against the last's
constexpr double mostly_dead = 0.5;    // of all neurons
constexpr double dead_layer = 0.9;     // of one layer's
constexpr double mostly_saturated = 0.5;
constexpr double saturated_layer = 0.8;
constexpr Index least_samples = 4;  // on fewer a quiet neuron says nothing

// The geometric mean of factors.
struct Mean {
  double logarithms = 0;
  int count = 0;

  void add(double factor) {
    logarithms += std::log(factor);
    ++count;
  }
  double value() const { return count ? std::exp(logarithms / count) : 1; }
};

// What a hidden layer does to the gradient that comes back through it.
struct Keeping {
  Mean slopes, weights, batch_norms;
  double value() const { return slopes.value() * weights.value() * batch_norms.value(); }
  bool known() const { return weights.count > 0; }
};

Keeping keeping_of(const Chart& chart) {
  Keeping keeping;
  if (chart.flow.empty()) return keeping;
  const int first = chart.layers.front(), last = chart.layers.back();
  for (const FlowStep& step : chart.flow) {
    if (!(step.factor > 0) || !std::isfinite(step.factor)) break;
    if (step.kind == FlowKind::slope && step.layer != last) keeping.slopes.add(step.factor);
    if (step.kind == FlowKind::weights && step.layer != first) keeping.weights.add(step.factor);
    if (step.kind == FlowKind::batch_norm) keeping.batch_norms.add(step.factor);
  }
  return keeping;
}

// "slope of σ × 0.23, weights × 0.87"
std::string factors_of(const Chart& chart, const Keeping& keeping) {
  const Op* activation = chart.activation();
  std::string text;
  if (keeping.slopes.count)
    text = (activation ? "slope of " + std::string(activation->sign) : std::string("slopes")) +
           " × " + rounded(keeping.slopes.value()) + ", ";
  if (keeping.batch_norms.count)
    text += "batch norm × " + rounded(keeping.batch_norms.value()) + ", ";
  return text + "weights × " + rounded(keeping.weights.value());
}

// "1/5" or "0.85"
std::string part(double share) {
  const double times = 1 / share;
  return times >= 1.5 ? "1/" + grouped(std::lround(times)) : rounded(share);
}

std::string joined(std::initializer_list<std::string> sentences) {
  std::string text;
  for (const std::string& sentence : sentences)
    if (!sentence.empty()) text += (text.empty() ? "" : " ") + sentence;
  return text;
}

// The weights after which a layer keeps about all it gets: a power of two.
std::string healing_scale(double keeping) {
  const double power = std::clamp(std::round(-std::log2(keeping)), -3.0, 3.0);
  return number_text(std::exp2(power == 0 ? (keeping < 1 ? 1 : -1) : power));
}

bool some_widths_repeat(const Network& network) {
  return std::adjacent_find(network.widths.begin(), network.widths.end()) != network.widths.end();
}

std::vector<Remedy> for_vanishing(const Chart& chart, const Keeping& keeping) {
  if (!chart.setup().network) return {};
  const Network& network = *chart.setup().network;
  std::vector<Remedy> remedies;
  if (network.init == "zeros" || network.init_scale == 0) return {remedy("init", "xavier")};
  if (!network.batch_norm) remedies.push_back(remedy("batch_norm", "on"));
  if (!network.skip_connections && some_widths_repeat(network))
    remedies.push_back(remedy("skip_connections", "on"));
  // A sigmoid's slope is at most a quarter.
  const bool sigmoid = network.activations == std::vector<std::string>{"sigmoid"};
  if (sigmoid || (keeping.known() && keeping.value() < 0.7))
    remedies.push_back(remedy("weight_scale", sigmoid ? "4" : healing_scale(keeping.value())));
  for (const char* activation : {"tanh", "relu"})
    if (network.activations != std::vector<std::string>{activation})
      remedies.push_back(remedy("activation", activation));
  return remedies;
}

std::vector<Remedy> for_exploding(const Chart& chart, const Keeping& keeping) {
  std::vector<Remedy> remedies;
  if (keeping.known() && keeping.value() > 1.4)
    remedies.push_back(remedy("weight_scale", healing_scale(keeping.value())));
  if (chart.setup().training.clip_norm == 0) remedies.push_back(remedy("clip_norm", "1"));
  if (chart.setup().network && !chart.setup().network->batch_norm)
    remedies.push_back(remedy("batch_norm", "on"));
  remedies.push_back(learning_rate_times(chart, 0.1));
  return fitting(chart, std::move(remedies));
}

// The layer for which `share` is largest.
const LayerStats& worst(const Chart& chart, double LayerStats::*share) {
  return *std::max_element(
      chart.stats.begin(), chart.stats.end(),
      [&](const LayerStats& a, const LayerStats& b) { return a.*share < b.*share; });
}

// "7 of 8 neurons of layer 3"
std::string neurons_of(const Chart& chart, const LayerStats& layer, double share) {
  return grouped(std::lround(share * static_cast<double>(layer.neurons))) + " of " +
         grouped(layer.neurons) + (layer.neurons == 1 ? " neuron of " : " neurons of ") +
         chart.layer_words(layer.layer);
}

bool enough_samples(const Chart& chart) {
  return !chart.stats.empty() &&
         chart.graph().node(chart.stats.front().activation).value.shape.rows >= least_samples;
}

}  // namespace

std::optional<Finding> test_exploding(const Chart& chart) {
  const std::vector<double>& norms = chart.norms;
  if (norms.size() < 2 || chart.learned()) return {};
  std::size_t at = 0;  // the layer with the largest step
  double step = 0;
  for (std::size_t i = 0; i + 1 < norms.size(); ++i)
    if (norms[i + 1] > 0 && norms[i] / norms[i + 1] > step) {
      step = norms[i] / norms[i + 1];
      at = i;
    }
  const double whole = norms.back() > 0 ? norms.front() / norms.back() : 0;
  if (step <= exploding_step && whole < far_apart) return {};
  const bool overall = whole >= far_apart && whole > step;
  const int layer = chart.layers[overall ? 0 : at];
  const int after = chart.layers[overall ? norms.size() - 1 : at + 1];
  const Keeping keeping = keeping_of(chart);
  Finding finding = {.ailment = Ailment::exploding, .layer = layer};
  finding.text = joined(
      {as_sentence(chart.layer_words(layer)) + " receives " + rounded(overall ? whole : step) +
           " times more than " + chart.layer_words(after) + ".",
       keeping.known() && keeping.value() > 1.05
           ? "Each layer multiplies what reaches it by about " + rounded(keeping.value()) + ": " +
                 factors_of(chart, keeping) + "."
           : ""});
  finding.remedies = for_exploding(chart, keeping);
  return finding;
}

std::optional<Finding> test_vanishing(const Chart& chart) {
  const std::vector<double>& norms = chart.norms;
  if (norms.size() < 2 || chart.learned() || !(norms.back() > 0)) return {};
  if (norms.front() * far_apart > norms.back()) return {};
  // Where nothing at all arrives because a layer is dead, that is what is wrong.
  if (norms.front() == 0 && !chart.stats.empty() &&
      worst(chart, &LayerStats::dead).dead >= dead_layer)
    return {};
  const Keeping keeping = keeping_of(chart);
  Finding finding = {.ailment = Ailment::vanishing, .layer = chart.layers.front()};
  const std::string amount = norms.front() > 0
                                 ? rounded(norms.back() / norms.front()) + " times less than "
                                 : "nothing, unlike ";
  finding.text = joined({as_sentence(chart.layer_words(chart.layers.front())) + " receives " +
                             amount + chart.layer_words(chart.layers.back()) + ".",
                         keeping.known() && keeping.value() < 0.95
                             ? "Each layer keeps about " + part(keeping.value()) +
                                   " of what reaches it: " + factors_of(chart, keeping) + "."
                             : "",
                         chart.still_sentence()});
  finding.remedies = for_vanishing(chart, keeping);
  return finding;
}

std::optional<Finding> test_dead_relus(const Chart& chart) {
  if (!enough_samples(chart) || chart.learned()) return {};
  const LayerStats& layer = worst(chart, &LayerStats::dead);
  if (layer.dead < dead_layer && chart.dead_share() <= mostly_dead) return {};
  Finding finding = {
      .ailment = Ailment::dead_relus, .layer = layer.layer, .node = layer.activation};
  finding.text =
      joined({neurons_of(chart, layer, layer.dead) + " never fire on this data, " +
                  in_percent(chart.dead_share()) + " of all neurons.",
              in_percent(layer.silent_gradients) + " of the gradients there are exactly 0.",
              chart.still_sentence()});
  finding.remedies = fitting(chart, {remedy("activation", "leaky_relu"), remedy("init", "he"),
                                     remedy("batch_norm", "on"), learning_rate_times(chart, 0.1)});
  return finding;
}

std::optional<Finding> test_saturated(const Chart& chart) {
  if (!enough_samples(chart) || chart.learned()) return {};
  const LayerStats& layer = worst(chart, &LayerStats::saturated);
  if (layer.saturated < saturated_layer && chart.saturated_share() <= mostly_saturated) return {};
  Finding finding = {.ailment = Ailment::saturated, .layer = layer.layer, .node = layer.activation};
  finding.text = joined(
      {neurons_of(chart, layer, layer.saturated) +
           " are saturated: on 95% of the samples their slope is under a twentieth of "
           "its largest.",
       "The mean slope there is " + rounded(layer.mean_slope) + ".", chart.still_sentence()});
  finding.remedies = fitting(chart, {remedy("weight_scale", "0.25"), remedy("batch_norm", "on"),
                                     remedy("init", "xavier"), remedy("activation", "relu")});
  return finding;
}

}  // namespace backstep
