#include "app/panels/train/train_cards.h"

#include <algorithm>
#include <cmath>

#include "app/paint/painter.h"
#include "app/paint/text_fit.h"

namespace backstep {

// Each in a file of its own or with its kin in train_plots.cpp.
void draw_field_card(const PanelContext& context, Painter& painter, Rect rect);
void draw_neurons_card(const PanelContext& context, Painter& painter, Rect rect);
void draw_loss_card(const PanelContext& context, Painter& painter, Rect rect);
void draw_norms_card(const PanelContext& context, Painter& painter, Rect rect);
void draw_profile_card(const PanelContext& context, Painter& painter, Rect rect);
void draw_updates_card(const PanelContext& context, Painter& painter, Rect rect);
void draw_layers_card(const PanelContext& context, Painter& painter, Rect rect);

namespace {

constexpr float train_title_pixels = 16;

constexpr TrainCard cards[] = {
    // label    its page       row              width  drawn by
    {"Field", "Field", TrainRow::field, 1, draw_field_card},
    {"Neurons", "Field", TrainRow::field, 1, draw_neurons_card},
    {"Loss", "Over epochs", TrainRow::epochs, 1, draw_loss_card},
    {"Norms", "Over epochs", TrainRow::epochs, 1, draw_norms_card},
    {"Profile", "By layer", TrainRow::layers, 1, draw_profile_card},
    {"Updates", "By layer", TrainRow::layers, 1, draw_updates_card},
    {"Layers", "Inside layers", TrainRow::layers, 1.75f, draw_layers_card},
};

}  // namespace

std::span<const TrainCard> train_cards() { return cards; }

// ---- what the cards share -----------------------------------------------------

Rect begin_train_card(const PanelContext& context, Painter& painter, Rect rect,
                      const std::string& title, float title_width) {
  const float rounding = context.px(8), padding = context.px(train_card_padding);
  painter.fill(rect, context.theme.panel, rounding);
  painter.frame(rect, context.theme.line, rounding, std::max(1.0f, std::round(context.scale)));
  const float pixels = context.px(train_title_pixels);
  painter.text({rect.x + padding, rect.y + context.px(11)},
               elided(painter, title, Face::bold, pixels, title_width), Face::bold, pixels,
               context.theme.text);
  const float header = context.px(train_card_header);
  return {rect.x + padding, rect.y + header, std::max(1.0f, rect.width - 2 * padding),
          std::max(1.0f, rect.height - header - padding)};
}

void draw_quiet_sentence(const PanelContext& context, Painter& painter, Rect room,
                         const std::string& sentence) {
  const float pixels = context.px(quiet_sentence_pixels),
              row = context.px(quiet_sentence_pixels + 6);
  const auto lines =
      wrapped(painter, sentence, Face::ui, pixels, room.width - context.px(2 * train_card_padding));
  float y = room.center().y - row * static_cast<float>(lines.size()) / 2 + context.px(3);
  for (const std::string& line : lines) {
    painter.text({room.center().x, y}, line, Face::ui, pixels, context.theme.text_faint,
                 Align::center);
    y += row;
  }
}

Point corner_of_words(const PanelContext& context, Rect card, float width) {
  return {card.right() - width - context.px(10), card.y + context.px(8)};
}

std::string name_of_layer(const Graph& graph, int layer) {
  const std::string& name = graph.layers()[static_cast<std::size_t>(layer)];
  return name.empty() ? "parameters" : name;
}

}  // namespace backstep
