// A Scene is all that the parts of the graph's picture need for drawing: where to draw,
// what, and where the timeline stands.
#pragma once

#include <vector>

#include "app/graph/canvas.h"
#include "app/graph/graph_marks.h"
#include "app/paint/painter.h"
#include "app/paint/theme.h"
#include "core/stepping/timeline.h"

namespace backstep {

// A path to the loss that is highlighted; the rest of the graph is dimmed.
struct LitPath {
  std::vector<bool> edges, nodes;  // by number; empty if no path is highlighted
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

  // Blue, orange or green for the phase of the last tick.
  Color accent() const {
    return now.phase == Phase::forward    ? theme.value
           : now.phase == Phase::backward ? theme.gradient
                                          : theme.update;
  }
};

// How many letters fit into the cells of a matrix's panel; 0 if they are too small for
// numbers.
float cell_letters(const Scene& scene, const Rect& panel, Shape shape, float unit);

// The heights of a scalar's node, in units of the window's design, from which these are
// drawn.
inline constexpr float text_from = 36, name_from = 17, rounding_from = 14, border_from = 8;

// The name of a layer on its band; empty if it has no room.
struct BandName {
  std::string text;
  float pixels = 0;
  Rect rect;
};
BandName band_name(const Scene& scene, const LayerBand& band);

void draw_bands(const Scene& scene);
void draw_edges(const Scene& scene);
void draw_nodes(const Scene& scene);
void draw_marks(const Scene& scene);  // of checks and rounding; rings
void draw_callout(const Scene& scene);

}  // namespace backstep
