// Layer statistics describe the neurons of each hidden layer on a set of samples: the
// distribution of their values and gradients, which are dead, which are saturated. A
// neuron is a column of the activation's value. A layer is hidden if other parameters
// act on its output; one without an activation has a slope of 1 everywhere.
#pragma once

#include <string>
#include <vector>

#include "core/engine/graph.h"

namespace backstep {

struct Histogram {
  double lowest = 0, highest = 0;
  std::vector<long> counts;  // of equally wide bins
};

enum class NeuronState { healthy, dead, saturated };

struct LayerStats {
  int layer = 0;        // index into Graph::layers()
  int activation = -1;  // node of the activation, or of the layer's output without one
  long neurons = 0;
  double dead = 0;                  // share of neurons whose slope is 0 on every sample
  double saturated = 0;             // share of neurons on a flat end of their activation (of
                                    // sigmoid, tanh and the like, not ReLU): their slope is less
                                    // than 1/20 of the largest on at least 95 % of the samples
  std::vector<NeuronState> states;  // by neuron; empty without an activation
  double silent_gradients = 0;      // share of entries of ∂L/∂z that are exactly 0
  double mean_slope = 0;
  Histogram values, gradients;  // of the activation, of ∂L/∂activation
};

// Hidden layers in program order. Needs a graph after a forward and a backward pass
// over the samples. With 0 bins there are no histograms.
std::vector<LayerStats> layer_stats(const Graph& graph, int bins = 40);

// The bins go from the smallest to the largest number; numbers that are not finite are
// left out.
Histogram histogram_of(const double* numbers, std::size_t count, int bins);

}  // namespace backstep
