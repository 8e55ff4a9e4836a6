#include "app/panels/train/train_panel.h"

#include <imgui.h>

#include <cmath>

#include "app/paint/imgui_painter.h"
#include "app/paint/text_fit.h"
#include "app/panels/train/train_cards.h"
#include "app/panels/train/train_layout.h"
#include "app/widgets/plot_card.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

constexpr float train_title_pixels = 16, sentence_pixels = 14, tab_pixels = 13;

// Why there is no field; empty when there is one.
std::string why_no_field(const PanelContext& context) {
  if (context.lab.run_view().surface()) return "";
  const Setup& setup = context.session.setup();
  Index inputs = 0;
  if (setup.samples) inputs = setup.samples->inputs.shape.columns;
  const NamedData& train = context.session.data().train;
  if (const auto x = train.find("x"); x != train.end()) inputs = x->second.shape.columns;
  if (inputs > 2)
    return "No field is drawn: the data has " + std::to_string(inputs) +
           " inputs, and a plane has room for two.";
  return train.empty() ? "No data to draw: the program holds its own numbers."
                       : "No field is drawn: these rows are no set of samples.";
}

void draw_note(const PanelContext& context, Painter& painter, Rect rect, const std::string& note) {
  if (rect.width <= 0) return;
  begin_train_card(context, painter, rect, "", 0);
  draw_quiet_sentence(context, painter, rect, note);
}

float note_height(const PanelContext& context, const Painter& painter, Rect middle,
                  const std::string& note) {
  const auto lines = wrapped(painter, note, Face::ui, context.px(sentence_pixels),
                             middle.width - context.px(4 * train_card_padding));
  return context.px(static_cast<float>(lines.size()) * (sentence_pixels + 6) + 16);
}

// Pages that do not fit into the row of tabs at their full names are elided.
void draw_tabs(const PanelContext& context, Painter& painter, const TrainLayout& layout) {
  if (layout.tabs.width <= 0) return;
  const Rect& row = layout.tabs;
  const float width = row.width / static_cast<float>(layout.pages.size());
  for (std::size_t i = 0; i < layout.pages.size(); ++i) {
    const TrainPage& page = layout.pages[i];
    const Rect tab = {row.x + width * static_cast<float>(i), row.y, width, row.height};
    const std::string name = "train.page." + std::to_string(static_cast<int>(page.parts.front()));
    ImGui::SetCursorScreenPos({tab.x, tab.y});
    if (ImGui::InvisibleButton(name.c_str(), {tab.width, tab.height}))
      context.view.train_part = static_cast<int>(page.parts.front());
    const bool hovered = ImGui::IsItemHovered(), chosen = i == layout.page;
    probe(context, name, tab);
    const Theme& theme = context.theme;
    if (chosen || hovered)
      painter.fill(tab, chosen ? theme.button_active : theme.button_hover, context.px(6));
    const float pixels = context.px(tab_pixels);
    painter.text({tab.center().x, tab.center().y - pixels / 2},
                 elided(painter, page.label, Face::ui, pixels, tab.width - context.px(6)),
                 chosen ? Face::bold : Face::ui, pixels, chosen ? theme.text : theme.text_soft,
                 Align::center);
  }
}

}  // namespace

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
  const float pixels = context.px(sentence_pixels), row = context.px(sentence_pixels + 6);
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

// ---- the panel -------------------------------------------------------------------

void draw_train_panel(const PanelContext& context, Rect middle) {
  begin_panel("train", middle, context, PanelScroll::none);
  ImGuiPainter painter = painter_for(context);
  painter.fill(middle, context.theme.canvas);
  const std::string note = why_no_field(context);
  const TrainLayout layout =
      lay_out_train(middle, context.scale, note.empty(),
                    note_height(context, painter, middle, note), context.view.train_part);
  draw_note(context, painter, layout.note, note);
  draw_tabs(context, painter, layout);

  struct Card {
    TrainPart part;
    void (*draw)(const PanelContext&, Painter&, Rect);
  };
  constexpr Card cards[] = {
      {TrainPart::field, draw_field_card},     {TrainPart::neurons, draw_neurons_card},
      {TrainPart::loss, draw_loss_card},       {TrainPart::norms, draw_norms_card},
      {TrainPart::profile, draw_profile_card}, {TrainPart::updates, draw_updates_card},
      {TrainPart::layers, draw_layers_card}};
  for (const Card& card : cards)
    if (layout[card.part].width > 0) card.draw(context, painter, layout[card.part]);
  end_panel(context);
}

}  // namespace backstep
