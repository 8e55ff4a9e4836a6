#include "app/panels/run_legend.h"

#include <imgui.h>

#include <limits>

#include "app/draw/imgui_painter.h"
#include "app/draw/numbers.h"
#include "app/draw/plot_lines.h"
#include "app/draw/text_fit.h"
#include "app/panels/probe.h"
#include "app/panels/widgets.h"

namespace backstep {

namespace {

constexpr float row_height = 32, sample_width = 40, name_pixels = 14, loss_pixels = 13;

void draw_row(const PanelContext& context, const Comparison::Run& run, int number) {
  const Theme& theme = context.theme;
  ImGuiPainter painter(ImGui::GetWindowDrawList(), context.fonts, theme, context.gpu);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rect row = {at.x, at.y, line_width(), context.px(row_height)};
  const std::string name = "compare.legend." + std::to_string(number);
  if (ImGui::InvisibleButton(name.c_str(), {row.width, row.height}))
    context.view.compared_run = number;
  if (ImGui::IsItemHovered()) painter.fill(row, theme.button_hover, context.px(4));
  probe(name);

  const float middle = row.center().y, pixels = context.px(name_pixels);
  const float sample = std::min(context.px(sample_width), row.width / 4);
  const Series line = run_series(theme, run, number);
  draw_line_sample(painter, line, {row.x + context.px(2), middle}, sample, context.px(2.2f));
  const std::string loss = loss_text(run);
  const float loss_size = context.px(loss_pixels);
  const float loss_width = painter.text_width(loss, Face::mono, loss_size);
  const float left = row.x + sample + context.px(14);
  const float room = row.right() - loss_width - context.px(10) - left;
  painter.text({left, middle - pixels / 2}, elided(painter, run.name, Face::bold, pixels, room),
               Face::bold, pixels, theme.text);
  painter.text({row.right(), middle - loss_size / 2}, loss, Face::mono, loss_size, theme.text_soft,
               Align::right);
}

}  // namespace

Series run_series(const Theme& theme, const Comparison::Run& run, int number) {
  constexpr Dash dashes[] = {Dash::solid, Dash::dashed, Dash::dotted};
  constexpr int colors = static_cast<int>(most_runs);
  Series series;
  series.name = run.name;
  series.color = theme.run[number % colors];
  series.dash = dashes[number % 3];
  series.rings = number >= 3;
  return series;
}

double last_loss(const Comparison::Run& run, bool test) {
  const EpochHistory& history = run.experiment->trainer().history();
  const std::vector<double>& losses = test ? history.test_loss() : history.train_loss();
  return losses.empty() ? std::numeric_limits<double>::quiet_NaN() : losses.back();
}

std::string loss_text(const Comparison::Run& run) {
  const bool known = run.experiment->trainer().history().size() > 0;
  return known ? with_minus(short_number(last_loss(run))) : "…";
}

void draw_run_legend(const PanelContext& context) {
  const Comparison* comparison = context.lab.comparison();
  if (!comparison) return;
  int number = 0;
  for (const Comparison::Run& run : comparison->runs()) draw_row(context, run, number++);
}

}  // namespace backstep
