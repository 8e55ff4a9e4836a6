// Marks over the nodes: the verdicts of gradient checks, signs for numbers that rounding
// spoilt, and rings around nodes that a lesson points at.
#include <algorithm>
#include <cmath>

#include "app/explain/check_summary.h"
#include "app/explain/precision_words.h"
#include "app/graph/scene.h"
#include "app/graph_layout/node_parts.h"
#include "app/plots/verdict_mark.h"
#include "core/base/number_words.h"

namespace backstep {
namespace {

constexpr float mark_radius = 8, entry_radius = 3.6f, letter_size = 12;

float mark_size(const Scene& scene) {
  return std::clamp(mark_radius * scene.canvas.zoom, scene.px(3), scene.px(15));
}

// A small box with a word in it, its right end at `right`; `before` is room for
// a mark before the word.
struct Plate {
  std::string text;
  Color color;
  float before = 0;
};

float plate_width(const Scene& scene, const Plate& plate, float pixels) {
  return scene.painter.text_width(plate.text, Face::bold, pixels) + plate.before + pixels * 0.9f;
}

void draw_plate(const Scene& scene, const Plate& plate, float right, float middle, float pixels) {
  const float width = plate_width(scene, plate, pixels), height = pixels * 1.5f;
  const Rect box = {right - width, middle - height / 2, width, height};
  scene.painter.fill(box, scene.theme.card, height / 2);
  scene.painter.frame(box, plate.color, height / 2, std::max(1.0f, scene.px(1)));
  scene.painter.text({box.center().x + plate.before / 2, middle - pixels / 2}, plate.text,
                     Face::bold, pixels, plate.color, Align::center);
}

// ---- nudge checks ---------------------------------------------------------------

// Marks the cells of the gradient if they show their numbers; else returns false.
bool draw_entry_marks(const Scene& scene, const NodeParts& parts, const CheckedParameter& checked) {
  const int number = checked.parameter;
  const Shape shape = scene.graph().node(number).value.shape;
  if (parts.look != NodeLook::matrix ||
      scene.timeline.gradient_arrived(number) == Arrived::nothing ||
      cell_letters(scene, parts.gradient, shape, parts.unit) <= 0)
    return false;
  const float radius = std::max(entry_radius * parts.unit, scene.px(2.5f));
  for (Index entry = 0; entry < shape.size(); ++entry) {
    const GradientCheck* check = scene.marks.checks->of(number, entry);
    const Rect cell = cell_rect(parts.gradient, shape, entry);
    const Point corner = {cell.right() - radius * 0.7f, cell.y + radius * 0.7f};
    if (check && scene.is_seen(cell))
      draw_verdict(scene.painter, scene.theme, check->verdict, corner, radius);
  }
  return true;
}

// Marks the corner of the node; for a matrix, with the number of entries.
void draw_check(const Scene& scene, const CheckedParameter& checked) {
  const int number = checked.parameter;
  const Node& node = scene.graph().node(number);
  if (checked.entries < scene.marks.checks->planned(number)) return;  // its checks are not done
  const Rect rect = scene.canvas.to_pixels(scene.layout.nodes[static_cast<std::size_t>(number)]);
  if (!scene.is_seen(rect.inset(-scene.px(16)))) return;
  const NodeParts parts = parts_of(node, rect);
  const float radius = mark_size(scene);
  const bool entries_marked = draw_entry_marks(scene, parts, checked);
  const bool counts =
      node.value.shape.size() > 1 && !entries_marked && scene.canvas.node_height() >= text_from;
  const Point corner = {rect.right() - radius * 0.1f, rect.y - radius * 0.1f};
  if (!counts) return draw_verdict(scene.painter, scene.theme, checked.verdict(), corner, radius);
  const float pixels = std::clamp(letter_size * scene.canvas.zoom, scene.px(9), scene.px(16));
  const float small = std::min(radius, pixels * 0.55f);
  const Color color = verdict_color(scene.theme, checked.verdict());
  const Plate plate = {grouped(static_cast<long>(checked.of(checked.verdict()))), color,
                       small * 2 + pixels * 0.2f};
  const float right = rect.right() + radius * 0.9f, middle = rect.y - pixels * 0.45f;
  const float left = right - plate_width(scene, plate, pixels);
  draw_plate(scene, plate, right, middle, pixels);
  draw_verdict(scene.painter, scene.theme, checked.verdict(),
               {left + pixels * 0.35f + small, middle}, small);
}

// ---- rounding -------------------------------------------------------------------

// Marks the foot of a node with signs for its value and its gradient, once computed.
void draw_bad_numbers(const Scene& scene, int number, const std::vector<const BadNumber*>& of) {
  const Rect rect = scene.canvas.to_pixels(scene.layout.nodes[static_cast<std::size_t>(number)]);
  if (!scene.is_seen(rect.inset(-scene.px(16)))) return;
  const bool far = scene.canvas.node_height() < text_from;
  const float pixels = std::clamp(letter_size * scene.canvas.zoom, scene.px(9), scene.px(18));
  float right = rect.right() + scene.px(4);
  for (auto bad = of.rbegin(); bad != of.rend(); ++bad) {
    const Color color = (*bad)->phase == Phase::backward ? scene.theme.gradient : scene.theme.value;
    if (far) {
      scene.painter.circle({right - scene.px(3), rect.bottom()}, scene.px(3), scene.theme.warning);
      return;
    }
    const Plate plate = {bad_number_sign(**bad), color};
    draw_plate(scene, plate, right, rect.bottom() + pixels * 0.4f, pixels);
    right -= plate_width(scene, plate, pixels) + scene.px(3);
  }
}

void draw_all_bad_numbers(const Scene& scene, const std::vector<BadNumber>& all) {
  std::vector<std::vector<const BadNumber*>> of(scene.layout.nodes.size());
  for (const BadNumber& bad : all)
    if (bad.tick <= scene.timeline.position().tick)
      of[static_cast<std::size_t>(bad.node)].push_back(&bad);
  for (std::size_t i = 0; i < of.size(); ++i)
    if (!of[i].empty()) draw_bad_numbers(scene, static_cast<int>(i), of[i]);
}

// ---- rings ----------------------------------------------------------------------

void draw_ring(const Scene& scene, int number) {
  if (static_cast<std::size_t>(number) >= scene.layout.nodes.size()) return;
  const Rect rect = scene.canvas.to_pixels(scene.layout.nodes[static_cast<std::size_t>(number)]);
  const float out = scene.px(7), thickness = std::max(1.0f, scene.px(2)), soft = scene.px(4);
  const float rounding = 7 * scene.canvas.zoom + out;
  const Color color = scene.theme.update;
  scene.painter.frame(rect.inset(-out - soft), color.with_alpha(0.22), rounding + soft, soft);
  scene.painter.frame(rect.inset(-out), color, rounding, thickness);
}

}  // namespace

void draw_marks(const Scene& scene) {
  for (int number : scene.view.pointed_nodes) draw_ring(scene, number);
  if (scene.marks.checks)
    for (const CheckedParameter& checked : summary_of(*scene.marks.checks))
      draw_check(scene, checked);
  if (scene.marks.bad_numbers) draw_all_bad_numbers(scene, *scene.marks.bad_numbers);
}

}  // namespace backstep
