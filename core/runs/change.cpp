#include "core/runs/change.h"

#include <algorithm>
#include <cmath>

#include "core/base/number_words.h"
#include "core/base/suggestions.h"
#include "core/base/text.h"
#include "core/program/initial_values.h"
#include "core/stepping/optimizers.h"

namespace backstep {

namespace {

// ---- switches ---------------------------------------------------------------

std::string on_or_off(bool on) { return on ? "on" : "off"; }

std::string set_switch(bool& to, const char* field, const std::string& value) {
  if (value != "on" && value != "off") return std::string(field) + ": it is on or off";
  to = value == "on";
  return "";
}

// ---- numbers ----------------------------------------------------------------

std::string set_number(double& to, const char* field, const std::string& value) {
  return read_number(value, to) ? "" : std::string(field) + ": it is a number";
}

std::string read_whole(double& to, const char* field, const std::string& value, double lowest,
                       double highest) {
  if (read_number(value, to) && to == std::floor(to) && to >= lowest && to <= highest) return "";
  return std::string(field) + ": it is a whole number from " + number_text(lowest) + " to " +
         number_text(highest);
}

// Sets a number of the training, whose range and word for 0 are in a table.
std::string set_training(Setup& setup, const char* field, const std::string& value) {
  const TrainingSetting& setting = *find_training_setting(field);
  double number = 0;
  const bool is_word = setting.zero && value == setting.zero;
  const bool whole = std::holds_alternative<long Training::*>(setting.field);
  if (!is_word && (!read_number(value, number) || number < setting.lowest ||
                   number > setting.highest || (whole && number != std::floor(number))))
    return std::string(field) + ": it is a " + (whole ? "whole " : "") + "number from " +
           two_digits(setting.lowest) + " to " + two_digits(setting.highest) +
           (setting.zero ? "; 0 is " + std::string(setting.zero) : "");
  set_value(setup.training, setting, number);
  return "";
}

std::string read_training(const Setup& setup, const char* field) {
  const TrainingSetting& setting = *find_training_setting(field);
  const double value = value_of(setup.training, setting);
  return value == 0 && setting.zero ? setting.zero : number_text(value);
}

bool is_zero(const std::string& value) { return value == "0" || value == "off" || value == "all"; }

// ---- parts of a network -----------------------------------------------------
//
// Layers may differ. A network of "8, 4" neurons has no single width, but "8, 4" may be
// asked for all the same, and then leaves the network as it is.

constexpr int usual_width = 8;

std::string set_activation(Setup& setup, const std::string& value) {
  if (value != joined(setup.network->activations)) setup.network->activations = {value};
  return "";
}

std::string set_depth(Setup& setup, const std::string& value) {
  double depth = 0;
  if (std::string mistake = read_whole(depth, "depth", value, 0, most_hidden_layers);
      !mistake.empty())
    return mistake;
  Network& network = *setup.network;
  const auto layers = static_cast<std::size_t>(depth);
  if (layers == network.widths.size()) return "";
  network.widths.assign(layers, network.widths.empty() ? usual_width : network.widths.front());
  if (network.activations.size() > 1)
    network.activations.resize(std::max<std::size_t>(layers, 1), network.activations.back());
  return "";
}

std::string read_width(const Setup& setup) {
  const std::vector<int>& widths = setup.network->widths;
  std::vector<std::string> words;
  for (int width : widths) words.push_back(std::to_string(width));
  const bool all_alike =
      std::adjacent_find(words.begin(), words.end(), std::not_equal_to<>()) == words.end();
  return all_alike && !words.empty() ? words.front() : joined(words);
}

std::string set_width(Setup& setup, const std::string& value) {
  if (value == read_width(setup)) return "";
  double width = 0;
  if (std::string mistake = read_whole(width, "width", value, 1, widest_layer); !mistake.empty())
    return mistake;
  for (int& each : setup.network->widths) each = static_cast<int>(width);
  return "";
}

// Whether a name is the letter and a number: "W1" for 'W'.
bool is_numbered(const std::string& name, char letter) {
  return name.size() > 1 && name[0] == letter &&
         std::all_of(name.begin() + 1, name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Forgets values of parameters that the network is to draw anew: weights, and biases if
// its scheme draws them too.
void forget_drawn(Setup& setup) {
  const InitialValues* scheme = find_initial_values(setup.network->init);
  const bool biases = scheme && scheme->of_biases_too;
  std::erase_if(setup.parameters, [&](const auto& entry) {
    return is_numbered(entry.first, 'W') || (biases && is_numbered(entry.first, 'b'));
  });
}

std::string set_init(Setup& setup, const std::string& value) {
  setup.network->init = value;
  forget_drawn(setup);
  return "";
}

std::string set_seed(Setup& setup, const std::string& value) {
  double seed = 0;
  const NetworkSetting& row = *find_network_setting("seed");
  if (std::string mistake = read_whole(seed, row.name, value, row.lowest, row.highest);
      !mistake.empty())
    return mistake;
  setup.network->seed = static_cast<std::uint64_t>(seed);
  forget_drawn(setup);
  return "";
}

std::string scale_weights(Setup& setup, const std::string& value) {
  double factor = 0;
  if (std::string mistake = set_number(factor, "weight_scale", value); !mistake.empty())
    return mistake;
  setup.network->init_scale *= factor;
  for (auto& [name, matrix] : setup.parameters)
    if (is_numbered(name, 'W'))
      for (double& entry : matrix.entries) entry *= factor;
  return "";
}

// ---- words ------------------------------------------------------------------

std::string init_label(const std::string& name) {
  const InitialValues* scheme = find_initial_values(name);
  return scheme ? scheme->label : name;
}

// "ReLU", or "ReLU, tanh" where layers differ.
std::string activation_words(const std::string& value) {
  std::string words;
  for (std::size_t from = 0, comma; from <= value.size(); from = comma + 2) {
    comma = std::min(value.find(", ", from), value.size());
    words += (from > 0 ? ", " : "") + function_label(value.substr(from, comma - from));
  }
  return words;
}

std::string optimizer_words(const std::string& value) {
  const Optimizer* optimizer = find_optimizer(value);
  return optimizer ? optimizer->label : value;
}

std::string set_optimizer(Setup& setup, const std::string& value) {
  std::vector<std::string> known;
  for (const Optimizer& row : all_optimizers()) known.emplace_back(row.name);
  if (!find_optimizer(value))
    return "optimizer: '" + value + "' is not known" + suggestion(value, known, "; known are ");
  setup.training.optimizer = value;
  return "";
}

std::vector<const char*> optimizer_names() {
  std::vector<const char*> names;
  for (const Optimizer& row : all_optimizers()) names.push_back(row.name);
  return names;
}

// ---- the table --------------------------------------------------------------

using Value = const std::string&;

// The row of a setting that has its range and its word for 0 in the table of training.
Changeable of_training(const char* name, Changeable row) {
  row.setting = name;
  row.label = find_training_setting(name)->label;
  row.apply = [name](Setup& setup, Value value) { return set_training(setup, name, value); };
  row.read = [name](const Setup& setup) { return read_training(setup, name); };
  return row;
}

// The row of a switch or a number that says in the table of networks how it is compared.
Changeable of_network(const NetworkSetting& setting) {
  Changeable row = {.setting = setting.name,
                    .label = setting.label,
                    .values = setting.compared,
                    .needs_network = true,
                    .run_name = setting.run_name,
                    .zero_words = setting.zero_words,
                    .many = setting.many,
                    .both = setting.both,
                    .differs = setting.differs,
                    .changes_start = setting.is_of_start};
  const char* name = setting.name;
  if (const auto on = std::get_if<bool Network::*>(&setting.field)) {
    row.apply = [name, field = *on](Setup& setup, Value value) {
      return set_switch((*setup.network).*field, name, value);
    };
    row.read = [field = *on](const Setup& setup) { return on_or_off((*setup.network).*field); };
  } else {
    const auto field = std::get<double Network::*>(setting.field);
    row.apply = [name, field](Setup& setup, Value value) {
      return set_number((*setup.network).*field, name, value);
    };
    row.read = [field](const Setup& setup) { return number_text((*setup.network).*field); };
  }
  return row;
}

Changeable of_network(const char* name) { return of_network(*find_network_setting(name)); }

// In the order in which people choose from them.
std::vector<Changeable> listed_rows() {
  return {
      {.setting = "activation",
       .label = "Activation",
       .values = {all_activations().begin(), all_activations().end()},
       .needs_network = true,
       .apply = set_activation,
       .read = [](const Setup& s) { return joined(s.network->activations); },
       .words = activation_words,
       .many = "activations",
       .differs = "the activation differs"},
      {.setting = "init",
       .label = "Initial weights",
       .values = {"xavier", "he", "normal", "uniform", "zeros", "xavier_normal", "he_uniform",
                  "torch"},
       .needs_network = true,
       .apply = set_init,
       .read = [](const Setup& s) { return s.network->init; },
       .words = [](Value v) { return init_label(v) + " start"; },
       .many = "starts",
       .differs = "the way weights start differs",
       .changes_start = true},
      {.setting = "optimizer",
       .label = "Optimizer",
       .values = optimizer_names(),
       .apply = set_optimizer,
       .read = [](const Setup& s) { return s.training.optimizer; },
       .words = optimizer_words,
       .many = "optimizers",
       .differs = "the optimizer differs"},
      {.setting = "depth",
       .label = "Hidden layers",
       .values = {"1", "2", "4", "6", "10", "20"},
       .needs_network = true,
       .apply = set_depth,
       .read = [](const Setup& s) { return std::to_string(s.network->widths.size()); },
       .words = [](Value v) { return v + (v == "1" ? " layer" : " layers"); },
       .many = "depths",
       .differs = "the number of hidden layers differs",
       .changes_start = true},
      {.setting = "width",
       .label = "Neurons per layer",
       .values = {"2", "4", "8", "16", "32", "64"},
       .needs_network = true,
       .apply = set_width,
       .read = read_width,
       .words = [](Value v) { return v + (v == "1" ? " neuron wide" : " neurons wide"); },
       .many = "widths",
       .differs = "the number of neurons per layer differs",
       .changes_start = true},
      of_network("batch_norm"),
      of_network("skip_connections"),
      of_training("learning_rate", {.values = {"0.003", "0.01", "0.03", "0.1", "0.3", "1"},
                                    .run_name = "learning rate",
                                    .many = "learning rates",
                                    .differs = "the learning rate differs"}),
      {.setting = "weight_scale",
       .label = "Weights, times",
       .values = {"0.25", "0.5", "1", "2", "4"},
       .needs_network = true,
       .apply = scale_weights,
       .read = [](const Setup&) { return std::string("1"); },
       .run_name = "weights ×",
       .many = "scales of weights",
       .differs = "the scale of the weights differs",
       .changes_start = true},
      of_training("clip_norm", {.values = {"off", "0.1", "1", "10"},
                                .run_name = "gradient clipped at",
                                .zero_words = "no clipping",
                                .many = "clippings of the gradient",
                                .differs = "the clipping of the gradient norm differs"}),
      of_training("batch_size", {.values = {"1", "10", "32", "100", "all"},
                                 .run_name = "batch size",
                                 .zero_words = "full batch",
                                 .many = "batch sizes",
                                 .differs = "the batch size differs",
                                 .changes_batches = true}),
      of_training("momentum", {.values = {"0", "0.5", "0.9", "0.99"},
                               .run_name = "momentum",
                               .many = "momentums",
                               .differs = "the momentum differs"}),
      of_training("weight_decay", {.values = {"off", "0.001", "0.01", "0.1"},
                                   .run_name = "L2",
                                   .zero_words = "no L2",
                                   .many = "strengths of L2",
                                   .differs = "L2 differs"}),
      {.setting = "seed",
       .label = "Seed of the weights",
       .values = {"1", "2", "3", "4", "5", "6"},
       .needs_network = true,
       .apply = set_seed,
       .read = [](const Setup& s) { return std::to_string(s.network->seed); },
       .run_name = "seed",
       .many = "seeds",
       .differs = "the seed of the weights differs",
       .changes_start = true},
      of_network("dropout"),
      {.setting = "standardise",
       .label = "Standardise",
       .values = {"off", "on"},
       .apply = [](Setup& s, Value v) { return set_switch(s.standardise, "standardise", v); },
       .read = [](const Setup& s) { return on_or_off(s.standardise); },
       .words =
           [](Value v) {
             return std::string(v == "on" ? "standardised inputs" : "inputs as they are");
           },
       .both = "inputs standardised and not",
       .differs = "the scale of the inputs differs",
       .changes_rows = true},
      {.setting = "balance",
       .label = "Balance",
       .values = {"off", "on"},
       .apply = [](Setup& s, Value v) { return set_switch(s.balance, "balance", v); },
       .read = [](const Setup& s) { return on_or_off(s.balance); },
       .words =
           [](Value v) {
             return std::string(v == "on" ? "balanced classes" : "classes as they are");
           },
       .both = "classes balanced and not",
       .differs = "the balance of the classes differs",
       .changes_batches = true,
       .changes_rows = true},
      {.setting = "zero_gradients",
       .label = "Zero gradients",
       .values = {"on", "off"},
       .apply = [](Setup& s,
                   Value v) { return set_switch(s.training.zero_gradients, "zero_gradients", v); },
       .read = [](const Setup& s) { return on_or_off(s.training.zero_gradients); },
       .words =
           [](Value v) {
             return std::string(v == "on" ? "gradients zeroed" : "gradients never zeroed");
           },
       .both = "gradients zeroed and not",
       .differs = "whether gradients are zeroed differs"},
  };
}

const std::vector<Changeable>& changeable_table() {
  static const std::vector<Changeable> table = [] {
    std::vector<Changeable> rows = listed_rows();
    for (const NetworkSetting& setting : all_network_settings()) {
      const bool listed = std::any_of(rows.begin(), rows.end(), [&](const Changeable& row) {
        return std::string_view(row.setting) == setting.name;
      });
      if (!setting.compared.empty() && !listed) rows.push_back(of_network(setting));
    }
    return rows;
  }();
  return table;
}

// ---- what no longer fits ----------------------------------------------------

Index columns_of(const NamedData& rows, const char* name) {
  const auto found = rows.find(name);
  return found == rows.end() ? 0 : found->second.shape.columns;
}

// The shapes of the network's parameters, by name.
std::map<std::string, Shape> shapes_of(const Setup& setup) {
  const Dataset data = dataset_of(setup);
  std::map<std::string, Shape> shapes;
  Index before = columns_of(data.train, "x");
  const std::vector<int>& widths = setup.network->widths;
  for (std::size_t i = 0; i <= widths.size(); ++i) {
    const bool hidden = i < widths.size();
    const Index width = hidden ? widths[i] : columns_of(data.train, "y");
    const std::string number = std::to_string(i + 1);
    shapes["W" + number] = {before, width};
    shapes["b" + number] = {1, width};
    if (hidden && setup.network->batch_norm)
      shapes["g" + number] = shapes["h" + number] = {1, width};
    before = width;
  }
  return shapes;
}

void drop_misfits(Setup& setup) {
  if (setup.parameters.empty()) return;
  const std::map<std::string, Shape> shapes = shapes_of(setup);
  std::erase_if(setup.parameters, [&](const auto& entry) {
    const auto shape = shapes.find(entry.first);
    return shape == shapes.end() || shape->second != entry.second.shape;
  });
}

}  // namespace

std::span<const Changeable> all_changeables() { return changeable_table(); }

const Changeable* find_changeable(const std::string& setting) {
  for (const Changeable& row : changeable_table())
    if (setting == row.setting) return &row;
  return nullptr;
}

Setup with_change(Setup setup, const Change& change, std::string& mistake) {
  mistake.clear();
  const Changeable* row = find_changeable(change.setting);
  if (!row) {
    std::vector<std::string> known;
    for (const Changeable& each : changeable_table()) known.emplace_back(each.setting);
    mistake = "'" + change.setting + "' cannot be changed" +
              suggestion(change.setting, known, "; what can is ");
    return setup;
  }
  if (row->needs_network && !setup.network) {
    mistake = std::string(row->setting) + ": a program written by hand says this itself";
    return setup;
  }
  Setup changed = setup;
  mistake = row->apply(changed, change.value);
  const bool other_network = changed.network != setup.network;
  if (mistake.empty() && other_network) mistake = mistake_in(*changed.network);
  if (!mistake.empty()) return setup;
  if (other_network) drop_misfits(changed);
  return changed;
}

std::string run_words(const Changeable& row, const std::string& value) {
  if (row.words) return row.words(value);
  if (row.zero_words && is_zero(value)) return row.zero_words;
  return std::string(row.run_name) + " " + value;
}

std::string value_words(const Changeable& row, const std::string& value) {
  return row.words || (row.zero_words && is_zero(value)) ? run_words(row, value) : value;
}

std::string run_words(const Change& change) {
  const Changeable* row = find_changeable(change.setting);
  return row ? run_words(*row, change.value) : change.setting + " " + change.value;
}

std::string addition_words(const Change& change) {
  const Changeable* row = find_changeable(change.setting);
  return row && !row->words && change.value == "on" ? row->run_name : run_words(change);
}

}  // namespace backstep
