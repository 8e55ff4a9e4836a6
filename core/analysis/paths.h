// A path is one way along which a number reaches the loss: from an entry of a
// node, edge by edge, each with its local derivative. By the chain rule the
// product along a path is what that way contributes to the gradient, and all
// products together are the gradient.
#pragma once

#include <vector>

#include "core/engine/graph.h"

namespace backstep {

// From one entry of edge.from to one of edge.to.
struct PathStep {
  int edge = -1;
  Index from = 0, to = 0;  // entries
  double local = 0;        // ∂to / ∂from
};

struct GradientPath {
  std::vector<PathStep> steps;
  double product = 1;
};

struct Paths {
  std::vector<GradientPath> strongest;  // by |product|, the strongest first; not those of 0
  double count = 0;                     // of all paths; may be astronomic
  double sum = 0;                       // of all products: the gradient
  double rest = 0;                      // what the paths not in `strongest` add up to
  bool too_large = false;               // given up: too many entries in between
};

// All ways from node[entry] to the loss, the strongest `most` of them in full.
// The values of `graph` are those of a finished forward pass.
Paths paths_to_loss(const Graph& graph, int node, Index entry, int most = 12);

}  // namespace backstep
