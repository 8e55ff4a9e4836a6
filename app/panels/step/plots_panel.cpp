#include "app/panels/step/plots_panel.h"

#include <imgui.h>

#include "app/commands/commands.h"
#include "app/paint/imgui_painter.h"
#include "app/view/series.h"
#include "app/widgets/plot_card.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

std::vector<Series> loss_series(const PanelContext& context) {
  const Progress& progress = context.session.timeline().progress();
  return {{"loss", context.theme.value, Dash::solid, progress.updates().data(),
           progress.loss().data(), progress.size()}};
}

std::vector<Series> norm_series(const PanelContext& context) {
  const Timeline& timeline = context.session.timeline();
  const Progress& progress = timeline.progress();
  const int count = static_cast<int>(progress.layers().size());
  std::vector<Series> all;
  for (int i = 0; i < count; ++i) {
    const std::string& layer = timeline.graph().layers()[progress.layers()[i]];
    all.push_back(layer_series(context.theme, layer, i, count));
    all.back().x = progress.updates().data();
    all.back().y = progress.norm(i).data();
    all.back().count = progress.size();
  }
  return all;
}

struct StepPlot {
  const char *name, *title, *empty;
  bool log;
  CommandId switch_scale;
};

void draw_card(const PanelContext& context, Painter& painter, Rect rect, const StepPlot& plot,
               const std::vector<Series>& series, PlotView& view) {
  PlotCard card;
  card.name = plot.name;
  card.options.title = plot.title;
  card.options.empty = plot.empty;
  card.options.x_label = "update";
  card.options.log_scale = plot.log;
  card.options.names = series.size() > 1;
  if (!context.view.training)
    card.options.cursor_x = static_cast<double>(context.session.timeline().position().update);
  card.words = {scale_word(plot.name, plot.log, plot.switch_scale)};
  if (draw_plot_card(context, painter, rect, card, series, view) == 0)
    context.actions.push(action::RunCommand{plot.switch_scale});
}

}  // namespace

void draw_plots_panel(const PanelContext& context, Rect rect) {
  begin_panel("plots", rect, context, PanelScroll::none);
  ImGuiPainter painter = painter_for(context);
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
  end_panel(context);
}

}  // namespace backstep
