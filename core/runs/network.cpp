#include "core/runs/network.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/base/number_words.h"
#include "core/base/random.h"
#include "core/base/suggestions.h"
#include "core/ops/op_table.h"
#include "core/program/initial_values.h"

namespace backstep {

namespace {

constexpr const char* outputs[] = {"tanh", "sigmoid", "linear"};

// The tokens of the ops that a network offers, in the order in which people choose from them.
std::vector<const char*> offered_tokens(bool (*is_offered)(const Op&)) {
  std::vector<const Op*> rows;
  for (const Op& op : all_ops())
    if (is_offered(op)) rows.push_back(&op);
  std::stable_sort(rows.begin(), rows.end(), [](const Op* first, const Op* second) {
    return first->place_in_list < second->place_in_list;
  });
  std::vector<const char*> tokens;
  for (const Op* row : rows) tokens.push_back(row->token);
  return tokens;
}

constexpr double largest_number = 1e6;
constexpr const char* number_words = "it is a number from -1,000,000 to 1,000,000";

// The one output a loss goes with; null: any.
const char* output_of(const std::string& loss) {
  switch (loss_traits(loss).answers) {
    case LossTraits::Answers::probabilities:
      return "sigmoid";
    case LossTraits::Answers::logits:
      return "linear";
    case LossTraits::Answers::numbers:
      break;
  }
  return nullptr;
}

// ---- the table of settings --------------------------------------------------

std::vector<std::string> names_in(std::span<const char* const> known) {
  return {known.begin(), known.end()};
}

std::vector<std::string> names_of_initial_values() {
  std::vector<std::string> names;
  for (const InitialValues& row : all_initial_values()) names.emplace_back(row.name);
  return names;
}

const NetworkSetting setting_table[] = {
    {.name = "output",
     .label = "Output",
     .description = "The function of the last layer. The loss changes with it where it must.",
     .field = &Network::output,
     .known = [] { return names_in(all_outputs()); }},
    {.name = "loss",
     .label = "Loss",
     .description =
         "How the error of an answer is measured. The output changes with it where it must.",
     .field = &Network::loss,
     .known = [] { return names_in(all_losses()); }},
    {.name = "init",
     .label = "Drawn from",
     .description = "The distribution that weights are drawn from.",
     .field = &Network::init,
     .known = names_of_initial_values,
     .is_of_start = true},
    {.name = "init_scale",
     .label = "× scale",
     .description = "Weights are drawn, then multiplied by this.",
     .field = &Network::init_scale,
     .lowest = -largest_number,
     .highest = largest_number,
     .takes = number_words,
     .lowest_offered = 0,
     .highest_offered = 1000,
     .least_drag = 0.01,
     .is_of_start = true},
    {.name = "bias",
     .label = "Biases start at",
     .description = "The initial value of every bias.",
     .field = &Network::bias,
     .lowest = -largest_number,
     .highest = largest_number,
     .takes = number_words,
     .lowest_offered = -1000,
     .highest_offered = 1000,
     .least_drag = 0.1,
     .is_of_start = true},
    {.name = "seed",
     .label = "Seed",
     .description = "The same seed draws the same weights.",
     .field = &Network::seed,
     .lowest = 0,
     .highest = highest_round_seed,  // layers count up from it, and a program holds their seeds
     .takes = "it is a whole number from 0 to 10¹⁵",
     .lowest_offered = 0,
     .highest_offered = highest_round_seed,
     .is_of_start = true},
    {.name = "batch_norm",
     .label = "Batch norm",
     .description = "Scales every layer's sums to mean 0 and standard deviation 1 over the batch.",
     .field = &Network::batch_norm,
     .compared = {"off", "on"},
     .run_name = "batch norm",
     .both = "with and without batch norm",
     .differs = "batch norm differs"},
    {.name = "skip_connections",
     .label = "Skip connections",
     .description = "Adds a layer's input to its output where both are equally wide.",
     .field = &Network::skip_connections,
     .compared = {"off", "on"},
     .run_name = "skip connections",
     .both = "with and without skip connections",
     .differs = "skip connections differ"},
    {.name = "dropout",
     .label = "Dropout",
     .description = "The share of hidden neurons left out of each pass of training.",
     .field = &Network::dropout,
     .lowest = 0,
     .highest = std::nextafter(1.0, 0.0),
     .takes = "it is a share from 0 to less than 1, such as 0.2",
     .lowest_offered = 0,
     .highest_offered = 0.95,
     .least_drag = 0.1,
     .zero = "off",
     .compared = {"0", "0.1", "0.2", "0.5"},
     .run_name = "dropout",
     .zero_words = "no dropout",
     .many = "rates of dropout",
     .differs = "dropout differs"},
};

// ---- what is wrong ----------------------------------------------------------

std::string unknown(const std::string& field, const std::string& word,
                    const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), word) != known.end()) return "";
  return field + ": '" + word + "' is not known" + suggestion(word, known, "; known are ");
}

std::string mistake_in_layers(const Network& network) {
  if (network.widths.size() > most_hidden_layers)
    return "widths: " + std::to_string(network.widths.size()) +
           " hidden layers are too many; there may be 0 to " + std::to_string(most_hidden_layers);
  for (std::size_t i = 0; i < network.widths.size(); ++i)
    if (network.widths[i] < 1 || network.widths[i] > widest_layer)
      return "widths: hidden layer " + std::to_string(i + 1) + " has " +
             std::to_string(network.widths[i]) + " neurons; it may have 1 to " +
             std::to_string(widest_layer);
  for (const std::string& activation : network.activations)
    if (std::string text = unknown("activation", activation, names_in(all_activations()));
        !text.empty())
      return text;
  if (network.activations.size() != 1 && network.activations.size() != network.widths.size())
    return "activations: there are " + std::to_string(network.activations.size()) + " for " +
           std::to_string(network.widths.size()) +
           " hidden layers; give one for all, or one for each";
  return "";
}

std::string mistake_in_setting(const Network& network, const NetworkSetting& setting) {
  if (const auto word = std::get_if<std::string Network::*>(&setting.field))
    return unknown(setting.name, network.*(*word), setting.known());
  if (std::holds_alternative<bool Network::*>(setting.field)) return "";
  const auto number = std::get_if<double Network::*>(&setting.field);
  const double value =
      number ? network.*(*number)
             : static_cast<double>(network.*std::get<std::uint64_t Network::*>(setting.field));
  if (value >= setting.lowest && value <= setting.highest) return "";
  return std::string(setting.name) + ": " + setting.takes;
}

std::string mistake_in_settings(const Network& network) {
  for (const NetworkSetting& setting : all_network_settings())
    if (std::string text = mistake_in_setting(network, setting); !text.empty()) return text;
  return "";
}

std::string mistake_in_output(const Network& network) {
  const char* needed = output_of(network.loss);
  if (!needed || network.output == needed) return "";
  std::string fitting;
  for (const char* loss : all_losses())
    if (const char* output = output_of(loss); !output || network.output == output)
      fitting += (fitting.empty() ? "" : ", ") + std::string(loss);
  return "output: the loss " + network.loss + " goes with output " + needed + "; with output " +
         network.output + " the loss is one of " + fitting;
}

// ---- the program ------------------------------------------------------------

// The right-hand side of W or b: param(2, 8, init="xavier", seed=1).
std::string parameter(int rows, int columns, const std::string& rest) {
  return "param(" + std::to_string(rows) + ", " + std::to_string(columns) + ", " + rest + ")";
}

// Biases draw from seeds far from those of weights, so that they are independent.
constexpr std::uint64_t to_seeds_of_biases = 1000;

// Writes a program layer by layer.
class Writer {
 public:
  explicit Writer(const Network& network, int inputs) : network_(network), columns_(inputs) {}

  void hidden_layer(int width, const std::string& activation) {
    const bool skips = network_.skip_connections && number_ > 0 && width == columns_;
    begin_layer(width);
    std::string value = product();
    if (network_.batch_norm) {
      line(name("g"), parameter(1, width, "init=\"ones\""));
      line(name("h"), parameter(1, width, "init=\"zeros\""));
      line(name("z"), value);
      value = "batch_norm(" + name("z") + ", " + name("g") + ", " + name("h") + ")";
    }
    if (activation != "linear") {
      const std::string z = name(network_.batch_norm ? "n" : "z");
      line(z, value);
      value = activation + "(" + z + ")";
    }
    line(name("a"), skips ? value + " + " + before_ : value);
    before_ = name("a");
    if (network_.dropout > 0) {
      line(name("d"), "dropout(" + before_ + ", p=" + number_text(network_.dropout) +
                          ", seed=" + std::to_string(seed()) + ")");
      before_ = name("d");
    }
  }

  void output_layer(int width) {
    begin_layer(width);
    std::string value = product();
    if (network_.output != "linear") {
      line(name("z"), value);
      value = network_.output + "(" + name("z") + ")";
    }
    line("p", value);
    line("L", network_.loss + "(p, y)");
  }

  std::string text() const { return text_; }

 private:
  std::string name(const char* letter) const { return letter + std::to_string(number_); }
  std::uint64_t seed() const { return network_.seed + static_cast<std::uint64_t>(number_) - 1; }
  std::string product() const { return before_ + " @ " + name("W") + " + " + name("b"); }
  void line(const std::string& name, const std::string& value) {
    text_ += name + " = " + value + "\n";
  }

  // A bias starts at the network's number if that is not 0; else at 0, or drawn with the
  // fan-in of its weights where the scheme says so.
  std::string initial_bias() const {
    const double bias = network_.bias;
    if (bias != 0) return bias == 1 ? "init=\"ones\"" : "init=\"ones\", scale=" + number_text(bias);
    if (!find_initial_values(network_.init)->of_biases_too) return "init=\"zeros\"";
    return "init=\"" + network_.init + "\", fan_in=" + std::to_string(columns_) +
           ", seed=" + std::to_string(seed() + to_seeds_of_biases);
  }

  void begin_layer(int width) {
    ++number_;
    text_ += "\nlayer(\"layer " + std::to_string(number_) + "\")\n";
    std::string rest = "init=\"" + network_.init + "\", seed=" + std::to_string(seed());
    if (network_.init_scale != 1) rest += ", scale=" + number_text(network_.init_scale);
    line(name("W"), parameter(columns_, width, rest));
    line(name("b"), parameter(1, width, initial_bias()));
    columns_ = width;
  }

  const Network& network_;
  int columns_;               // of `before_`
  int number_ = 0;            // of the present layer
  std::string before_ = "x";  // what the next layer reads
  std::string text_ = "x = input(\"x\")\ny = target(\"y\")\n";
};

}  // namespace

std::span<const NetworkSetting> all_network_settings() { return setting_table; }

const NetworkSetting* find_network_setting(const std::string& name) {
  for (const NetworkSetting& row : setting_table)
    if (name == row.name) return &row;
  return nullptr;
}

std::span<const char* const> all_activations() {
  static const std::vector<const char*> tokens = [] {
    std::vector<const char*> all = offered_tokens([](const Op& op) { return op.is_activation; });
    all.push_back("linear");
    return all;
  }();
  return tokens;
}

std::span<const char* const> all_outputs() { return outputs; }

std::span<const char* const> all_losses() {
  static const std::vector<const char*> tokens =
      offered_tokens([](const Op& op) { return op.loss.is_offered; });
  return tokens;
}

std::string function_label(const std::string& name) {
  const Op* op = find_op(name, Spelling::call);
  return op && op->label ? op->label : name;
}

const LossTraits& loss_traits(const std::string& loss) {
  static const LossTraits of_no_loss;
  const Op* op = find_op(loss, Spelling::call);
  return op ? op->loss : of_no_loss;
}

std::vector<std::string> losses_for(LossTraits::Targets targets) {
  std::vector<std::string> fitting;
  for (const char* loss : all_losses())
    if (loss_traits(loss).targets == targets) fitting.emplace_back(loss);
  return fitting;
}

TargetCoding coding_of(const Network& network) {
  const LossTraits::Targets targets = loss_traits(network.loss).targets;
  if (targets == LossTraits::Targets::one_hot) return TargetCoding::one_hot;
  return network.output == "sigmoid" || targets == LossTraits::Targets::zero_or_one
             ? TargetCoding::zero_to_one
             : TargetCoding::minus_one_to_one;
}

int target_columns(const Network& network, int classes) {
  return classes > 2 || (classes == 2 && coding_of(network) == TargetCoding::one_hot) ? classes : 1;
}

std::string mistake_in(const Network& network) {
  for (const auto mistake : {mistake_in_layers, mistake_in_settings, mistake_in_output})
    if (std::string text = mistake(network); !text.empty()) return text;
  return "";
}

std::string program_of(const Network& network, int inputs, int outputs) {
  assert(mistake_in(network).empty() && "a network is checked before its program is made");
  Writer writer(network, inputs);
  for (std::size_t i = 0; i < network.widths.size(); ++i)
    writer.hidden_layer(network.widths[i], network.activation(static_cast<int>(i)));
  writer.output_layer(outputs);
  return writer.text();
}

}  // namespace backstep
