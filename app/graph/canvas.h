// A Canvas maps canvas units to pixels: the area of the window that shows the graph, the
// zoom, and the level of detail that follows from it.
#pragma once

#include "app/graph_layout/layout.h"
#include "app/view/view.h"

namespace backstep {

struct Canvas {
  Rect area;        // pixels
  float zoom = 1;   // pixels in a canvas unit
  Point offset;     // from the corner of the area to the canvas's origin
  float scale = 1;  // pixels in a unit of the window's design

  // The area above the line of hints at its foot.
  Rect clear_area() const;

  float nearness() const { return zoom / scale; }
  // The height of a scalar's node, in units of the window's design.
  float node_height() const { return 82 * nearness(); }

  Point to_pixels(Point p) const {
    return {area.x + offset.x + p.x * zoom, area.y + offset.y + p.y * zoom};
  }
  Rect to_pixels(const Rect& r) const {
    const Point corner = to_pixels(Point{r.x, r.y});
    return {corner.x, corner.y, r.width * zoom, r.height * zoom};
  }
  Point to_units(Point p) const {
    return {(p.x - area.x - offset.x) / zoom, (p.y - area.y - offset.y) / zoom};
  }
};

// The canvas as `camera` shows it; with camera.fit everything is shown.
Canvas canvas_of(const Camera& camera, const GraphLayout& layout, Rect area, float scale);

// The camera that shows everything above the line of hints at the foot.
Camera fitted(const GraphLayout& layout, Rect area, float scale);

// The camera zoomed by `factor` around the pixel `at`.
Camera zoomed(const Canvas& canvas, float factor, Point at);

}  // namespace backstep
