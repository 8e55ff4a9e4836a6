#include "app/panels/plots_panel.h"

#include <imgui.h>

#include "app/commands/commands.h"
#include "app/draw/imgui_painter.h"
#include "app/draw/plot.h"
#include "app/panels/probe.h"
#include "app/panels/tooltip.h"
#include "app/panels/widgets.h"

namespace backstep {

namespace {

std::vector<Series> loss_series(const PanelContext& context) {
  const Progress& progress = context.session.timeline().progress();
  return {{"loss", context.theme.value, Dash::solid, progress.updates().data(),
           progress.loss().data(), progress.size()}};
}

// The last layer is the brightest; earlier ones fade toward the background and
// take turns in line style, so that neighbours differ in both.
std::vector<Series> norm_series(const PanelContext& context) {
  const Timeline& timeline = context.session.timeline();
  const Progress& progress = timeline.progress();
  const int count = static_cast<int>(progress.layers().size());
  std::vector<Series> series;
  for (int i = 0; i < count; ++i) {
    const std::string& layer = timeline.graph().layers()[progress.layers()[i]];
    const double fade = count > 1 ? 0.62 * static_cast<double>(count - 1 - i) / (count - 1) : 0;
    constexpr Dash dashes[] = {Dash::solid, Dash::dashed, Dash::dotted};
    const Color color = mix(context.theme.gradient, context.theme.text_soft, fade);
    series.push_back({layer.empty() ? "parameters" : layer, color, dashes[(count - 1 - i) % 3],
                      progress.updates().data(), progress.norm(i).data(), progress.size()});
  }
  return series;
}

Pointer pointer_over(Rect rect, const char* name) {
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  ImGui::InvisibleButton(name, {rect.width, rect.height});
  const ImGuiIO& io = ImGui::GetIO();
  Pointer pointer;
  pointer.at = {io.MousePos.x, io.MousePos.y};
  pointer.inside = ImGui::IsItemHovered();
  pointer.wheel = pointer.inside ? io.MouseWheel : 0;
  pointer.dragging = ImGui::IsItemActive();
  pointer.drag_delta = {io.MouseDelta.x, io.MouseDelta.y};
  pointer.double_click = pointer.inside && ImGui::IsMouseDoubleClicked(0);
  return pointer;
}

struct PlotCard {
  const char *name, *title, *empty;
  bool log;
  CommandId switch_scale;
};

// The words in a card's corner that switch its scale.
struct ScaleSwitch {
  std::string label;
  Rect rect;
  bool hovered = false;
};

// Asked before the plot itself: ImGui gives the pointer to the item added first.
ScaleSwitch ask_scale_switch(const PanelContext& context, const Painter& painter, Rect card,
                             const PlotCard& plot) {
  ScaleSwitch result;
  result.label = plot.log ? "log scale" : "linear scale";
  const float width = painter.text_width(result.label, Face::ui, context.px(11)) + context.px(12);
  result.rect = {card.right() - width - context.px(10), card.y + context.px(8), width,
                 context.px(20)};
  const std::string name = std::string(plot.name) + ".scale";
  ImGui::SetCursorScreenPos({result.rect.x, result.rect.y});
  if (ImGui::InvisibleButton(name.c_str(), {result.rect.width, result.rect.height}))
    context.actions.push(action::Run{plot.switch_scale});
  result.hovered = ImGui::IsItemHovered();
  probe(name, result.rect);
  return result;
}

void draw_scale_switch(const PanelContext& context, Painter& painter, const ScaleSwitch& scale,
                       const PlotCard& plot) {
  if (scale.hovered) painter.fill(scale.rect, context.theme.button_hover, context.px(4));
  painter.text({scale.rect.x + context.px(6), scale.rect.y + context.px(3)}, scale.label, Face::ui,
               context.px(11), scale.hovered ? context.theme.text : context.theme.text_soft);
  const Command& command = command_of(plot.switch_scale);
  if (scale.hovered) tooltip(context, command);
}

void draw_card(const PanelContext& context, Painter& painter, Rect rect, const PlotCard& card,
               const std::vector<Series>& series, PlotView& view) {
  PlotOptions options;
  options.title = card.title;
  options.empty = card.empty;
  options.x_label = "update";
  options.log_scale = card.log;
  options.names = series.size() > 1;
  if (!context.view.training)
    options.cursor_x = static_cast<double>(context.session.timeline().position().update);
  const ScaleSwitch scale = ask_scale_switch(context, painter, rect, card);
  const Pointer pointer = pointer_over(rect, card.name);
  draw_plot(painter, rect, context.theme, context.scale, series, options, view, pointer);
  draw_scale_switch(context, painter, scale, card);
  probe(card.name, rect);
}

}  // namespace

void draw_plots_panel(const PanelContext& context, Rect rect) {
  begin_panel("plots", rect, context, PanelScroll::none);
  ImGuiPainter painter(ImGui::GetWindowDrawList(), context.fonts, context.theme, context.gpu);
  const float gap = context.px(14);
  const bool side_by_side = rect.width > rect.height * 1.2f;
  Rect first = rect.inset(gap), second = first;
  if (side_by_side) {
    first.width = second.width = (rect.width - 3 * gap) / 2;
    second.x += first.width + gap;
  } else {
    first.height = second.height = (rect.height - 3 * gap) / 2;
    second.y += first.height + gap;
  }
  const ViewState& view = context.view;
  draw_card(context, painter, first,
            {"plot.loss", "Loss", "Step through a pass or train: the loss appears here.",
             view.loss_log, CommandId::log_loss},
            loss_series(context), context.view.loss_plot);
  draw_card(
      context, painter, second,
      {"plot.norms", "Gradient norm per layer", "Every layer's gradient, once one has come back.",
       view.norm_log, CommandId::log_norms},
      norm_series(context), context.view.norm_plot);
  end_panel();
}

}  // namespace backstep
