// Layer statistics say how the neurons of each hidden layer fare on a set of
// samples: how values and gradients are spread, which neurons are dead, which
// are saturated. A neuron is a column of the activation's value. A layer is hidden
// when other parameters act on what it gives; one without an activation has a
// slope of 1 everywhere.
#pragma once

#include <string>
#include <vector>

#include "core/engine/graph.h"

namespace backstep {

struct Histogram {
  double lowest = 0, highest = 0;
  std::vector<long> counts;  // of equally wide bins
};

enum class NeuronState { well, dead, saturated };

struct LayerStats {
  int layer = 0;        // index into Graph::layers()
  int activation = -1;  // node of the activation; without one, of the layer's result
  long neurons = 0;
  double dead = 0;                  // share of neurons whose slope is 0 on every sample
  double saturated = 0;             // share of neurons on a flat end of their activation (of
                                    // sigmoid, tanh and the like, not ReLU): slope under a
                                    // twentieth of the largest on at least 95 % of the samples
  std::vector<NeuronState> states;  // by neuron; empty without an activation
  double silent_gradients = 0;      // share of entries of ∂L/∂z that are exactly 0
  double mean_slope = 0;
  Histogram values, gradients;  // of the activation, of ∂L/∂activation
};

// Hidden layers in program order; needs a forward and a backward pass over the
// samples just done. Without bins there are no histograms.
std::vector<LayerStats> layer_stats(const Graph& graph, int bins = 40);

// Bins from the least to the largest number; what is not finite is left out.
Histogram histogram_of(const double* numbers, std::size_t count, int bins);

}  // namespace backstep
