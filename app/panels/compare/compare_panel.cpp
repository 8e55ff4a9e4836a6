#include "app/panels/compare/compare_panel.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/paint/imgui_painter.h"
#include "app/paint/text_fit.h"
#include "app/panels/compare/compare_cards.h"
#include "app/panels/compare/compare_layout.h"
#include "app/panels/compare/compare_plots.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

constexpr float bar_padding = 14;

// Fills the panel behind the cards, up to its edges and its scroll bar.
void fill_behind(const PanelContext& context) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImRect inner = ImGui::GetCurrentWindow()->InnerRect;
  list->PushClipRect(inner.Min, inner.Max);
  list->AddRectFilled(inner.Min, inner.Max, packed(context.theme.canvas));
  list->PopClipRect();
}

void draw_nothing_yet(const PanelContext& context, Painter& painter, Rect middle) {
  const float pixels = context.px(15), row = pixels * 1.5f;
  const auto lines =
      wrapped(painter, "Nothing is compared yet. Choose at the left what the runs differ in.",
              Face::ui, pixels, middle.width - context.px(4 * bar_padding));
  float y = middle.center().y - row * static_cast<float>(lines.size()) / 2;
  for (const std::string& line : lines) {
    painter.text({middle.center().x, y}, line, Face::ui, pixels, context.theme.text_faint,
                 Align::center);
    y += row;
  }
}

bool have_fields(const Comparison& comparison) {
  const auto& runs = comparison.runs();
  return std::any_of(runs.begin(), runs.end(),
                     [](const Comparison::Run& run) { return run.view.surface() != nullptr; });
}

void draw_runs(const PanelContext& context, Painter& painter, Rect room,
               const Comparison& comparison) {
  const int count = static_cast<int>(comparison.runs().size());
  const CompareLayout layout = lay_out_compare(room, count, have_fields(comparison), context.scale);
  const SharedHeat shared = shared_heat(comparison);
  double epoch = std::numeric_limits<double>::quiet_NaN();
  for (int i = 0; i < count; ++i) {
    const double under = draw_run_card(context, painter, layout.cards[static_cast<std::size_t>(i)],
                                       comparison, i, shared);
    if (!std::isnan(under)) epoch = under;
  }
  const float key = context.px(12);
  draw_norm_key(painter, {layout.key.right(), layout.key.center().y - key / 2}, layout.key.width,
                context.theme, context.scale, shared.scale);
  const double under = draw_loss_comparison(context, painter, layout.loss, comparison);
  if (!std::isnan(under)) epoch = under;
  draw_norm_comparison(context, painter, layout.norms, comparison, epoch);
  ImGui::SetCursorScreenPos({room.x, room.y});
  ImGui::Dummy({room.width, layout.height});
}

}  // namespace

void draw_compare_panel(const PanelContext& context, Rect middle) {
  begin_panel("compare", middle, context);
  probe(context, "compare", middle);
  fill_behind(context);
  ImGuiPainter painter = painter_for(context);
  const Comparison* comparison = context.lab.comparison();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  // The cards are laid out in the room that is visible, even when they are scrolled.
  const Rect room = {at.x, at.y, line_width(context), middle.height - 2 * context.px(bar_padding)};
  if (comparison)
    draw_runs(context, painter, room, *comparison);
  else
    draw_nothing_yet(context, painter, middle);
  end_panel(context);
}

}  // namespace backstep
