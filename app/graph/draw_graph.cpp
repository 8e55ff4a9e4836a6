#include "app/graph/draw_graph.h"

#include <algorithm>
#include <cmath>

#include "app/graph/scene.h"
#include "app/paint/text_fit.h"
#include "core/base/text.h"

namespace backstep {
namespace {

// Of the graph shown: edges of another one are left out.
LitPath lit_path_of(const Graph& graph, const ViewState& view) {
  LitPath lit;
  if (view.lit_edges.empty()) return lit;
  lit.edges.resize(graph.edges().size());
  lit.nodes.resize(graph.nodes().size());
  lit.entries.resize(graph.nodes().size(), -1);
  for (std::size_t i = 0; i < view.lit_edges.size(); ++i) {
    const auto number = static_cast<std::size_t>(view.lit_edges[i]);
    if (number >= lit.edges.size()) continue;
    const GraphEdge& edge = graph.edge(view.lit_edges[i]);
    const auto from = static_cast<std::size_t>(edge.from), to = static_cast<std::size_t>(edge.to);
    lit.edges[number] = lit.nodes[from] = lit.nodes[to] = true;
    if (i + 1 >= view.lit_entries.size()) continue;
    lit.entries[from] = view.lit_entries[i];
    lit.entries[to] = view.lit_entries[i + 1];
  }
  return lit;
}

}  // namespace

void draw_canvas_dots(Painter& painter, const Canvas& canvas, const Theme& theme, float scale) {
  float pitch = 26 * canvas.zoom;
  while (pitch < 18 * scale) pitch *= 2;
  while (pitch > 40 * scale) pitch /= 2;
  const float size = std::max(1.0f, std::round(1.3f * scale));
  const Color color = mix(theme.canvas_dot, theme.text_faint, 0.2);
  const auto first = [pitch](float offset) { return offset - std::floor(offset / pitch) * pitch; };
  painter.push_clip(canvas.area);
  for (float y = first(canvas.offset.y); y < canvas.area.height; y += pitch)
    for (float x = first(canvas.offset.x); x < canvas.area.width; x += pitch)
      painter.fill({canvas.area.x + x, canvas.area.y + y, size, size}, color);
  painter.pop_clip();
}

// The name keeps a size that can be read for as long as there is room for it.
BandName band_name(const Scene& scene, const LayerBand& band) {
  const Rect rect = scene.canvas.to_pixels(band.rect);
  const float unit = scene.canvas.zoom;
  const float pixels = scene.px(std::clamp(13 * scene.canvas.nearness(), 11.0f, 20.0f));
  const float side = std::min(14 * unit, scene.px(16));
  const float top = std::max(scene.px(3), 12 * unit);
  const bool has_room = top + pixels < 60 * unit || rect.height > 4 * pixels;
  if (!scene.is_seen(rect) || !has_room) return {};
  const std::string whole = upper_case(band.name);
  const std::string text = elided(scene.painter, whole, Face::bold, pixels, rect.width - 2 * side);
  // One letter and dots say nothing.
  if (text.size() < 6 && text != whole) return {};
  const float width = scene.painter.text_width(text, Face::bold, pixels);
  return {text, pixels, {rect.x + side, rect.y + top, width, pixels}};
}

void draw_bands(const Scene& scene) {
  for (const LayerBand& band : scene.layout.bands) {
    const Rect rect = scene.canvas.to_pixels(band.rect);
    if (!scene.is_seen(rect)) continue;
    scene.painter.fill(rect, scene.theme.band, std::min(10 * scene.canvas.zoom, scene.px(12)));
    const BandName name = band_name(scene, band);
    scene.painter.text({name.rect.x, name.rect.y}, name.text, Face::bold, name.pixels,
                       scene.theme.text_faint);
  }
}

void draw_graph(Painter& painter, const Timeline& timeline, const GraphLayout& layout,
                const ViewState& view, const Theme& theme, float scale, Rect area,
                const GraphMarks& marks) {
  const int done = timeline.position().tick;
  const Scene scene = {painter,
                       timeline,
                       layout,
                       view,
                       theme,
                       canvas_of(view.camera, layout, area, scale),
                       done > 0 ? timeline.tick(done) : Tick{},
                       marks,
                       lit_path_of(timeline.graph(), view)};
  painter.push_clip(area);
  draw_bands(scene);
  draw_edges(scene);
  draw_nodes(scene);
  draw_marks(scene);
  draw_callout(scene);
  painter.pop_clip();
}

}  // namespace backstep
