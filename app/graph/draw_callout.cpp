#include <algorithm>
#include <cmath>
#include <optional>

#include "app/graph/scene.h"
#include "app/graph/step_words.h"
#include "app/paint/text_fit.h"

namespace backstep {
namespace {

constexpr float callout_title_size = 13, callout_line_size = 15, callout_side = 12,
                callout_head = 7, callout_line_gap = 3, callout_foot = 8;

// The box has the size of the window's text and grows only a little when one zooms in.
float px(const Scene& scene, float units) {
  return scene.px(units * std::clamp(scene.canvas.nearness(), 1.0f, 1.3f));
}

Color surface(const Scene& scene) {
  return scene.now.phase == Phase::forward    ? scene.theme.value_soft
         : scene.now.phase == Phase::backward ? scene.theme.gradient_soft
                                              : scene.theme.update_soft;
}

float width_of(const Scene& scene, const StyledText& line) {
  float width = 0;
  for (const TextPiece& piece : line)
    width += scene.painter.text_width(piece.text, Face::mono, px(scene, callout_line_size));
  return width;
}

// The width of the first words, which are a column of their own if there are several lines.
float lead_of(const Scene& scene, const std::vector<StyledText>& lines) {
  float lead = 0;
  if (lines.size() > 1)
    for (const StyledText& line : lines) lead = std::max(lead, width_of(scene, {line.front()}));
  return lead;
}

float width_of(const Scene& scene, const std::vector<StyledText>& lines) {
  float width = 0;
  const float lead = lead_of(scene, lines);
  for (const StyledText& line : lines) {
    const float first = lead > 0 ? width_of(scene, {line.front()}) : 0;
    width = std::max(width, width_of(scene, line) + lead - first);
  }
  return width;
}

void draw_lines(const Scene& scene, const std::vector<StyledText>& lines, const Rect& box,
                float y) {
  const float pixels = px(scene, callout_line_size);
  const float lead = lead_of(scene, lines);
  for (const StyledText& line : lines) {
    const float start =
        lead > 0 ? box.x + px(scene, callout_side) : box.center().x - width_of(scene, line) / 2;
    float x = start;
    for (const TextPiece& piece : line) {
      scene.painter.text({x, y}, piece.text, Face::mono, pixels, color_of(scene.theme, piece.tone));
      x += scene.painter.text_width(piece.text, Face::mono, pixels);
      if (lead > 0 && &piece == &line.front()) x = start + lead;
    }
    y += pixels + px(scene, callout_line_gap);
  }
}

// Where the box may be: above or below the node, the nearest places first.
std::vector<Rect> places(const Scene& scene, const Rect& node, float width, float height) {
  std::vector<Rect> found;
  const float gap = scene.px(16);
  for (float away : {0.0f, 30.0f, 70.0f, 120.0f, 180.0f, 250.0f})
    for (float shift :
         {0.0f, -0.15f, 0.15f, -0.3f, 0.3f, -0.45f, 0.45f, -0.7f, 0.7f, -1.0f, 1.0f}) {
      const float x = node.center().x - width / 2 + shift * width;
      const float out = gap + scene.px(away);
      found.push_back({x, node.y - out - height, width, height});
      found.push_back({x, node.bottom() + out, width, height});
    }
  return found;
}

// What the box should not cover.
struct Taken {
  std::vector<Rect> nodes, names;
};

Taken taken_by(const Scene& scene) {
  Taken taken;
  for (const Rect& node : scene.layout.nodes) {
    const Rect rect = scene.canvas.to_pixels(node).inset(-scene.px(5));
    if (scene.is_seen(rect)) taken.nodes.push_back(rect);
  }
  for (const LayerBand& band : scene.layout.bands)
    taken.names.push_back(band_name(scene, band).rect);
  return taken;
}

float shared(const Rect& a, const Rect& b) {
  const float width = std::min(a.right(), b.right()) - std::max(a.x, b.x);
  const float height = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0.0f;
}

float shared(const Rect& a, const std::vector<Rect>& others) {
  float sum = 0;
  for (const Rect& other : others) sum += shared(a, other);
  return sum;
}

// How far `place` is from the best one, right above the node.
float distance(const Scene& scene, const Rect& place, const Rect& node) {
  const float up = place.y < node.y ? node.y - place.bottom() : place.y - node.bottom();
  const float below = place.y < node.y ? 0 : scene.px(12);
  return scene.canvas.scale * (std::abs(place.center().x - node.center().x) + up + below);
}

// The dotted line from the box to its node.
struct CalloutPointer {
  Point from, to;
};

CalloutPointer pointer_between(const Scene& scene, const Rect& box, const Rect& node) {
  const bool over = box.bottom() <= node.y;
  const float low = std::max(box.x, node.x) + scene.px(8);
  const float high = std::min(box.right(), node.right()) - scene.px(8);
  const float beside = box.center().x > node.center().x ? node.right() : node.x;
  const float x = low < high ? (low + high) / 2 : beside;
  const float from = std::clamp(x, box.x + scene.px(10), box.right() - scene.px(10));
  return {{from, over ? box.bottom() : box.y}, {x, over ? node.y : node.bottom()}};
}

bool crosses(const CalloutPointer& pointer, const std::vector<Rect>& nodes, const Rect& own) {
  constexpr int steps = 24;
  for (int i = 0; i <= steps; ++i) {
    const float t = static_cast<float>(i) / steps;
    const Point at = {pointer.from.x + t * (pointer.to.x - pointer.from.x),
                      pointer.from.y + t * (pointer.to.y - pointer.from.y)};
    for (const Rect& node : nodes)
      if (node.contains(at) && !node.contains(own.center())) return true;
  }
  return false;
}

// The box is always inside the canvas and covers no node while nodes can be read. If there
// is no such place, it is not drawn.
std::optional<Rect> best_place(const Scene& scene, const Rect& node, float width, float height) {
  const Taken taken = taken_by(scene);
  const Rect inside = scene.canvas.clear_area().inset(scene.px(6));
  const bool may_cover = scene.canvas.node_height() < text_from;
  std::optional<Rect> best;
  float least = 0;
  for (const Rect& place : places(scene, node, width, height)) {
    if (shared(place, inside) < width * height - 1) continue;
    const float covered = shared(place, taken.nodes);
    if (covered > 0 && !may_cover) continue;
    const bool crossing = crosses(pointer_between(scene, place, node), taken.nodes, node);
    if (crossing && !may_cover) continue;
    const float bad =
        covered + 4 * shared(place, taken.names) + 1.6f * distance(scene, place, node);
    if (!best || bad < least) least = bad, best = place;
  }
  return best;
}

void draw_pointer(const Scene& scene, const CalloutPointer& pointer) {
  scene.painter.line(pointer.from, pointer.to, scene.accent(), scene.px(1.5f), Dash::dotted);
}

}  // namespace

void draw_callout(const Scene& scene) {
  if (scene.now.node < 0 || scene.canvas.node_height() < border_from) return;
  const Rect node = scene.canvas.to_pixels(scene.layout.nodes[scene.now.node]);
  if (!scene.is_seen(node)) return;
  const StepWords words = step_words(scene.timeline, scene.now, scene.view.selection);
  const float most = scene.canvas.area.width * 0.7f;
  const float title_pixels = px(scene, callout_title_size), pixels = px(scene, callout_line_size);
  const std::string title = elided(scene.painter, words.title, Face::ui, title_pixels, most);
  float width = scene.painter.text_width(title, Face::ui, title_pixels);
  width = std::max(width, width_of(scene, words.lines));
  const float rows = static_cast<float>(words.lines.size());
  const float height = px(scene, callout_head + callout_line_gap + callout_foot) + title_pixels +
                       rows * pixels + (rows - 1) * px(scene, callout_line_gap);
  const std::optional<Rect> place =
      best_place(scene, node, std::ceil(width + 2 * px(scene, callout_side)), height);
  if (!place) return;
  const Rect& box = *place;

  draw_pointer(scene, pointer_between(scene, box, node));
  scene.painter.fill(box, surface(scene), scene.px(8));
  scene.painter.frame(box, scene.accent(), scene.px(8), std::max(1.0f, scene.px(1.2f)));
  scene.painter.text({box.center().x, box.y + px(scene, callout_head)}, title, Face::ui,
                     title_pixels, scene.accent(), Align::center);
  draw_lines(scene, words.lines, box,
             box.y + px(scene, callout_head + callout_line_gap) + title_pixels);
}

}  // namespace backstep
