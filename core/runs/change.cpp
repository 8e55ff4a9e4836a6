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

// A setting of the training, which has its range and its word for 0 in a table.
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
// Layers may differ. What a network has already, "8, 4", is then no value for
// all of them, but it can be asked for: it is left as it is.

constexpr int usual_width = 8;

std::string set_activation(Setup& setup, const std::string& value) {
  if (value != joined(setup.network->activations)) setup.network->activations = {value};
  return "";
}

std::string set_depth(Setup& setup, const std::string& value) {
  double depth = 0;
  if (std::string mistake = read_whole(depth, "depth", value, 0, 60); !mistake.empty())
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
  if (std::string mistake = read_whole(width, "width", value, 1, 1000); !mistake.empty())
    return mistake;
  for (int& each : setup.network->widths) each = static_cast<int>(width);
  return "";
}

// "W1" is numbered 'W'.
bool is_numbered(const std::string& name, char letter) {
  return name.size() > 1 && name[0] == letter &&
         std::all_of(name.begin() + 1, name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Parameters that the network draws anew: weights, and biases where they are drawn too.
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
  if (std::string mistake = read_whole(seed, "seed", value, 0, 1e15); !mistake.empty())
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

// "ReLU, tanh" of layers that differ.
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

const std::vector<Changeable>& changeable_table() {
  static const std::vector<Changeable> rows = {
      {"activation",
       "Activation",
       {all_activations().begin(), all_activations().end()},
       true,
       set_activation,
       [](const Setup& s) { return joined(s.network->activations); },
       activation_words},
      {"init",
       "Initial weights",
       {"xavier", "he", "normal", "uniform", "zeros", "xavier_normal", "he_uniform", "torch"},
       true,
       set_init,
       [](const Setup& s) { return s.network->init; },
       [](Value v) { return init_label(v) + " start"; }},
      {"optimizer", "Optimizer", optimizer_names(), false, set_optimizer,
       [](const Setup& s) { return s.training.optimizer; }, optimizer_words},
      {"depth",
       "Hidden layers",
       {"1", "2", "4", "6", "10", "20"},
       true,
       set_depth,
       [](const Setup& s) { return std::to_string(s.network->widths.size()); },
       [](Value v) { return v + (v == "1" ? " layer" : " layers"); }},
      {"width",
       "Neurons per layer",
       {"2", "4", "8", "16", "32", "64"},
       true,
       set_width,
       read_width,
       [](Value v) { return v + (v == "1" ? " neuron wide" : " neurons wide"); }},
      {"batch_norm",
       "Batch norm",
       {"off", "on"},
       true,
       [](Setup& s, Value v) { return set_switch(s.network->batch_norm, "batch_norm", v); },
       [](const Setup& s) { return on_or_off(s.network->batch_norm); },
       [](Value v) { return "batch norm " + v; }},
      {"skip_connections",
       "Skip connections",
       {"off", "on"},
       true,
       [](Setup& s, Value v) {
         return set_switch(s.network->skip_connections, "skip_connections", v);
       },
       [](const Setup& s) { return on_or_off(s.network->skip_connections); },
       [](Value v) { return "skip connections " + v; }},
      {"learning_rate",
       "Learning rate",
       {"0.003", "0.01", "0.03", "0.1", "0.3", "1"},
       false,
       [](Setup& s, Value v) { return set_training(s, "learning_rate", v); },
       [](const Setup& s) { return read_training(s, "learning_rate"); },
       [](Value v) { return "learning rate " + v; }},
      {"weight_scale",
       "Weights, times",
       {"0.25", "0.5", "1", "2", "4"},
       true,
       scale_weights,
       [](const Setup&) { return std::string("1"); },
       [](Value v) { return "weights × " + v; }},
      {"clip_norm",
       "Clip gradient norm",
       {"off", "0.1", "1", "10"},
       false,
       [](Setup& s, Value v) { return set_training(s, "clip_norm", v); },
       [](const Setup& s) { return read_training(s, "clip_norm"); },
       [](Value v) { return is_zero(v) ? "no clipping" : "gradient clipped at " + v; }},
      {"batch_size",
       "Batch size",
       {"1", "10", "32", "100", "all"},
       false,
       [](Setup& s, Value v) { return set_training(s, "batch_size", v); },
       [](const Setup& s) { return read_training(s, "batch_size"); },
       [](Value v) { return is_zero(v) ? "full batch" : "batch size " + v; }},
      {"momentum",
       "Momentum",
       {"0", "0.5", "0.9", "0.99"},
       false,
       [](Setup& s, Value v) { return set_training(s, "momentum", v); },
       [](const Setup& s) { return read_training(s, "momentum"); },
       [](Value v) { return "momentum " + v; }},
      {"weight_decay",
       "L2",
       {"off", "0.001", "0.01", "0.1"},
       false,
       [](Setup& s, Value v) { return set_training(s, "weight_decay", v); },
       [](const Setup& s) { return read_training(s, "weight_decay"); },
       [](Value v) { return is_zero(v) ? "no L2" : "L2 " + v; }},
      {"seed",
       "Seed of the weights",
       {"1", "2", "3", "4", "5", "6"},
       true,
       set_seed,
       [](const Setup& s) { return std::to_string(s.network->seed); },
       [](Value v) { return "seed " + v; }},
      {"dropout",
       "Dropout",
       {"0", "0.1", "0.2", "0.5"},
       true,
       [](Setup& s, Value v) { return set_number(s.network->dropout, "dropout", v); },
       [](const Setup& s) { return number_text(s.network->dropout); },
       [](Value v) { return is_zero(v) ? "no dropout" : "dropout " + v; }},
      {"standardise",
       "Standardise",
       {"off", "on"},
       false,
       [](Setup& s, Value v) { return set_switch(s.standardise, "standardise", v); },
       [](const Setup& s) { return on_or_off(s.standardise); },
       [](Value v) {
         return std::string(v == "on" ? "standardised inputs" : "inputs as they are");
       }},
      {"balance",
       "Balance",
       {"off", "on"},
       false,
       [](Setup& s, Value v) { return set_switch(s.balance, "balance", v); },
       [](const Setup& s) { return on_or_off(s.balance); },
       [](Value v) { return std::string(v == "on" ? "balanced classes" : "classes as they are"); }},
      {"zero_gradients",
       "Zero gradients",
       {"on", "off"},
       false,
       [](Setup& s, Value v) { return set_switch(s.training.zero_gradients, "zero_gradients", v); },
       [](const Setup& s) { return on_or_off(s.training.zero_gradients); },
       [](Value v) {
         return std::string(v == "on" ? "gradients zeroed" : "gradients never zeroed");
       }},
  };
  return rows;
}

// ---- what no longer fits ----------------------------------------------------

Index columns_of(const NamedData& rows, const char* name) {
  const auto found = rows.find(name);
  return found == rows.end() ? 0 : found->second.shape.columns;
}

// By name, what the parameters of the setup's network look like.
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

void drop_what_no_longer_fits(Setup& setup) {
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
  if (other_network) drop_what_no_longer_fits(changed);
  return changed;
}

std::string words_of(const Change& change) {
  const Changeable* row = find_changeable(change.setting);
  return row ? row->words(change.value) : change.setting + " " + change.value;
}

}  // namespace backstep
