// Routes are the ways of edges between nodes that are placed already: straight along a
// row, in a bend through the gap between two columns, or above or below the nodes in
// between if an edge skips some. A way that crosses no node is preferred to a shorter one.
#pragma once

#include "app/graph_layout/layout.h"

namespace backstep {

std::vector<Route> routes_of(const Graph& graph, const std::vector<Rect>& nodes);

}  // namespace backstep
