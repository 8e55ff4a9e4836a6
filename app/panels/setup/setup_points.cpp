// Points drawn with the mouse in a decision surface, with the tool chosen in DATA.
#include <imgui.h>

#include "app/paint/imgui_painter.h"
#include "app/panels/setup/setup_edit.h"
#include "app/panels/setup/setup_panel.h"
#include "app/panels/setup/setup_rows.h"
#include "app/plots/field_picture.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

constexpr float point_reach = 12;  // units from a point's middle
constexpr const char* burst = "points";

struct PointDrag {
  long sample = -1;  // that is dragged; -1 for none
};

void change_samples(const PanelContext& context, const std::function<void(Samples&)>& change) {
  change_setup(context, burst, [&](Setup& setup) { change(setup.samples.own()); });
}

void press(const PanelContext& context, const Samples& samples, double x, double y, long nearest) {
  const ViewState& view = context.view;
  switch (view.point_tool) {
    case PointTool::pick:
      context.actions.push(action::PickSample{nearest});
      return;
    case PointTool::add: {
      const bool classes = samples.kind == TargetKind::classes;
      const double target = classes ? view.point_class : view.point_class ? 1 : -1;
      change_samples(context, [&](Samples& s) { add_point(s, x, y, target); });
      context.actions.push(action::EndEdit{});
      return;
    }
    case PointTool::move:
      context.interaction.of<PointDrag>().sample = nearest;
      return;
    case PointTool::erase:
      // The last training sample cannot be erased: there must be something to learn from.
      if (nearest < 0 || (nearest < samples.train && samples.train <= 1)) return;
      change_samples(context, [&](Samples& s) { erase_point(s, nearest); });
      context.actions.push(action::EndEdit{});
      return;
  }
}

// Draws a ring around the point that a press would pick.
void mark(const PanelContext& context, const Samples& samples, const InputRange& range, Rect rect,
          long sample) {
  const auto columns = samples.inputs.shape.columns;
  const double* inputs = samples.inputs.entries.data() + sample * columns;
  const double y =
      columns > 1 ? inputs[1] : samples.targets.entries[static_cast<std::size_t>(sample)];
  const Point at = place_in_field(rect, range, inputs[0], y);
  const float radius = context.px(7);
  painter_for(context).frame({at.x - radius, at.y - radius, 2 * radius, 2 * radius},
                             context.theme.text, radius, context.px(1.5f));
}

}  // namespace

void draw_points_with_mouse(const PanelContext& context, Rect field_rect, const InputRange& range) {
  const Setup& setup = context.session.setup();
  if (!setup.samples || setup.samples->inputs.shape.columns > 2) return;
  const Samples& samples = *setup.samples;
  ImGui::SetCursorScreenPos({field_rect.x, field_rect.y});
  ImGui::InvisibleButton("points", {field_rect.width, field_rect.height});
  const bool pressed = ImGui::IsItemActivated();
  probe(context, "field.points", field_rect);
  const bool hovered = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Point at = {mouse.x, mouse.y};
  double x = 0, y = 0;
  inputs_at(field_rect, range, at, x, y);
  const bool adds = context.view.point_tool == PointTool::add;
  const long nearest =
      adds ? -1 : sample_at(field_rect, range, samples, at, context.px(point_reach));

  PointDrag& drag = context.interaction.of<PointDrag>();
  if (pressed) press(context, samples, x, y, nearest);
  if (drag.sample >= samples.count()) drag.sample = -1;
  if (held && drag.sample >= 0 && field_rect.contains(at) && ImGui::IsMouseDragging(0, 2))
    change_samples(context, [&](Samples& s) { move_point(s, drag.sample, x, y); });
  if (!held && drag.sample >= 0) {
    drag.sample = -1;
    context.actions.push(action::EndEdit{});
  }
  if (held && drag.sample >= 0)
    mark(context, samples, range, field_rect, drag.sample);
  else if (hovered && nearest >= 0)
    mark(context, samples, range, field_rect, nearest);
  if (hovered && (adds || nearest >= 0)) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

}  // namespace backstep
