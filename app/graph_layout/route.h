// Routes are the ways edges take between nodes that stand already: straight
// along a row, in a bend through the gap between two columns, over or under
// the nodes in between when an edge skips some. A way that meets no node is
// preferred to a shorter one.
#pragma once

#include "app/graph_layout/layout.h"

namespace backstep {

std::vector<Route> routes_of(const Graph& graph, const std::vector<Rect>& nodes);

}  // namespace backstep
