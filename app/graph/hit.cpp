#include "app/graph/hit.h"

#include "app/graph_layout/node_parts.h"

namespace backstep {

Hit hit_test(const Graph& graph, const GraphLayout& layout, const Canvas& canvas, Point at) {
  if (!canvas.area.contains(at)) return {};
  const Point point = canvas.to_units(at);
  for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
    if (!layout.nodes[i].contains(point)) continue;
    const int number = static_cast<int>(i);
    const Node& node = graph.node(number);
    const NodeParts parts = parts_of(node, layout.nodes[i]);
    for (HitPart part : {HitPart::value, HitPart::gradient}) {
      const Rect& rect = part == HitPart::value ? parts.value : parts.gradient;
      if (rect.contains(point))
        return {number, part,
                parts.look == NodeLook::matrix ? entry_at(rect, node.value.shape, point) : 0};
    }
    return {number, HitPart::card, 0};
  }
  return {};
}

Rect entry_rect(const Graph& graph, const GraphLayout& layout, const Canvas& canvas, int number,
                Index entry, HitPart part) {
  const Node& node = graph.node(number);
  const NodeParts parts = parts_of(node, canvas.to_pixels(layout.nodes[number]));
  const Rect& rect = part == HitPart::gradient ? parts.gradient : parts.value;
  return parts.look == NodeLook::matrix ? cell_rect(rect, node.value.shape, entry) : rect;
}

}  // namespace backstep
