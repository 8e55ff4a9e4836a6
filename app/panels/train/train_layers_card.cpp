// The hidden layers from inside: how the values and gradients of their neurons are
// spread, and how many neurons are dead or saturated.
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/train/train_cards.h"
#include "app/plots/bar_shares.h"
#include "app/plots/histogram.h"
#include "app/widgets/probe.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

constexpr float head_pixels = 12, layer_head_height = 18, layer_name_pixels = 12;
constexpr float least_layer_row = 30, most_layer_row = 340, layer_row_gap = 5,
                numbers_row = 46;  // with numbers under it
constexpr float column_gap = 14;

// Where the columns of the card's table stand.
struct LayerColumns {
  float name, values, gradients, shares;  // left ends
  float name_width, histogram_width, shares_width;
};

LayerColumns columns_in(const PanelContext& context, const Painter& painter, Rect room) {
  const float gap = context.px(column_gap);
  LayerColumns c = {};
  const Graph& graph = context.session.training_timeline().graph();
  for (const LayerStats& layer : context.lab.run_view().layers())
    c.name_width =
        std::max(c.name_width, painter.text_width(name_of_layer(graph, layer.layer), Face::ui,
                                                  context.px(layer_name_pixels)));
  c.name_width = std::min(std::ceil(c.name_width + 1), room.width * 0.18f);
  c.shares_width = std::max(context.px(104), std::min(context.px(150), room.width * 0.32f));
  c.histogram_width = std::max(1.0f, (room.width - c.name_width - c.shares_width - 3 * gap) / 2);
  c.name = room.x;
  c.values = c.name + c.name_width + gap;
  c.gradients = c.values + c.histogram_width + gap;
  c.shares = c.gradients + c.histogram_width + gap;
  return c;
}

void draw_heads(const PanelContext& context, Painter& painter, Rect room, const LayerColumns& c) {
  const Theme& theme = context.theme;
  const auto head = [&](float x, const std::string& word, Color color, float width) {
    painter.text({x, room.y}, elided(painter, word, Face::ui, context.px(head_pixels), width),
                 Face::ui, context.px(head_pixels), color);
  };
  head(c.values, "activations", theme.value, c.histogram_width);
  head(c.gradients, "gradients", theme.gradient, c.histogram_width);
  head(c.shares, "neurons", theme.text_soft, c.shares_width);
}

// Says what the bar under the pointer holds.
void explain_bin(const PanelContext& context, const Histogram& histogram, Rect box,
                 const std::string& what) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (!box.contains({mouse.x, mouse.y}) || !ImGui::IsWindowHovered()) return;
  const int bin = histogram_bin_at(histogram, box, mouse.x);
  if (bin < 0) return;
  tooltip(context, with_minus(short_number(bin_start(histogram, bin))) + " … " +
                       with_minus(short_number(bin_start(histogram, bin + 1))) + ": " +
                       std::to_string(histogram.counts[static_cast<std::size_t>(bin)]) + " " +
                       what);
}

void draw_row(const PanelContext& context, Painter& painter, const LayerColumns& c, Rect row,
              const LayerStats& stats) {
  const Graph& graph = context.session.training_timeline().graph();
  const Theme& theme = context.theme;
  const float pixels = context.px(layer_name_pixels);
  painter.text({c.name, row.center().y - pixels / 2},
               elided(painter, name_of_layer(graph, stats.layer), Face::ui, pixels, c.name_width),
               Face::ui, pixels, theme.text_soft);
  const bool numbers = row.height >= context.px(numbers_row);
  const Rect values = {c.values, row.y, c.histogram_width, row.height};
  const Rect gradients = {c.gradients, row.y, c.histogram_width, row.height};
  draw_histogram(painter, values, theme, context.scale, {&stats.values, theme.value, numbers});
  draw_histogram(painter, gradients, theme, context.scale,
                 {&stats.gradients, theme.gradient, numbers});
  draw_bar_shares(painter, {c.shares, row.y, c.shares_width, row.height}, theme, context.scale,
                  {{"dead", stats.dead}, {"saturated", stats.saturated}});
  explain_bin(context, stats.values, values, "values");
  explain_bin(context, stats.gradients, gradients, "gradients");
}

}  // namespace

void draw_layers_card(const PanelContext& context, Painter& painter, Rect rect) {
  const std::vector<LayerStats>& stats = context.lab.run_view().layers();
  Rect room = begin_train_card(context, painter, rect, "Inside the layers",
                               rect.width - context.px(2 * train_card_padding));
  probe(context, "train.layers", rect);
  if (stats.empty())
    return draw_quiet_sentence(context, painter, room,
                               context.lab.run_view().layers_known()
                                   ? "There is no hidden layer to look into."
                                   : "Every hidden layer, in a moment.");
  const float count = static_cast<float>(stats.size());
  const float body = room.height - context.px(layer_head_height);
  const float gap = context.px(layer_row_gap);
  // Only whole rows are shown; the others are reached by scrolling.
  const float fitting =
      std::max(1.0f, std::floor((body + gap) / (context.px(least_layer_row) + gap)));
  const bool scrolls = count > fitting;
  const float row = std::min(std::floor((body + gap) / std::min(count, fitting) - gap),
                             context.px(most_layer_row));
  if (scrolls) room.width -= context.px(8);  // for the scroll bar
  const LayerColumns columns = columns_in(context, painter, room);
  draw_heads(context, painter, room, columns);

  ImGui::SetCursorScreenPos({room.x, room.y + context.px(layer_head_height)});
  ImGui::BeginChild("train.layers.rows", {room.width + (scrolls ? context.px(8) : 0.0f), body},
                    false, scrolls ? 0 : ImGuiWindowFlags_NoScrollWithMouse);
  ImGuiPainter inside = painter_for(context);
  const ImVec2 top = ImGui::GetCursorScreenPos();
  float y = top.y;
  for (const LayerStats& layer : stats) {
    draw_row(context, inside, columns, {room.x, y, room.width, row}, layer);
    y += row + gap;
  }
  ImGui::Dummy({1, y - top.y - gap});
  ImGui::EndChild();
}

}  // namespace backstep
