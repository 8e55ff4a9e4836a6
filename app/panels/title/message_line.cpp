#include "app/panels/title/message_line.h"

#include <imgui.h>

#include <algorithm>

#include "app/paint/imgui_painter.h"
#include "app/paint/text_fit.h"
#include "app/panels/step/graph_panel.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"

namespace backstep {

void draw_message_line(const PanelContext& context, Rect graph) {
  const std::string& message = context.view.message;
  if (message.empty()) return;
  const float size = context.px(13), padding = context.px(12), line_height = context.px(18);
  const Rect room = context.view.mode == Mode::step ? beside_graph_buttons(context, graph) : graph;
  ImGuiPainter painter = painter_above(context);
  const auto lines = wrapped(painter, message, Face::ui, size, room.width - context.px(40));
  float widest = 0;
  for (const std::string& line : lines)
    widest = std::max(widest, painter.text_width(line, Face::ui, size));
  const float height = line_height * static_cast<float>(lines.size()) + padding;
  const Rect box = {room.center().x - widest / 2 - padding, room.bottom() - height - context.px(14),
                    widest + 2 * padding, height};
  painter.fill(box, context.theme.card, context.px(6));
  painter.frame(box, context.theme.line, context.px(6));
  float y = box.y + padding / 2;
  for (const std::string& line : lines) {
    painter.text({box.x + padding, y}, line, Face::ui, size, context.theme.text);
    y += line_height;
  }
  probe(context, "message", box);
}

}  // namespace backstep
