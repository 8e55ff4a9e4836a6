#include "app/graph/canvas.h"

#include <algorithm>

namespace backstep {
namespace {

constexpr float side_margin = 22, head_margin = 22, foot_margin = 46;
constexpr float nearest_fit = 1.6f;
constexpr float nearest = 8, farthest = 0.1f;

}  // namespace

Rect Canvas::clear_area() const {
  return {area.x, area.y, area.width, area.height - foot_margin * scale};
}

Camera fitted(const GraphLayout& layout, Rect area, float scale) {
  const Rect& bounds = layout.bounds;
  const float width = std::max(40.0f, area.width - 2 * side_margin * scale);
  const float height = std::max(40.0f, area.height - (head_margin + foot_margin) * scale);
  const float zoom = std::min({width / std::max(1.0f, bounds.width),
                               height / std::max(1.0f, bounds.height), nearest_fit * scale});
  const Point middle = {area.width / 2, head_margin * scale + height / 2};
  return {zoom, {middle.x - bounds.center().x * zoom, middle.y - bounds.center().y * zoom}, true};
}

Canvas canvas_of(const Camera& camera, const GraphLayout& layout, Rect area, float scale) {
  const Camera seen = camera.fit ? fitted(layout, area, scale) : camera;
  return {area, seen.zoom, seen.offset, scale};
}

Camera zoomed(const Canvas& canvas, float factor, Point at) {
  // A graph that fits only when zoomed out farther can be seen as a whole all the same.
  const float least = std::min(farthest * canvas.scale, canvas.zoom);
  const float zoom = std::clamp(canvas.zoom * factor, least, nearest * canvas.scale);
  const Point fixed = canvas.to_units(at);
  return {
      zoom, {at.x - canvas.area.x - fixed.x * zoom, at.y - canvas.area.y - fixed.y * zoom}, false};
}

}  // namespace backstep
