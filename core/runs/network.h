// A Network is layers, widths and activations as one sets them in the window;
// it makes a program, and that is what runs. Every layer's names end in its
// number: W1, b1, z1, a1.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/engine/ops.h"

namespace backstep {

struct Network {
  std::vector<int> widths = {4, 2};                 // of the hidden layers
  std::vector<std::string> activations = {"tanh"};  // one for all, or one per hidden layer
  std::string output = "tanh";                      // activation of the output layer
  std::string loss = "half_mse";
  std::string init = "xavier";  // a row of all_initial_values()
  double init_scale = 1;        // weights are drawn, then multiplied by this
  double bias = 0;              // what every bias starts as
  std::uint64_t seed = 1;
  bool batch_norm = false;
  bool skip_connections = false;  // around hidden layers as wide as the one before
  double dropout = 0;             // share of hidden neurons left out in training

  const std::string& activation(int hidden_layer) const {
    return activations.size() == 1 ? activations[0]
                                   : activations[static_cast<std::size_t>(hidden_layer)];
  }
  friend bool operator==(const Network&, const Network&) = default;
};

constexpr std::size_t most_hidden_layers = 60;
constexpr int widest_layer = 1000;

// One setting of a network: what it is called in a session and in the window, what it
// does, and which values it takes. The session file, the setup panel and the runs that
// can be compared read it from the table in network.cpp. Layers and their activations
// are lists, which each of them treats on its own.
struct NetworkSetting {
  const char* name;         // "skip_connections"
  const char* label;        // "Skip connections"
  const char* description;  // one sentence for people
  std::variant<double Network::*, std::uint64_t Network::*, bool Network::*, std::string Network::*>
      field;

  std::vector<std::string> (*known)() = nullptr;  // of a word: those it may be
  double lowest = 0, highest = 0;                 // of a number: both included
  const char* takes = "";                         // those in words: "it is a number from …"
  // The numbers that the window offers, and from where a drag starts when the number is 0.
  double lowest_offered = 0, highest_offered = 0, least_drag = 1;
  const char* zero = "";     // what 0 is called: "off"
  bool is_of_start = false;  // weights are drawn anew when it changes

  // Where runs can be compared by it: values worth comparing, best first, and how that
  // is put into words (see Changeable).
  std::vector<const char*> compared = {};
  const char *run_name = "", *zero_words = nullptr, *many = "", *both = "", *differs = "";
};

std::span<const NetworkSetting> all_network_settings();  // in the order of a session file
const NetworkSetting* find_network_setting(const std::string& name);

// Activations and losses a network can have: tokens of the op table, in the order in
// which people choose from them; "linear" is no activation.
std::span<const char* const> all_activations();
std::span<const char* const> all_outputs();
std::span<const char* const> all_losses();

// What people call an activation or a loss: "ReLU", "squared error".
std::string function_label(const std::string& name);

// What the row of a loss says of it, and the losses for targets of a kind.
const LossTraits& loss_traits(const std::string& loss);
std::vector<std::string> losses_for(LossTraits::Targets targets);

enum class TargetCoding { minus_one_to_one, zero_to_one, one_hot };

// How classes are written as targets of this network: as ±1, as 0 and 1, or as
// one column per class.
TargetCoding coding_of(const Network& network);

// Columns of the target for `classes` classes (1 for numbers).
int target_columns(const Network& network, int classes);

// What is wrong with the network in one sentence that names the field and what
// would be right ("activation: 'tahn' is not known; did you mean tanh?"), or "".
std::string mistake_in(const Network& network);

// The program: input("x") of `inputs` columns, target("y") of `outputs`.
std::string program_of(const Network& network, int inputs, int outputs);

}  // namespace backstep
