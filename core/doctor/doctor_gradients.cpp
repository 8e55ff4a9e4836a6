// Ailments of gradients and neurons: exploding, vanishing, dead, saturated.
#include <algorithm>
#include <cmath>

#include "core/base/number_words.h"
#include "core/base/text.h"
#include "core/doctor/doctor_chart.h"

namespace backstep {

namespace {

// A gradient explodes where a layer's parameters receive `exploding_step` times as much
// as those of the layer after it, and its neurons at least `neurons_step` times as much;
// or where the first and the last layer are `far_apart`, and each layer multiplies what
// reaches it by `growth_per_layer`.
constexpr double exploding_step = 10;
constexpr double neurons_step = 2;
constexpr double growth_per_layer = 1.05;
constexpr double far_apart = 100;    // the first layer's norm against the last's
constexpr double mostly_dead = 0.5;  // share of all neurons
constexpr double dead_layer = 0.9;   // share of the neurons of one layer
constexpr double mostly_saturated = 0.5;
constexpr double saturated_layer = 0.8;
// With fewer samples than this it may be chance that a neuron never fires.
constexpr Index min_samples = 4;

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

// By which factors a hidden layer multiplies the gradient that passes back through it,
// on average over the layers.
struct LayerFactors {
  Mean slopes, weights, batch_norms;
  double value() const { return slopes.value() * weights.value() * batch_norms.value(); }
  bool known() const { return weights.count > 0; }
};

LayerFactors layer_factors(const Chart& chart) {
  LayerFactors factors;
  if (chart.flow.empty()) return factors;
  const int first = chart.layers.front(), last = chart.layers.back();
  for (const FlowStep& step : chart.flow) {
    if (!(step.factor > 0) || !std::isfinite(step.factor)) break;
    if (step.kind == FlowKind::slope && step.layer != last) factors.slopes.add(step.factor);
    if (step.kind == FlowKind::weights && step.layer != first) factors.weights.add(step.factor);
    if (step.kind == FlowKind::batch_norm) factors.batch_norms.add(step.factor);
  }
  return factors;
}

// "slope of σ × 0.23, weights × 0.87"
std::string factor_words(const Chart& chart, const LayerFactors& factors) {
  const Op* activation = chart.activation();
  std::string text;
  if (factors.slopes.count)
    text = (activation ? "slope of " + std::string(activation->sign) : std::string("slopes")) +
           " × " + two_digits(factors.slopes.value()) + ", ";
  if (factors.batch_norms.count)
    text += "batch norm × " + two_digits(factors.batch_norms.value()) + ", ";
  return text + "weights × " + two_digits(factors.weights.value());
}

// "about 1/5", "about 0.85" or "less than a millionth".
std::string fraction_words(double share) {
  const double times = 1 / share;
  if (times > 1e6) return "less than a millionth";
  if (times < 1.5) return "about " + two_digits(share);
  return "about 1/" + (times < 100 ? grouped(std::lround(times)) : two_digits(times));
}

// The sentences that are not empty, one after the other.
std::string paragraph(std::initializer_list<std::string> sentences) {
  std::string text;
  for (const std::string& sentence : sentences)
    if (!sentence.empty()) text += (text.empty() ? "" : " ") + sentence;
  return text;
}

// What to multiply weights by so that a layer passes back about all that reaches it, as
// a power of two; `factor` is what it multiplies the gradient by now.
std::string restoring_scale(double factor) {
  const double power = std::clamp(std::round(-std::log2(factor)), -3.0, 3.0);
  return number_text(std::exp2(power == 0 ? (factor < 1 ? 1 : -1) : power));
}

bool some_widths_repeat(const Network& network) {
  return std::adjacent_find(network.widths.begin(), network.widths.end()) != network.widths.end();
}

std::vector<Remedy> for_vanishing(const Chart& chart, const LayerFactors& factors) {
  if (!chart.setup().network) return {};
  const Network& network = *chart.setup().network;
  std::vector<Remedy> remedies;
  if (network.init == "zeros" || network.init_scale == 0) return {remedy("init", "xavier")};
  if (!network.batch_norm) remedies.push_back(remedy("batch_norm", "on"));
  if (!network.skip_connections && some_widths_repeat(network))
    remedies.push_back(remedy("skip_connections", "on"));
  // A sigmoid's slope is at most a quarter.
  const bool sigmoid = network.activations == std::vector<std::string>{"sigmoid"};
  if (sigmoid || (factors.known() && factors.value() < 0.7))
    remedies.push_back(remedy("weight_scale", sigmoid ? "4" : restoring_scale(factors.value())));
  for (const char* activation : {"tanh", "relu"})
    if (network.activations != std::vector<std::string>{activation})
      remedies.push_back(remedy("activation", activation));
  return remedies;
}

std::vector<Remedy> for_exploding(const Chart& chart, const LayerFactors& factors) {
  std::vector<Remedy> remedies;
  if (factors.known() && factors.value() > 1.4)
    remedies.push_back(remedy("weight_scale", restoring_scale(factors.value())));
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

// The layer with the largest share of dead neurons, or null.
const LayerStats* deadest(const Chart& chart) {
  const LayerStats* found = nullptr;
  for (const LayerStats& layer : chart.stats)
    if (chart.can_die(layer) && (!found || layer.dead > found->dead)) found = &layer;
  return found;
}

// ‖∂L/∂z‖ of a layer, z being what its weights give, or 0 where there is none.
double norm_before_weights(const Chart& chart, int layer) {
  for (const FlowStep& step : chart.flow)
    if (step.kind == FlowKind::weights && step.layer == layer)
      return step.from < 0 ? 1 : chart.flow[static_cast<std::size_t>(step.from)].norm;
  return 0;
}

// "7 of 8 neurons of layer 3"
std::string neurons_of(const Chart& chart, const LayerStats& layer, double share) {
  return grouped(std::lround(share * static_cast<double>(layer.neurons))) + " of " +
         grouped(layer.neurons) + " " + plural(layer.neurons, "neuron") + " of " +
         chart.layer_words(layer.layer);
}

bool enough_samples(const Chart& chart) {
  return !chart.stats.empty() &&
         chart.graph().node(chart.stats.front().activation).value.shape.rows >= min_samples;
}

// How the gradient grows on the way back from one layer to an earlier one.
struct Growth {
  std::size_t from = 0, to = 0;  // indices into Chart::layers
  double parameters = 0;         // how many times more the parameters of `to` receive
  double neurons = 0;            // how many times more its neurons receive
};

Growth growth_between(const Chart& chart, std::size_t from, std::size_t to) {
  const double neurons = norm_before_weights(chart, chart.layers[from]);
  return {from, to, chart.norms[from] > 0 ? chart.norms[to] / chart.norms[from] : 0,
          neurons > 0 ? norm_before_weights(chart, chart.layers[to]) / neurons : 0};
}

// The growth over all layers, or the largest between two neighbours; nothing when
// neither is an explosion.
std::optional<Growth> explosion(const Chart& chart, const LayerFactors& factors) {
  const std::size_t last = chart.norms.size() - 1;
  const Growth whole = growth_between(chart, last, 0);
  if (std::max(whole.parameters, whole.neurons) >= far_apart && factors.value() > growth_per_layer)
    return whole;
  std::optional<Growth> largest;
  for (std::size_t i = 0; i < last; ++i) {
    const Growth step = growth_between(chart, i + 1, i);
    if (step.parameters > exploding_step && step.neurons > neurons_step &&
        (!largest || step.parameters > largest->parameters))
      largest = step;
  }
  return largest;
}

std::optional<Finding> test_exploding(const Chart& chart) {
  if (chart.norms.size() < 2 || chart.learned()) return {};
  const LayerFactors factors = layer_factors(chart);
  const std::optional<Growth> growth = explosion(chart, factors);
  if (!growth) return {};
  Finding finding = {.layer = chart.layers[growth->to]};
  const std::string to = chart.layer_words(chart.layers[growth->to]);
  const std::string from = chart.layer_words(chart.layers[growth->from]);
  finding.text =
      paragraph({growth->parameters > exploding_step
                     ? capitalised(to) + " receives " + two_digits(growth->parameters) +
                           " times more than " + from + "."
                     : "The gradient grows " + two_digits(growth->neurons) + " times from " + from +
                           " to " + to + ".",
                 factors.known() && factors.value() > growth_per_layer
                     ? "Each layer multiplies what reaches it by about " +
                           two_digits(factors.value()) + ": " + factor_words(chart, factors) + "."
                     : ""});
  finding.remedies = for_exploding(chart, factors);
  return finding;
}

std::optional<Finding> test_vanishing(const Chart& chart) {
  if (chart.norms.size() < 2 || chart.learned()) return {};
  // A last layer whose gradient has gone to 0 hides the difference; if nothing was
  // learned either, the norms before training show it.
  const auto apart = [](const std::vector<double>& norms) {
    return norms.back() > 0 && norms.front() * far_apart <= norms.back();
  };
  const bool at_first = apart(chart.first_norms) && !chart.learned(0.9);
  // The neurons' gradients show the difference even when the last layer's parameters
  // have stopped changing.
  const double arrives = norm_before_weights(chart, chart.layers.front());
  const double sent = norm_before_weights(chart, chart.layers.back());
  const bool on_the_way = arrives > 0 && sent >= far_apart * arrives;
  const bool now = apart(chart.norms) || (at_first && on_the_way);
  if (!now && !at_first) return {};
  const std::vector<double>& norms = now ? chart.norms : chart.first_norms;
  // When nothing arrives because a layer is dead, the dead layer is the diagnosis.
  const LayerStats* dead = deadest(chart);
  if (norms.front() == 0 && dead && dead->dead >= dead_layer) return {};
  const LayerFactors factors = layer_factors(chart);
  Finding finding = {.layer = chart.layers.front()};
  const double times = now && on_the_way ? sent / arrives : norms.back() / norms.front();
  const std::string amount =
      norms.front() > 0 ? two_digits(times) + " times less than " : "nothing, unlike ";
  const std::string first = chart.layer_words(chart.layers.front()),
                    last = chart.layer_words(chart.layers.back());
  const std::string compared =
      now && on_the_way ? "The neurons of " + first + " receive " + amount + "those of " + last
                        : capitalised(first) + (now ? " receives " : " received ") + amount + last;
  finding.text = paragraph({compared + (now ? "." : " at the start."),
                            factors.known() && factors.value() < 0.95
                                ? "Each layer keeps " + fraction_words(factors.value()) +
                                      " of what reaches it: " + factor_words(chart, factors) + "."
                                : "",
                            chart.still_sentence()});
  finding.remedies = for_vanishing(chart, factors);
  return finding;
}

std::optional<Finding> test_dead_relus(const Chart& chart) {
  const LayerStats* layer = deadest(chart);
  if (!layer || !enough_samples(chart) || chart.learned()) return {};
  if (layer->dead < dead_layer && chart.dead_share() <= mostly_dead) return {};
  Finding finding = {.layer = layer->layer, .node = layer->activation};
  finding.text =
      paragraph({neurons_of(chart, *layer, layer->dead) + " never fire on this data, " +
                     in_percent(chart.dead_share()) + " of all neurons.",
                 in_percent(layer->silent_gradients) + " of the gradients there are exactly 0.",
                 chart.still_sentence()});
  finding.remedies = fitting(chart, {remedy("activation", "leaky_relu"), remedy("init", "he"),
                                     remedy("batch_norm", "on"), learning_rate_times(chart, 0.1)});
  return finding;
}

std::optional<Finding> test_saturated(const Chart& chart) {
  if (!enough_samples(chart) || chart.learned()) return {};
  const LayerStats& layer = worst(chart, &LayerStats::saturated);
  if (layer.saturated < saturated_layer && chart.saturated_share() <= mostly_saturated) return {};
  Finding finding = {.layer = layer.layer, .node = layer.activation};
  finding.text = paragraph(
      {neurons_of(chart, layer, layer.saturated) +
           " are saturated: on 95% of the samples their slope is under a twentieth of "
           "its largest.",
       "The mean slope there is " + two_digits(layer.mean_slope) + ".", chart.still_sentence()});
  finding.remedies = fitting(chart, {remedy("weight_scale", "0.25"), remedy("batch_norm", "on"),
                                     remedy("init", "xavier"), remedy("activation", "relu")});
  return finding;
}

}  // namespace

std::vector<Ailment> ailments_of_gradients() {
  return {
      {.name = "exploding",
       .title = "gradients explode",
       .place = 40,
       .test = test_exploding,
       .explained_by = {"not_finite"}},
      {.name = "vanishing",
       .title = "gradients vanish",
       .place = 50,
       .test = test_vanishing,
       .explained_by = {"not_finite"},
       .verdict = "layer 1 hears nothing"},
      {.name = "dead_relus",
       .title = "neurons are dead",
       .place = 60,
       .test = test_dead_relus,
       .explained_by = {"not_finite"}},
      {.name = "saturated",
       .title = "neurons are saturated",
       .place = 70,
       .test = test_saturated,
       .explained_by = {"not_finite"}},
  };
}

}  // namespace backstep
