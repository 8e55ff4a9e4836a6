#include <algorithm>
#include <cmath>

#include "app/explain/training_words.h"
#include "app/graph/node_text.h"
#include "app/graph/scene.h"
#include "app/graph_layout/node_parts.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"

namespace backstep {
namespace {

// All that drawing one node needs.
struct Card {
  const Scene& scene;
  int number;
  const Node& node;
  NodeParts parts;
  bool value_known;
  Arrived gradient;

  Painter& painter() const { return scene.painter; }
  const Theme& theme() const { return scene.theme; }
  float unit() const { return parts.unit; }
  float rounding() const { return scene.canvas.node_height() < rounding_from ? 0 : 7 * unit(); }
  bool is_current() const { return scene.now.node == number; }
  // An updated parameter has its value of the next pass, unlike everything else.
  Color value_color() const {
    return is_of_next_pass(scene.timeline, number) ? theme().update : theme().value;
  }
  // Letters shrink with the node, but not beyond what can be read.
  float letters(float units) const { return std::max(units * unit(), scene.px(9)); }
};

Color head_color(const Card& card) {
  const Theme& theme = card.theme();
  if (card.number == card.scene.graph().loss()) return theme.head_loss;
  switch (card.node.kind) {
    case NodeKind::parameter:
      return theme.head_param;
    case NodeKind::input:
    case NodeKind::target:
      return theme.head_data;
    default:
      return theme.head_op;
  }
}

// "y" centred in the height of `row`.
float text_top(const Rect& row, float pixels) { return row.y + (row.height - pixels) / 2; }

// ---- the card ----

void draw_glow(const Card& card) {
  const Color color = card.scene.accent();
  const float step = card.scene.px(2);
  for (int ring = 4; ring >= 1; --ring) {
    const float out = step * static_cast<float>(ring);
    card.painter().frame(card.parts.card.inset(-out), color.with_alpha(0.26 - 0.055 * ring),
                         card.rounding() + out, step);
  }
}

void draw_outline(const Card& card) {
  const Scene& scene = card.scene;
  const float height = scene.canvas.node_height();
  if (card.is_current()) {
    card.painter().frame(card.parts.card, scene.accent(), card.rounding(),
                         std::max(1.0f, scene.px(height < border_from ? 1.0f : 2.0f)));
  } else if (height >= border_from) {
    card.painter().frame(card.parts.card, card.theme().line, card.rounding(),
                         std::max(1.0f, std::round(scene.px(1))));
  }
  const bool selected = scene.view.selection.node == card.number;
  const bool hovered = scene.view.hovered_node == card.number;
  if (!selected && !hovered) return;
  const float out = scene.px(selected ? 4.0f : 3.0f);
  card.painter().frame(card.parts.card.inset(-out),
                       selected ? card.theme().text : card.theme().text_faint,
                       card.rounding() + out, scene.px(selected ? 2.0f : 1.0f));
}

// While a path is highlighted, its nodes have its colour and the others are dimmed.
void draw_lit(const Card& card) {
  const Scene& scene = card.scene;
  if (!scene.lit.is_lit()) return;
  if (scene.lit.has_node(card.number))
    card.painter().frame(card.parts.card.inset(-scene.px(1)), card.theme().gradient,
                         card.rounding() + scene.px(1), std::max(1.0f, scene.px(2)));
  else
    card.painter().fill(card.parts.card.inset(-1), card.theme().canvas.with_alpha(0.5),
                        card.rounding());
}

void draw_surface(const Card& card) {
  card.painter().fill(card.parts.card, card.theme().card, card.rounding());
  card.painter().fill_top(card.parts.head, head_color(card), card.rounding());
}

double largest_magnitude(const View& view) {
  double largest = 0;
  for (double value : view)
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  return largest;
}

// 1 for a gradient as large as the loss's own, and 0.1 less for every power of ten below,
// so that vanishing gradients are visible from far away.
double strength(double gradient) {
  return gradient > 0 ? std::clamp(1 + std::log10(gradient) / 10, 0.1, 1.0) : 0.1;
}

// From far away a node is a patch in the colour of what is computed of it.
void draw_patch(const Card& card) {
  const Theme& theme = card.theme();
  Color color = mix(theme.card, theme.edge, 0.35);
  if (card.value_known) color = mix(theme.card, theme.value, 0.5);
  if (card.gradient != Arrived::nothing)
    color = mix(mix(theme.card, theme.edge, 0.25), theme.gradient,
                0.9 * strength(largest_magnitude(card.node.gradient)));
  card.painter().fill(card.parts.card, color, card.rounding());
}

// ---- text ----

void draw_head(const Card& card) {
  const Rect& head = card.parts.head;
  const float side = 8 * card.unit(), gap = 6 * card.unit();
  const float pixels = std::min(card.letters(16), head.height);
  const float small = std::min(card.letters(13.5f), head.height);
  float right = head.right() - side;
  const std::string name = card.scene.graph().label(card.number);
  const float wanted = card.painter().text_width(name, Face::bold, pixels);
  const auto write_right = [&](const std::string& text, Color color) {
    const float width = card.painter().text_width(text, Face::ui, small);
    if (text.empty() || right - width - gap < head.x + side + wanted) return;
    card.painter().text({right, text_top(head, small)}, text, Face::ui, small, color, Align::right);
    right -= width + gap;
  };
  write_right(corner_of(card.scene.graph(), card.number), card.theme().text_soft);
  if (card.parts.look == NodeLook::matrix)
    write_right(to_string(card.node.value.shape), card.theme().text_faint);
  const std::string shown = elided(card.painter(), name, Face::bold, pixels, right - head.x - side);
  card.painter().text({head.x + side, text_top(head, pixels)}, shown, Face::bold, pixels,
                      card.theme().text);
}

void draw_row_label(const Card& card, const Rect& place, const std::string& text, Color color) {
  const float pixels = std::min(card.letters(12.5f), place.height);
  card.painter().text({place.x, text_top(place, pixels)}, text, Face::ui, pixels, color);
}

// A number at the right end of a scalar's row.
void draw_row(const Card& card, const Rect& row, const Rect& label, const std::string& sign,
              double value, Color color, bool known, bool partial) {
  if (row.width <= 0) return;
  const float side = 8 * card.unit();
  const float pixels = std::min(card.letters(15), row.height);
  draw_row_label(card, label, sign, card.theme().text_faint);
  const Point end = {row.right() - side, text_top(row, pixels)};
  if (!known) {
    card.painter().text(end, "·", Face::mono, pixels, card.theme().text_faint, Align::right);
    return;
  }
  const float taken =
      card.painter().text_width(sign, Face::ui, std::min(card.letters(12.5f), label.height));
  const float room = end.x - label.x - taken - 3 * card.unit();
  const std::string text =
      fitting_number(card.painter(), value, partial ? "…" : "", number_face(pixels), pixels, room);
  card.painter().text(end, text, number_face(pixels), pixels,
                      partial ? mix(color, card.theme().card, 0.35) : color, Align::right);
}

// ---- cells ----

struct CellRange {
  Index first_row, last_row, first_column, last_column;
};

// The cells in sight.
CellRange cells_in_sight(const Card& card, const Rect& panel, Shape shape) {
  const Rect& area = card.scene.canvas.area;
  const auto place = [](float at, float start, float length, Index count) {
    const auto i = static_cast<Index>((at - start) / length * static_cast<float>(count));
    return std::clamp<Index>(i, 0, count - 1);
  };
  return {place(area.y, panel.y, panel.height, shape.rows),
          place(area.bottom(), panel.y, panel.height, shape.rows),
          place(area.x, panel.x, panel.width, shape.columns),
          place(area.right(), panel.x, panel.width, shape.columns)};
}

// If the cells have room for numbers, these matter more than colours: every number has a
// box that is only tinted.
void draw_numbered_cells(const Card& card, const Rect& panel, const View& view, double scale,
                         float pixels) {
  const Shape shape = view.shape;
  const float gap = std::max(0.5f, 0.8f * card.unit());
  const CellRange seen = cells_in_sight(card, panel, shape);
  for (Index row = seen.first_row; row <= seen.last_row; ++row)
    for (Index column = seen.first_column; column <= seen.last_column; ++column) {
      const Index entry = row * shape.columns + column;
      const Rect cell = cell_rect(panel, shape, entry).inset(gap);
      const Color color = cell_color(card.theme(), view[entry], scale);
      card.painter().fill(cell, mix(card.theme().zero, color, 0.45), 3 * card.unit());
      card.painter().text(
          {cell.center().x, text_top(cell, pixels)},
          fitting_number(card.painter(), view[entry], "", number_face(pixels), pixels, cell.width),
          number_face(pixels), pixels, card.theme().text, Align::center);
    }
}

void draw_unknown_cells(const Card& card, const Rect& panel) {
  card.painter().fill(panel, mix(card.theme().card, card.theme().field, 0.6), 2 * card.unit());
  const float pixels = std::min(card.letters(15), panel.height);
  if (card.scene.canvas.node_height() < text_from) return;
  card.painter().text({panel.center().x, text_top(panel, pixels)}, "·", Face::mono, pixels,
                      card.theme().text_faint, Align::center);
}

void draw_selected_cell(const Card& card, const Rect& panel, Shape shape) {
  const Selection& selection = card.scene.view.selection;
  if (selection.node != card.number || selection.entry >= shape.size()) return;
  card.painter().frame(cell_rect(panel, shape, selection.entry).inset(-card.scene.px(1)),
                       card.theme().text, card.scene.px(3), card.scene.px(1.5f));
}

// Frames the entry through which a highlighted path goes.
void draw_lit_cell(const Card& card, const Rect& panel, Shape shape) {
  if (!card.scene.lit.has_node(card.number)) return;
  const Index entry = card.scene.lit.entries[static_cast<std::size_t>(card.number)];
  if (entry < 0 || entry >= shape.size()) return;
  card.painter().frame(cell_rect(panel, shape, entry).inset(-card.scene.px(1)),
                       card.theme().gradient, card.scene.px(3), card.scene.px(2));
}

void draw_cells(const Card& card, const Rect& panel, const View& view, bool known) {
  if (panel.width <= 0) return;
  if (!known) return draw_unknown_cells(card, panel);
  const double scale = largest_magnitude(view);
  if (const float pixels = cell_letters(card.scene, panel, view.shape, card.unit()); pixels > 0) {
    draw_numbered_cells(card, panel, view, scale, pixels);
  } else {
    Heatmap heatmap;
    heatmap.rect = panel;
    heatmap.rows = static_cast<int>(view.shape.rows);
    heatmap.columns = static_cast<int>(view.shape.columns);
    heatmap.values = view.data;
    heatmap.scale = scale;
    card.painter().heatmap(heatmap);
  }
  draw_lit_cell(card, panel, view.shape);
  draw_selected_cell(card, panel, view.shape);
}

void draw_panel_label(const Card& card, const Rect& place, const std::string& text, Color color) {
  if (place.width <= 0 || card.scene.canvas.node_height() < text_from) return;
  draw_row_label(card, place, text, color);
}

void draw_matrix(const Card& card) {
  const bool some = card.gradient == Arrived::some;
  draw_panel_label(card, card.parts.value_label, "v", card.value_color());
  draw_panel_label(card, card.parts.gradient_label, some ? "∂L…" : "∂L", card.theme().gradient);
  draw_cells(card, card.parts.value, card.node.value, card.value_known);
  draw_cells(card, card.parts.gradient, card.node.gradient, card.gradient != Arrived::nothing);
}

void draw_scalar(const Card& card) {
  draw_row(card, card.parts.value, card.parts.value_label, "v", card.node.value[0],
           card.value_color(), card.value_known, false);
  if (card.parts.gradient.width > 0)
    draw_row(card, card.parts.gradient, card.parts.gradient_label, "∂L", card.node.gradient[0],
             card.theme().gradient, card.gradient != Arrived::nothing,
             card.gradient == Arrived::some);
}

void draw_bare_number(const Card& card) {
  const Rect& r = card.parts.card;
  card.painter().fill(r, card.theme().head_op, std::min(card.rounding() * 1.6f, r.height / 2));
  if (card.scene.canvas.node_height() < text_from) return;
  const float pixels = std::min(card.letters(15), r.height);
  card.painter().text({r.center().x, text_top(r, pixels)},
                      fitting_number(card.painter(), card.node.value[0], "", number_face(pixels),
                                     pixels, r.width - 8 * card.unit(), card.node.text),
                      number_face(pixels), pixels, card.theme().value, Align::center);
}

// Too far away for numbers: bars show what is computed, and the name is drawn if it fits.
void draw_bars(const Card& card) {
  const NodeParts& parts = card.parts;
  const auto bar = [&](const Rect& row, Color color, bool known) {
    if (row.width <= 0) return;
    const float height = std::max(1.0f, 8 * card.unit());
    const float width = row.width * (known ? 0.62f : 0.16f);
    card.painter().fill(
        {row.right() - 8 * card.unit() - width, row.center().y - height / 2, width, height},
        known ? color : card.theme().line, height / 2);
  };
  bar(parts.value, card.theme().value, card.value_known);
  bar(parts.gradient, card.theme().gradient, card.gradient != Arrived::nothing);
}

void draw_far_name(const Card& card) {
  const float pixels = card.scene.px(10);
  const Rect& head = card.parts.head;
  if (head.height < pixels * 0.82f) return;
  const std::string name = card.scene.graph().label(card.number);
  if (card.painter().text_width(name, Face::bold, pixels) > head.width - card.scene.px(3)) return;
  card.painter().text({head.center().x, text_top(head, pixels)}, name, Face::bold, pixels,
                      card.theme().text, Align::center);
}

void draw_node(const Card& card) {
  const float height = card.scene.canvas.node_height();
  if (card.is_current()) draw_glow(card);
  if (card.parts.look == NodeLook::number) {
    draw_bare_number(card);
  } else if (height < rounding_from) {
    draw_patch(card);
  } else {
    draw_surface(card);
    if (height >= text_from)
      draw_head(card);
    else
      draw_far_name(card);
    if (card.parts.look == NodeLook::matrix)
      draw_matrix(card);
    else if (height >= text_from)
      draw_scalar(card);
    else
      draw_bars(card);
  }
  draw_outline(card);
  draw_lit(card);
}

}  // namespace

float cell_letters(const Scene& scene, const Rect& panel, Shape shape, float unit) {
  if (scene.canvas.node_height() < text_from) return 0;
  const Rect cell = cell_rect(panel, shape, 0);
  const float least = scene.px(9), room = cell.width - scene.px(3);
  const float wanted = scene.painter.text_width("-0.0000", number_face(least), least) / least;
  const float fits = std::min(room / wanted, cell.height * 0.8f);
  return fits < least ? 0 : std::clamp(13 * unit, least, fits);
}

void draw_nodes(const Scene& scene) {
  const auto draw = [&](int number) {
    const Rect rect = scene.canvas.to_pixels(scene.layout.nodes[number]);
    if (!scene.is_seen(rect.inset(-scene.px(12)))) return;
    const Node& node = scene.graph().node(number);
    draw_node({scene, number, node, parts_of(node, rect), scene.timeline.value_known(number),
               scene.timeline.gradient_arrived(number)});
  };
  const int count = static_cast<int>(scene.layout.nodes.size());
  for (int number = 0; number < count; ++number)
    if (number != scene.now.node) draw(number);
  if (scene.now.node >= 0) draw(scene.now.node);
}

}  // namespace backstep
