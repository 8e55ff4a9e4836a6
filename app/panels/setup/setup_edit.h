// What changing one setting of a network means for the others, so that the network can
// still run; and the words for settings. Nothing here draws.
#pragma once

#include <string>

#include "app/documents/document.h"
#include "core/runs/fitted_network.h"
#include "core/runs/setup.h"

namespace backstep {

// As many hidden layers; new ones are as wide as the last and copy its activation.
Network with_layer_count(Network network, std::size_t count);
// All hidden layers this wide.
Network with_widths(Network network, int width);
// One activation for all layers.
Network with_activation(Network network, const std::string& activation);
// The same network with an activation of its own for every hidden layer.
Network with_own_activations(Network network);

// The setup without values that were edited or loaded for its weights, so that they
// start as the network says.
Setup with_fresh_weights(Setup setup);

// A network that learns the setup's samples in place of its program, and
// samples when there are none.
struct NetworkStart {
  Network network;
  Samples samples;
  DataSource source;
};
NetworkStart network_instead(const Setup& setup, const DataSource& source);

// Adds, moves or erases a point of the training samples. Later samples change their
// numbers when one is added or erased.
void add_point(Samples& samples, double x, double y, double target);
void move_point(Samples& samples, long sample, double x, double y);
void erase_point(Samples& samples, long sample);

// ---- words ----

// "6 × 8 neurons", "4, 2 neurons", "none".
std::string words_of_layers(const Network& network);
// "circle · 250 train", "iris.csv · 120 train", "in the program".
std::string words_of_data(const Setup& setup, const DataSource& source);
// "uniform × 0.5 · seed 7".
std::string words_of_start(const Network& network);
// What people call a scheme of initial weights: "He uniform".
std::string label_of_init(const std::string& name);
// "two", "three" … up to twelve, then digits.
std::string in_words(std::size_t number);

}  // namespace backstep
