#include "app/panels/setup/setup_edit.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "app/paint/numbers.h"
#include "core/base/number_words.h"
#include "core/base/text.h"
#include "core/program/initial_values.h"
#include "core/runs/change.h"

namespace backstep {

// ---- networks -------------------------------------------------------------------

Network with_layer_count(Network network, std::size_t count) {
  const int width = network.widths.empty() ? 4 : network.widths.back();
  const std::string last = network.activations.back();
  const bool own = network.activations.size() > 1;
  network.widths.resize(std::min(count, most_hidden_layers), width);
  if (own) network.activations.resize(std::max<std::size_t>(1, network.widths.size()), last);
  return network;
}

Network with_widths(Network network, int width) {
  std::fill(network.widths.begin(), network.widths.end(), std::clamp(width, 1, widest_layer));
  return network;
}

Network with_activation(Network network, const std::string& activation) {
  network.activations = {activation};
  return network;
}

Network with_own_activations(Network network) {
  if (network.activations.size() == 1 && !network.widths.empty())
    network.activations.resize(network.widths.size(), std::string(network.activations[0]));
  return network;
}

Setup with_fresh_weights(Setup setup) {
  setup.parameters.clear();
  return setup;
}

NetworkStart network_instead(const Setup& setup, const DataSource& source) {
  NetworkStart start;
  start.source = source;
  if (setup.samples) {
    start.samples = *setup.samples;
  } else {
    const DataSet& set = all_data_sets()[0];
    start.source = {};
    start.source.kind = DataSource::Kind::built_in;
    start.source.set = set.name;
    start.samples = draw_samples(set, start.source.options);
  }
  start.network = fitted(Network(), start.samples);
  return start;
}

// ---- points ---------------------------------------------------------------------

void add_point(Samples& samples, double x, double y, double target) {
  const Index columns = samples.inputs.shape.columns;
  assert((columns == 1 || columns == 2) && "points are drawn over one or two inputs");
  const Index row = samples.train;  // after the last of the training samples
  auto& inputs = samples.inputs.entries;
  const double place[] = {x, y};
  inputs.insert(inputs.begin() + row * columns, place, place + columns);
  auto& targets = samples.targets.entries;
  const bool curve = columns == 1 && samples.kind == TargetKind::numbers;
  targets.insert(targets.begin() + row, curve ? y : target);
  ++samples.inputs.shape.rows;
  ++samples.targets.shape.rows;
  ++samples.train;
}

void move_point(Samples& samples, long sample, double x, double y) {
  assert(sample >= 0 && sample < samples.count() && "there is such a sample");
  const Index columns = samples.inputs.shape.columns;
  double* inputs = samples.inputs.entries.data() + sample * columns;
  inputs[0] = x;
  if (columns > 1)
    inputs[1] = y;
  else if (samples.kind == TargetKind::numbers)
    samples.targets.entries[static_cast<std::size_t>(sample)] = y;
}

void erase_point(Samples& samples, long sample) {
  assert(sample >= 0 && sample < samples.count() && "there is such a sample");
  const Index columns = samples.inputs.shape.columns;
  auto& inputs = samples.inputs.entries;
  inputs.erase(inputs.begin() + sample * columns, inputs.begin() + (sample + 1) * columns);
  samples.targets.entries.erase(samples.targets.entries.begin() + sample);
  --samples.inputs.shape.rows;
  --samples.targets.shape.rows;
  if (sample < samples.train) --samples.train;
}

// ---- words ----------------------------------------------------------------------

std::string words_of_layers(const Network& network) {
  const std::vector<int>& widths = network.widths;
  if (widths.empty()) return "none";
  const std::string neurons = widths.size() == 1 && widths[0] == 1 ? " neuron" : " neurons";
  const bool alike =
      std::all_of(widths.begin(), widths.end(), [&](int width) { return width == widths[0]; });
  if (alike && widths.size() > 1)
    return std::to_string(widths.size()) + " × " + std::to_string(widths[0]) + neurons;
  if (widths.size() > 4) return std::to_string(widths.size()) + " layers";
  return joined(widths, ", ", [](int width) { return std::to_string(width); }) + neurons;
}

std::string words_of_data(const Setup& setup, const DataSource& source) {
  if (!setup.samples) return setup.network ? "none" : "in the program";
  const std::string train = " · " + grouped(setup.samples->train) + " train";
  switch (source.kind) {
    case DataSource::Kind::built_in: {
      const DataSet* set = find_data_set(source.set);
      return (set ? set->label : source.set) + train;
    }
    case DataSource::Kind::csv:
      return source.file.filename().string() + train;
    case DataSource::Kind::rows:
      return "own points" + train;
  }
  return "";
}

std::string words_of_start(const Network& network) {
  return label_of_init(network.init) +
         (network.init_scale == 1 ? "" : " × " + exact_number(network.init_scale)) + " · seed " +
         std::to_string(network.seed);
}

std::string label_of_init(const std::string& name) {
  const InitialValues* scheme = find_initial_values(name);
  return scheme ? scheme->label : name;
}

std::string in_words(std::size_t number) {
  static constexpr const char* words[] = {"zero", "one",    "two",   "three", "four",
                                          "five", "six",    "seven", "eight", "nine",
                                          "ten",  "eleven", "twelve"};
  return number < std::size(words) ? words[number] : std::to_string(number);
}

}  // namespace backstep
