// A Scene is what every part of the graph's picture is drawn from: where to,
// what, and where the run stands.
#pragma once

#include <vector>

#include "app/graph/canvas.h"
#include "app/graph/graph_marks.h"
#include "app/paint/painter.h"
#include "app/paint/theme.h"
#include "core/stepping/timeline.h"

namespace backstep {

// One path to the loss that stands out; the rest of the graph is dimmed.
struct LitPath {
  std::vector<bool> edges, nodes;  // by number; empty when no path is lit
  std::vector<Index> entries;      // by node: the entry the path goes through, or -1
  bool is_lit() const { return !edges.empty(); }
  bool has_edge(int edge) const { return is_lit() && edges[static_cast<std::size_t>(edge)]; }
  bool has_node(int node) const { return is_lit() && nodes[static_cast<std::size_t>(node)]; }
};

struct Scene {
  Painter& painter;
  const Timeline& timeline;
  const GraphLayout& layout;
  const ViewState& view;
  const Theme& theme;
  Canvas canvas;
  Tick now;  // the tick done last; its node is -1 before the first
  const GraphMarks& marks;
  LitPath lit;

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

// Letters in the cells of a matrix' panel, or 0 where cells are too small for numbers.
float cell_letters(const Scene& scene, const Rect& panel, Shape shape, float unit);

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
void draw_marks(const Scene& scene);  // what checks and rounding say of nodes; rings
void draw_callout(const Scene& scene);

}  // namespace backstep
