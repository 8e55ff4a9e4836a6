// The text on a node, made to fit the room it has.
#pragma once

#include <string>

#include "app/paint/painter.h"
#include "app/paint/theme.h"
#include "core/engine/graph.h"

namespace backstep {

// The text in the right corner of a node's head: "data", "param", the op's sign.
std::string corner_of(const Graph& graph, int node);

// `value` followed by `tail`, with as many digits as fit into `width` pixels; `wish` is
// tried first. Empty if not even one digit fits.
std::string fitting_number(const Painter& painter, double value, const std::string& tail, Face face,
                           float pixels, float width, const std::string& wish = "");

// The colour of a cell of a heatmap.
Color cell_color(const Theme& theme, double value, double scale);

}  // namespace backstep
