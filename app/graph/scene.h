// A Scene is what every part of the graph's picture is drawn from: where to,
// what, and where the run stands.
#pragma once

#include "app/draw/painter.h"
#include "app/draw/theme.h"
#include "app/graph/canvas.h"
#include "core/timeline.h"

namespace backstep {

struct Scene {
  Painter& painter;
  const Timeline& timeline;
  const GraphLayout& layout;
  const ViewState& view;
  const Theme& theme;
  Canvas canvas;
  Tick now;  // the tick done last; its node is -1 before the first

  const Graph& graph() const { return timeline.graph(); }
  float px(float units) const { return units * canvas.scale; }
  bool is_seen(const Rect& pixels) const { return pixels.overlaps(canvas.area); }

  // Blue, orange or green: what the last tick is about.
  Color accent() const {
    return now.phase == Phase::forward    ? theme.value
           : now.phase == Phase::backward ? theme.gradient
                                          : theme.update;
  }
};

// From these heights of a scalar's node on, in units of the window's design.
inline constexpr float text_from = 36, name_from = 17, rounding_from = 14, border_from = 8;

// The name of a layer as it stands on its band; empty where it has no room.
struct BandName {
  std::string text;
  float pixels = 0;
  Rect rect;
};
BandName name_of(const Scene& scene, const LayerBand& band);

void draw_bands(const Scene& scene);
void draw_edges(const Scene& scene);
void draw_nodes(const Scene& scene);
void draw_callout(const Scene& scene);

}  // namespace backstep
