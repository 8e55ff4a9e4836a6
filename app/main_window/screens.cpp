#include "app/main_window/screens.h"

#include <imgui.h>

#include "app/paint/imgui_painter.h"
#include "app/panels/compare/compare_panel.h"
#include "app/panels/compare/compare_side.h"
#include "app/panels/inspector/inspector_panel.h"
#include "app/panels/setup/setup_panel.h"
#include "app/panels/step/graph_panel.h"
#include "app/panels/step/plots_panel.h"
#include "app/panels/step/program_panel.h"
#include "app/panels/step/transport_panel.h"
#include "app/panels/train/train_panel.h"
#include "app/widgets/guarded.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

void draw_graph(const PanelContext& context, Rect rect) {
  if (context.session.runs()) return draw_graph_panel(context, rect);
  ImGuiPainter painter = painter_below(context);
  painter.text({rect.center().x, rect.center().y - context.px(10)},
               "The graph appears when the program is right.", Face::ui, context.px(15),
               context.theme.text_soft, Align::center);
}

}  // namespace

void draw_screen(const PanelContext& context, const Layout& layout,
                 const std::vector<Example>& examples) {
  // A panel that the window has no room for has no width.
  const auto guarded = [&](Rect rect, const auto& draw) {
    if (rect.width > 0) draw_guarded(context, rect, [&] { draw(context, rect); });
  };
  switch (context.view.mode) {
    case Mode::step:
      guarded(layout.program,
              [&](const auto&, Rect rect) { draw_program_panel(context, rect, examples); });
      guarded(layout.graph, draw_graph);
      guarded(layout.transport, draw_transport_panel);
      guarded(layout.inspector, draw_inspector_panel);
      guarded(layout.plots, draw_plots_panel);
      return;
    case Mode::train:
      guarded(layout.setup, draw_setup_panel);
      guarded(layout.middle, draw_train_panel);
      guarded(layout.side, draw_train_side);
      return;
    case Mode::compare:
      guarded(layout.setup, draw_setup_panel);
      guarded(layout.middle, draw_compare_panel);
      guarded(layout.side, draw_compare_side);
      return;
  }
}

}  // namespace backstep
