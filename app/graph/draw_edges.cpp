#include <algorithm>
#include <cmath>

#include "app/graph/scene.h"

namespace backstep {
namespace {

// Edges are drawn as curves if columns are at least this far apart.
constexpr float curves_from = 40;

Rect bounds_of_route(const Route& route) {
  Point low = route.front(), high = low;
  for (Point p : route) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  return {low.x, low.y, high.x - low.x, high.y - low.y};
}

struct Stroke {
  Color color;
  float thickness = 1;
  bool flows = false;
  bool back = false;  // from the op to its operand
};

// Whether the last tick worked along this edge.
bool is_at_work(const Scene& scene, const GraphEdge& edge) {
  if (scene.now.node != edge.to) return false;
  return scene.now.phase == Phase::forward ||
         (scene.now.phase == Phase::backward && edge.carries_gradient);
}

Stroke stroke_of(const Scene& scene, int number) {
  const GraphEdge& edge = scene.graph().edge(number);
  const float size = std::clamp(scene.canvas.nearness(), 0.55f, 2.0f);
  Stroke stroke = {scene.theme.edge, scene.px(1.5f * size)};
  if (scene.timeline.edge_done(number))
    stroke.color = mix(scene.theme.gradient, scene.theme.canvas, 0.22);
  if (scene.lit.has_edge(number)) {
    stroke.color = scene.theme.gradient;
    stroke.thickness = scene.px(3.6f * size);
  } else if (scene.lit.is_lit()) {
    stroke.color = mix(stroke.color, scene.theme.canvas, 0.5);
    return stroke;
  }
  if (!is_at_work(scene, edge)) return stroke;
  stroke.color = scene.accent();
  stroke.thickness = scene.px(3.2f * size);
  stroke.flows = scene.view.flow_phase < 1;
  stroke.back = scene.now.phase == Phase::backward;
  return stroke;
}

void draw_route(const Scene& scene, const Route& route, const Stroke& stroke) {
  const bool curved = 110 * scene.canvas.nearness() >= curves_from;
  const std::size_t pieces = (route.size() - 1) / 3;
  for (std::size_t i = 0; i < pieces; ++i) {
    const std::size_t piece = stroke.back ? pieces - 1 - i : i;
    Point p[4];
    for (std::size_t k = 0; k < 4; ++k)
      p[k] = scene.canvas.to_pixels(route[3 * piece + (stroke.back ? 3 - k : k)]);
    const float bow =
        std::abs(p[1].y - p[0].y) + std::abs(p[2].y - p[3].y) + std::abs(p[0].y - p[3].y);
    if (!curved && !stroke.flows && bow < scene.px(12)) {
      scene.painter.line(p[0], p[3], stroke.color, stroke.thickness);
      continue;
    }
    Edge edge = {p[0], p[1], p[2], p[3], stroke.color, stroke.thickness};
    if (stroke.flows) {
      // One light runs along all pieces in turn.
      const double along =
          scene.view.flow_phase * static_cast<double>(pieces) - static_cast<double>(i);
      edge.flow = along >= 0 && along <= 1 ? 1.0f : 0.0f;
      edge.phase = static_cast<float>(std::clamp(along, 0.0, 0.999));
    }
    scene.painter.edge(edge);
  }
}

}  // namespace

// The edges of the last tick and of a highlighted path are drawn over the others.
void draw_edges(const Scene& scene) {
  const auto stands_out = [&](int number) {
    return scene.lit.is_lit() ? scene.lit.has_edge(number)
                              : is_at_work(scene, scene.graph().edge(number));
  };
  for (bool on_top : {false, true}) {
    for (std::size_t i = 0; i < scene.layout.edges.size(); ++i) {
      const Route& route = scene.layout.edges[i];
      const int number = static_cast<int>(i);
      if (route.empty() || stands_out(number) != on_top) continue;
      const Rect rect = scene.canvas.to_pixels(bounds_of_route(route)).inset(-scene.px(4));
      if (scene.is_seen(rect)) draw_route(scene, route, stroke_of(scene, number));
    }
  }
}

}  // namespace backstep
