#include "app/widgets/plot_card.h"

#include <imgui.h>

#include "app/commands/commands.h"
#include "app/paint/text_fit.h"
#include "app/widgets/probe.h"
#include "app/widgets/tooltip.h"

namespace backstep {

namespace {

constexpr float word_pixels = 11, word_padding = 6, word_height = 20;
constexpr float card_title_pixels = 16, plot_padding = 14;

float word_width(const PanelContext& context, const Painter& painter, const CardWord& word) {
  return painter.text_width(word.label, Face::ui, context.px(word_pixels)) +
         context.px(2 * word_padding);
}

}  // namespace

float words_width(const PanelContext& context, const Painter& painter,
                  const std::vector<CardWord>& words) {
  float width = 0;
  for (const CardWord& word : words) width += word_width(context, painter, word);
  return width;
}

void place_words(const PanelContext& context, const Painter& painter, Point at,
                 std::vector<CardWord>& words) {
  for (CardWord& word : words) {
    word.rect = {at.x, at.y, word_width(context, painter, word), context.px(word_height)};
    ImGui::SetCursorScreenPos({word.rect.x, word.rect.y});
    word.pressed = ImGui::InvisibleButton(word.name.c_str(), {word.rect.width, word.rect.height});
    word.hovered = ImGui::IsItemHovered();
    probe(context, word.name, word.rect);
    at.x = word.rect.right();
  }
}

void draw_words(const PanelContext& context, Painter& painter, const std::vector<CardWord>& words) {
  const Theme& theme = context.theme;
  for (const CardWord& word : words) {
    const float rounding = context.px(4);
    if (word.chosen || word.hovered)
      painter.fill(word.rect, word.chosen ? theme.button_active : theme.button_hover, rounding);
    painter.text({word.rect.x + context.px(word_padding), word.rect.y + context.px(3)}, word.label,
                 Face::ui, context.px(word_pixels),
                 word.chosen || word.hovered ? theme.text : theme.text_soft);
    if (word.hovered && !word.tip.empty()) tooltip(context, word.tip);
  }
}

CardWord scale_word(const std::string& plot, bool log, CommandId command) {
  const Command& row = command_of(command);
  return {plot + ".scale", log ? "log scale" : "linear scale",
          std::string(row.label) + "   " + name_of(row.keys)};
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

int draw_plot_card(const PanelContext& context, Painter& painter, Rect rect, PlotCard card,
                   const std::vector<Series>& series, PlotView& view) {
  const float width = words_width(context, painter, card.words);
  place_words(context, painter, {rect.right() - width - context.px(10), rect.y + context.px(8)},
              card.words);
  const float room = rect.width - width - context.px(plot_padding + 16);
  card.options.title =
      elided(painter, card.options.title, Face::bold, context.px(card_title_pixels), room);
  Pointer pointer = pointer_over(rect, card.name);
  if (!card.zooms) pointer.wheel = pointer.drag_delta.x = 0;
  draw_plot(painter, rect, context.theme, context.scale, series, card.options, view, pointer);
  draw_words(context, painter, card.words);
  probe(context, card.name, rect);
  for (std::size_t i = 0; i < card.words.size(); ++i)
    if (card.words[i].pressed) return static_cast<int>(i);
  return -1;
}

}  // namespace backstep
