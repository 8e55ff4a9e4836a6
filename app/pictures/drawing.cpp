#include "app/pictures/drawing.h"

#include <fstream>
#include <stdexcept>

#include "app/draw/svg_painter.h"
#include "app/graph/draw_graph.h"

namespace backstep {

namespace {
constexpr float drawing_margin = 32;
}

void write_drawing(const std::filesystem::path& path, const Timeline& timeline,
                   const ViewState& view, const Fonts& fonts) {
  const GraphLayout layout = lay_out(timeline.graph());
  const Theme& theme = theme_of(view.theme);
  const Rect area = {0, 0, layout.bounds.width + 2 * drawing_margin,
                     layout.bounds.height + 2 * drawing_margin};
  ViewState still;
  still.theme = view.theme;
  still.camera = {1, {drawing_margin - layout.bounds.x, drawing_margin - layout.bounds.y}, false};
  SvgPainter painter(area.width, area.height, fonts, theme);
  painter.fill(area, theme.canvas);
  draw_graph(painter, timeline, layout, still, theme, 1, area);
  std::ofstream file(path, std::ios::binary);
  file << painter.finish();
  file.close();
  if (!file) throw std::runtime_error(path.string() + " cannot be written");
}

}  // namespace backstep
