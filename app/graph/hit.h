// A Hit is what lies under a point of the canvas: a node and, on its value or its
// gradient, the entry. It uses the same parts as drawing does.
#pragma once

#include "app/graph/canvas.h"
#include "core/engine/graph.h"

namespace backstep {

enum class HitPart { none, card, value, gradient };

struct Hit {
  int node = -1;
  HitPart part = HitPart::none;
  Index entry = 0;
};

// What is under the pixel `at`.
Hit hit_test(const Graph& graph, const GraphLayout& layout, const Canvas& canvas, Point at);

// The pixels of an entry's value (or gradient): a cell, or a scalar's row.
Rect entry_rect(const Graph& graph, const GraphLayout& layout, const Canvas& canvas, int node,
                Index entry, HitPart part = HitPart::value);

}  // namespace backstep
