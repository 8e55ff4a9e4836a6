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

constexpr float tab_pixels = 13;

// Why no field is drawn; empty when one is.
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
  const auto lines = wrapped(painter, note, Face::ui, context.px(quiet_sentence_pixels),
                             middle.width - context.px(4 * train_card_padding));
  return context.px(static_cast<float>(lines.size()) * (quiet_sentence_pixels + 6) + 16);
}

// The names of pages are cut short where the row of tabs has no room for them.
void draw_tabs(const PanelContext& context, Painter& painter, const TrainLayout& layout) {
  if (layout.tabs.width <= 0) return;
  const Rect& row = layout.tabs;
  const float width = row.width / static_cast<float>(layout.pages.size());
  for (std::size_t i = 0; i < layout.pages.size(); ++i) {
    const TrainPage& page = layout.pages[i];
    const Rect tab = {row.x + width * static_cast<float>(i), row.y, width, row.height};
    const int first = static_cast<int>(page.cards.front());
    const std::string name = "train.page." + std::to_string(first);
    ImGui::SetCursorScreenPos({tab.x, tab.y});
    if (ImGui::InvisibleButton(name.c_str(), {tab.width, tab.height}))
      context.view.train_card = first;
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

// ---- the panel -------------------------------------------------------------------

void draw_train_panel(const PanelContext& context, Rect middle) {
  begin_panel("train", middle, context, PanelScroll::none);
  ImGuiPainter painter = painter_for(context);
  painter.fill(middle, context.theme.canvas);
  const std::string note = why_no_field(context);
  const TrainLayout layout =
      lay_out_train(middle, context.scale, note.empty(),
                    note_height(context, painter, middle, note), context.view.train_card);
  draw_note(context, painter, layout.note, note);
  draw_tabs(context, painter, layout);

  for (std::size_t i = 0; i < train_cards().size(); ++i)
    if (layout.cards[i].width > 0) train_cards()[i].draw(context, painter, layout.cards[i]);
  end_panel(context);
}

}  // namespace backstep
