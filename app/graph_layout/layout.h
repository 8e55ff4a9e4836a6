// A GraphLayout says where everything of a graph is on the canvas, in canvas units: a
// rectangle for each node, a route for each edge, a band behind each layer. Activations
// run from left to right in one line, the spine; parameters are below the op that uses
// them, targets above it, and data enters at the left. It depends on the structure of the
// graph alone, never on its numbers or on a window.
#pragma once

#include <string>
#include <vector>

#include "app/paint/painter.h"
#include "core/engine/graph.h"

namespace backstep {

struct LayerBand {
  Rect rect;
  std::string name;
  int layer = 0;
};

// Cubic Béziers end to end: 4, 7, 10 … points. Empty if the edge is hidden.
using Route = std::vector<Point>;

struct GraphLayout {
  std::vector<Rect> nodes;   // by node
  std::vector<Route> edges;  // by edge
  std::vector<LayerBand> bands;
  std::vector<int> spine;  // nodes, left to right
  Rect bounds;             // around everything
};

GraphLayout lay_out(const Graph& graph);

}  // namespace backstep
