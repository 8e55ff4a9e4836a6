#include "app/graph_layout/node_parts.h"

#include <algorithm>
#include <cmath>

namespace backstep {
namespace {

// All in canvas units.
constexpr float scalar_width = 92, scalar_height = 82, head_height = 27;
constexpr float part_height = 22, first_row = 33;
constexpr float pad = 8, gutter = 18, between_panels = 4, label_height = 15;
constexpr float number_height = 30;

// A cell that is large enough for a number, and up to how many cells have this size.
constexpr float cell_width = 47, cell_height = 22;
constexpr Index most_full_cells = 4;

// A panel grows with its matrix, but more and more slowly.
Size panel_size(Shape shape) {
  const auto rows = static_cast<float>(shape.rows), columns = static_cast<float>(shape.columns);
  const Size full = {cell_width * columns, cell_height * rows};
  if (shape.size() <= most_full_cells) return full;
  return {std::min(full.width, 96 + 8 * std::log2(columns)),
          std::min(full.height, (columns < 2 ? 80 : 58) + 6 * std::log2(rows))};
}

// The value and the gradient of a column are side by side, those of any other matrix one
// above the other: a graph is wider than it is high, so high nodes suit it better.
bool is_side_by_side(Shape shape) { return shape.columns == 1; }

Rect scaled(Rect r, Rect card, float unit) {
  return {card.x + r.x * unit, card.y + r.y * unit, r.width * unit, r.height * unit};
}

void set_rows(NodeParts& parts, bool has_gradient) {
  const float width = scalar_width;
  parts.value = {0, first_row, width, part_height};
  parts.value_label = {pad, first_row, gutter, part_height};
  if (!has_gradient) return;
  parts.gradient = {0, first_row + part_height, width, part_height};
  parts.gradient_label = {pad, first_row + part_height, gutter, part_height};
}

void set_panels(NodeParts& parts, Shape shape, bool has_gradient) {
  const Size panel = panel_size(shape);
  const float top = head_height + 6;
  if (is_side_by_side(shape)) {
    const float cells = top + label_height - 2;
    parts.value = {pad, cells, panel.width, panel.height};
    parts.value_label = {pad, top - 3, panel.width, label_height};
    if (!has_gradient) return;
    const float x = pad + panel.width + between_panels;
    parts.gradient = {x, cells, panel.width, panel.height};
    parts.gradient_label = {x, top - 3, panel.width, label_height};
    return;
  }
  parts.value = {pad + gutter, top, panel.width, panel.height};
  parts.value_label = {pad, top, gutter, panel.height};
  if (!has_gradient) return;
  const float y = top + panel.height + between_panels;
  parts.gradient = {pad + gutter, y, panel.width, panel.height};
  parts.gradient_label = {pad, y, gutter, panel.height};
}

}  // namespace

NodeLook look_of(const Node& node) {
  if (node.value.shape.size() > 1) return NodeLook::matrix;
  return node.kind == NodeKind::constant && !node.has_gradient ? NodeLook::number
                                                               : NodeLook::scalar;
}

Size size_of(const Node& node) {
  const Shape shape = node.value.shape;
  switch (look_of(node)) {
    case NodeLook::scalar:
      return {scalar_width, scalar_height};
    case NodeLook::number:
      return {std::clamp(22 + 8 * static_cast<float>(node.text.size()), 38.0f, scalar_width),
              number_height};
    case NodeLook::matrix:
      break;
  }
  const Size panel = panel_size(shape);
  if (is_side_by_side(shape))
    return {2 * pad + 2 * panel.width + between_panels,
            head_height + 4 + label_height + panel.height + pad};
  return {2 * pad + gutter + panel.width,
          head_height + 6 + 2 * panel.height + between_panels + pad};
}

NodeParts parts_of(const Node& node, Rect card) {
  NodeParts parts;
  parts.look = look_of(node);
  const Size size = size_of(node);
  parts.unit = card.height / size.height;
  if (parts.look == NodeLook::number) {
    parts.card = parts.value = card;
    return parts;
  }
  parts.head = {0, 0, size.width, head_height};
  if (parts.look == NodeLook::scalar)
    set_rows(parts, node.has_gradient);
  else
    set_panels(parts, node.value.shape, node.has_gradient);
  for (Rect* part :
       {&parts.head, &parts.value, &parts.gradient, &parts.value_label, &parts.gradient_label})
    if (part->width > 0) *part = scaled(*part, card, parts.unit);
  parts.card = card;
  return parts;
}

Rect cell_rect(Rect panel, Shape shape, Index entry) {
  const Index row = entry / shape.columns, column = entry % shape.columns;
  const float width = panel.width / static_cast<float>(shape.columns);
  const float height = panel.height / static_cast<float>(shape.rows);
  return {panel.x + width * static_cast<float>(column), panel.y + height * static_cast<float>(row),
          width, height};
}

Index entry_at(Rect panel, Shape shape, Point at) {
  const auto place = [](float along, float length, Index count) {
    const auto i = static_cast<Index>(along / length * static_cast<float>(count));
    return std::clamp<Index>(i, 0, count - 1);
  };
  return place(at.y - panel.y, panel.height, shape.rows) * shape.columns +
         place(at.x - panel.x, panel.width, shape.columns);
}

}  // namespace backstep
