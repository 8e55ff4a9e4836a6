// The parts of a node are the places inside its card: the head, the value and the
// gradient. A scalar has a row for each, a matrix a panel of cells for each, a bare
// number only itself. Both drawing and hit testing use them, so that one clicks what one
// sees.
#pragma once

#include "app/paint/painter.h"
#include "core/engine/graph.h"

namespace backstep {

enum class NodeLook { scalar, matrix, number };
NodeLook look_of(const Node& node);

// Width and height in canvas units.
struct Size {
  float width = 0, height = 0;
};
Size size_of(const Node& node);

struct NodeParts {
  NodeLook look = NodeLook::scalar;
  float unit = 1;  // pixels in a canvas unit
  Rect card, head;
  // The rows of a scalar, or the panels of a matrix. Empty if the node has none.
  Rect value, gradient;
  // The places of "v" and "∂L".
  Rect value_label, gradient_label;
};

// The parts of `node` if its card is `card`, in the same unit.
NodeParts parts_of(const Node& node, Rect card);

// The cell of `entry` in a panel of cells that fills `panel`.
Rect cell_rect(Rect panel, Shape shape, Index entry);
// The entry under a point that lies in `panel`.
Index entry_at(Rect panel, Shape shape, Point at);

}  // namespace backstep
