// What is written on a node, made to fit the place it has.
#pragma once

#include <string>

#include "app/paint/painter.h"
#include "app/paint/theme.h"
#include "core/engine/graph.h"

namespace backstep {

// The right corner of a node's head: "data", "param", the op's sign.
std::string corner_of(const Graph& graph, int node);

// `value` with `tail` behind it, in as many digits as `width` pixels have room
// for; `wish` is tried first. Empty when not even one digit fits.
std::string fitting_number(const Painter& painter, double value, const std::string& tail, Face face,
                           float pixels, float width, const std::string& wish = "");

// The colour of a cell of a heatmap.
Color cell_color(const Theme& theme, double value, double scale);

}  // namespace backstep
