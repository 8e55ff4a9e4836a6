#include "app/graph/draw_graph.h"

#include <algorithm>
#include <cmath>

#include "app/draw/text_fit.h"
#include "app/graph/scene.h"

namespace backstep {
namespace {

// Dots stand on the canvas, so that panning is felt where nothing else is.
void draw_dots(const Scene& scene) {
  const Canvas& canvas = scene.canvas;
  float pitch = 26 * canvas.zoom;
  while (pitch < scene.px(18)) pitch *= 2;
  while (pitch > scene.px(40)) pitch /= 2;
  const float size = std::max(1.0f, std::round(scene.px(1.3f)));
  const Color color = mix(scene.theme.canvas_dot, scene.theme.text_faint, 0.2);
  const auto first = [pitch](float offset) { return offset - std::floor(offset / pitch) * pitch; };
  for (float y = first(canvas.offset.y); y < canvas.area.height; y += pitch)
    for (float x = first(canvas.offset.x); x < canvas.area.width; x += pitch)
      scene.painter.fill({canvas.area.x + x, canvas.area.y + y, size, size}, color);
}

std::string upper_case(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

}  // namespace

void draw_bands(const Scene& scene) {
  Painter& painter = scene.painter;
  for (const LayerBand& band : scene.layout.bands) {
    const Rect rect = scene.canvas.to_pixels(band.rect);
    if (!scene.is_seen(rect)) continue;
    const float unit = scene.canvas.zoom;
    painter.fill(rect, scene.theme.band, std::min(10 * unit, scene.px(12)));
    // The name keeps its size for as long as the band has room for it.
    const float pixels = scene.px(std::clamp(13 * scene.canvas.nearness(), 11.0f, 20.0f));
    const float side = std::min(14 * unit, scene.px(16));
    const float room = rect.width - 2 * side;
    if (36 * unit < pixels + scene.px(2) && rect.height < 4 * pixels) continue;
    const std::string name = elided(painter, upper_case(band.name), Face::bold, pixels, room);
    if (name.size() < 4 && name != upper_case(band.name)) continue;
    painter.text({rect.x + side, rect.y + std::max(scene.px(3), 12 * unit)}, name, Face::bold,
                 pixels, scene.theme.text_faint);
  }
}

void draw_graph(Painter& painter, const Timeline& timeline, const GraphLayout& layout,
                const ViewState& view, const Theme& theme, float scale, Rect area) {
  const int done = timeline.position().tick;
  const Scene scene = {painter,
                       timeline,
                       layout,
                       view,
                       theme,
                       canvas_of(view.camera, layout, area, scale),
                       done > 0 ? timeline.tick(done) : Tick{}};
  painter.push_clip(area);
  draw_dots(scene);
  draw_bands(scene);
  draw_edges(scene);
  draw_nodes(scene);
  draw_callout(scene);
  painter.pop_clip();
}

}  // namespace backstep
