// A path leads from an entry of a node to the loss, edge by edge, each with its local
// derivative. By the chain rule the product of the derivatives along a path is what it
// contributes to the gradient, and the sum of all products is the gradient.
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
  std::vector<GradientPath> strongest;  // by |product|, the strongest first; none of 0
  double count = 0;                     // of all paths; may be astronomical
  double sum = 0;                       // of all products: the gradient
  double rest = 0;                      // the sum of the paths not in `strongest`
  bool too_large = false;               // given up because of too many entries in between
};

// All paths from node[entry] to the loss, with the strongest `most` of them in full.
// Needs a graph after a forward pass.
Paths paths_to_loss(const Graph& graph, int node, Index entry, int most = 12);

}  // namespace backstep
