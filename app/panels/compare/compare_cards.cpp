#include "app/panels/compare/compare_cards.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/compare/compare_layout.h"
#include "app/panels/compare/run_series.h"
#include "app/plots/field_picture.h"
#include "app/plots/plot_lines.h"
#include "app/widgets/probe.h"
#include "app/widgets/tooltip.h"

namespace backstep {

namespace {

constexpr double no_epoch = std::numeric_limits<double>::quiet_NaN();
constexpr float run_name_pixels = 17, loss_pixels = 13, run_number_pixels = 12.5f;

struct RunCard {
  const PanelContext& context;
  Painter& painter;
  const Comparison& comparison;
  const Comparison::Run& run;
  int number;
  RunCardLayout at;

  float px(float units) const { return context.px(units); }
  float width(const std::string& text, Face face, float size) const {
    return painter.text_width(text, face, px(size));
  }
  std::string name() const { return "compare.run." + std::to_string(number); }
};

// ---- Pressed ------------------------------------------------------------------

// The × in the corner. It comes before the card, since ImGui gives the pointer to the
// item that is added first. Returns how many pixels of the header it takes.
float ask_remove(const RunCard& card, Rect& place, bool& hovered) {
  if (card.comparison.runs().size() <= 2) return 0;
  const float size = card.px(20);
  place = {card.at.header.right() - size + card.px(6), card.at.header.center().y - size / 2, size,
           size};
  const std::string name = card.name() + ".remove";
  ImGui::SetCursorScreenPos({place.x, place.y});
  if (ImGui::InvisibleButton(name.c_str(), {size, size}))
    card.context.actions.push(action::RemoveRun{card.number});
  hovered = ImGui::IsItemHovered();
  probe(card.context, name, place);
  return size - card.px(2);
}

void draw_remove(const RunCard& card, Rect place, bool hovered) {
  const Theme& theme = card.context.theme;
  if (hovered) card.painter.fill(place, theme.button_hover, card.px(4));
  const Rect cross = place.inset(card.px(6.5f));
  const Color color = hovered ? theme.text : theme.text_faint;
  card.painter.line({cross.x, cross.y}, {cross.right(), cross.bottom()}, color, card.px(1.4f));
  card.painter.line({cross.x, cross.bottom()}, {cross.right(), cross.y}, color, card.px(1.4f));
  if (hovered) tooltip(card.context, "Remove " + card.run.name);
}

bool ask_card(const RunCard& card, Rect rect) {
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  if (ImGui::InvisibleButton(card.name().c_str(), {rect.width, rect.height}))
    card.context.actions.push(action::ChooseRun{card.number});
  probe(card.context, card.name(), rect);
  return ImGui::IsItemHovered();
}

// ---- Drawn --------------------------------------------------------------------

void draw_frame(const RunCard& card, Rect rect) {
  const Theme& theme = card.context.theme;
  const Series line = run_series(theme, card.run, card.number);
  const bool chosen = card.context.lab.compared().chosen() == card.number;
  const float thickness = std::max(1.0f, std::round(card.context.scale));
  card.painter.fill(rect, theme.panel, card.px(8));
  card.painter.frame(rect, chosen ? mix(theme.line, line.color, 0.55) : theme.line, card.px(8),
                     thickness);
  card.painter.fill(card.at.bar, line.color, card.px(2));
}

// The run's name, a sample of its line, and its loss. What does not fit is left out,
// the line first.
void draw_header(const RunCard& card, float taken) {
  const Theme& theme = card.context.theme;
  const Rect& header = card.at.header;
  const float middle = header.center().y + card.px(1), right = header.right() - taken;
  const float most = right - header.x;
  const std::string number = loss_text(card.run);
  const float name_width = card.width(card.run.name, Face::bold, run_name_pixels);
  // All cards leave out the same parts.
  float longest = 0;
  for (const Comparison::Run& run : card.comparison.runs())
    longest = std::max(longest, card.width(run.name, Face::bold, run_name_pixels));
  const float sample = card.px(26), between = card.px(10);
  std::string loss = "loss " + number;
  const auto room_beside = [&] {
    return most - card.width(loss, Face::mono, loss_pixels) - card.px(10);
  };
  if (room_beside() < std::min(longest + between + sample, most * 0.6f)) loss = number;
  // The name matters more than the loss, which the setup shows as well.
  if (room_beside() < longest) loss.clear();
  const float room = room_beside();
  card.painter.text({right, middle - card.px(loss_pixels) / 2}, loss, Face::mono,
                    card.px(loss_pixels), theme.text_soft, Align::right);
  card.painter.text({header.x, middle - card.px(run_name_pixels) / 2},
                    elided(card.painter, card.run.name, Face::bold, card.px(run_name_pixels),
                           std::max(1.0f, room)),
                    Face::bold, card.px(run_name_pixels), theme.text);
  if (longest + between + sample > room) return;
  draw_line_sample(card.painter, run_series(theme, card.run, card.number),
                   {header.x + name_width + between, middle}, sample, card.px(1.8f));
}

void draw_picture(const RunCard& card) {
  const Rect& rect = card.at.field;
  if (rect.width <= 0) return;
  FieldPicture picture = field_picture(card.run.experiment->setup(), card.run.view.surface(),
                                       card.context.view.field_column);
  picture.point_size = std::clamp(rect.width / card.context.scale / 90, 1.6f, 3.2f);
  draw_field(card.painter, rect, card.context.theme, card.context.scale, picture);
}

EpochHeat heat_of(const Comparison::Run& run, const SharedHeat& shared) {
  const EpochHistory& history = run.experiment->trainer().history();
  EpochHeat heat;
  heat.epochs = &history.epochs();
  heat.last_epoch = shared.last_epoch;
  heat.scale = shared.scale;
  for (std::size_t i = 0; i < history.layers().size(); ++i)
    heat.norms.push_back(&history.norm(static_cast<int>(i)));
  return heat;
}

void draw_heat(const RunCard& card, const EpochHeat& heat) {
  const Rect& caption = card.at.caption;
  const float pixels = card.px(run_number_pixels);
  std::string words = "gradient norm, layer by epoch";
  if (card.width(words, Face::ui, run_number_pixels) > caption.width)
    words = elided(card.painter, "gradient norm", Face::ui, pixels, caption.width);
  card.painter.text({caption.x, caption.center().y - pixels / 2 + card.px(1)}, words, Face::ui,
                    pixels, card.context.theme.text_soft);
  draw_epoch_heat(card.painter, card.at.heat, card.context.theme, card.context.scale, heat);
  probe(card.context, card.name() + ".heat", card.at.heat);
}

// "epoch 0   layer 1 hears nothing   300". What does not fit is left out, the words
// at the ends first.
void draw_foot(const RunCard& card, double last_epoch) {
  const Theme& theme = card.context.theme;
  const Rect& foot = card.at.foot;
  const float pixels = card.px(run_number_pixels), y = foot.y + card.px(8);
  const RunVerdict verdict = verdict_on(theme, card.run);
  const std::string last = fixed_number(last_epoch, 0);
  const std::string words = elided(card.painter, verdict.words, Face::bold, pixels, foot.width);
  const float middle = card.width(words, Face::bold, run_number_pixels);
  card.painter.text({foot.center().x, y}, words, Face::bold, pixels, verdict.color, Align::center);
  // The ends are labelled only where they are those of the heatmap above.
  if (foot.x != card.at.heat.x) return;
  for (const std::string first : {"epoch 0", "0"}) {
    const float side = std::max(card.width(first, Face::ui, run_number_pixels),
                                card.width(last, Face::ui, run_number_pixels));
    if (middle + 2 * (side + card.px(8)) > foot.width) continue;
    card.painter.text({foot.x, y}, first, Face::ui, pixels, theme.text_faint);
    card.painter.text({foot.right(), y}, last, Face::ui, pixels, theme.text_faint, Align::right);
    return;
  }
}

// Shows the norm under the pointer in the heatmap; returns its epoch.
double read_heat(const RunCard& card, const EpochHeat& heat) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  NormPlace place;
  if (!norm_at(card.at.heat, heat, {mouse.x, mouse.y}, place)) return no_epoch;
  const double epoch = (*heat.epochs)[place.index];
  const double norm = (*heat.norms[place.layer])[place.index];
  tooltip(card.context, "layer " + std::to_string(place.layer + 1) + ", epoch " +
                            fixed_number(epoch, 0) + ": " + with_minus(short_number(norm)));
  return epoch;
}

}  // namespace

SharedHeat shared_heat(const Comparison& comparison) {
  SharedHeat shared;
  for (const Comparison::Run& run : comparison.runs()) {
    const EpochHistory& history = run.experiment->trainer().history();
    for (std::size_t i = 0; i < history.layers().size(); ++i)
      shared.scale.include(history.norm(static_cast<int>(i)));
    shared.last_epoch = std::max(shared.last_epoch, static_cast<double>(history.last()));
  }
  return shared;
}

RunVerdict verdict_on(const Theme& theme, const Comparison::Run& run) {
  const Diagnosis* diagnosis = run.view.diagnosis();
  if (!diagnosis) return {"", theme.text_faint};
  if (diagnosis->healthy()) return {"every layer learns", theme.update};
  const Finding& worst = diagnosis->findings.front();
  return {worst.verdict, worst.is_error ? theme.error : theme.warning};
}

double draw_run_card(const PanelContext& context, Painter& painter, Rect rect,
                     const Comparison& comparison, int number, const SharedHeat& shared) {
  const Comparison::Run& run = comparison.runs()[static_cast<std::size_t>(number)];
  const bool plane =
      run.experiment->setup().samples && run.experiment->setup().samples->inputs.shape.columns <= 2;
  RunCard card{context, painter, comparison, run, number, {}};
  card.at = lay_out_run_card(rect, plane, context.scale);
  Rect remove;
  bool remove_hovered = false;
  const float taken = ask_remove(card, remove, remove_hovered);
  const bool hovered = ask_card(card, rect);

  draw_frame(card, rect);
  draw_header(card, taken);
  if (taken > 0) draw_remove(card, remove, remove_hovered);
  draw_picture(card);
  const EpochHeat heat = heat_of(run, shared);
  draw_heat(card, heat);
  draw_foot(card, shared.last_epoch);
  return hovered ? read_heat(card, heat) : no_epoch;
}

}  // namespace backstep
