#include "app/export/drawing.h"

#include <algorithm>

#include "app/graph/draw_graph.h"
#include "app/graph/graph_marks.h"
#include "app/paint/svg_painter.h"

namespace backstep {

namespace {
constexpr float drawing_margin = 32;
}

std::string drawing_of(const Session& session, const ViewState& view, const Fonts& fonts,
                       std::optional<Point> size, float scale) {
  const Timeline& timeline = session.timeline();
  const GraphLayout layout = lay_out(timeline.graph());
  const Theme& theme = theme_of(view.theme);
  const Rect area = {0, 0, layout.bounds.width + 2 * drawing_margin,
                     layout.bounds.height + 2 * drawing_margin};
  ViewState still;
  still.theme = view.theme;
  still.selection = view.selection;
  still.camera = {1, {drawing_margin - layout.bounds.x, drawing_margin - layout.bounds.y}, false};
  const float shown = size ? std::min(size->x / area.width, size->y / area.height) : scale;
  SvgPainter painter(area.width, area.height, fonts, theme, shown);
  painter.fill(area, theme.canvas);
  draw_graph(painter, timeline, layout, still, theme, 1, area, marks_of(session, view));
  return painter.finish();
}

}  // namespace backstep
