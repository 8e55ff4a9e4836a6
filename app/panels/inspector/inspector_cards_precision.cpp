// Numbers that are rounded as they are computed: the format, and which of them
// overflowed, underflowed or became NaN.
#include <imgui.h>

#include <algorithm>

#include "app/explain/precision_words.h"
#include "app/paint/imgui_painter.h"
#include "app/panels/inspector/inspector_cards.h"
#include "app/widgets/precision_choice.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"

namespace backstep {
namespace {

constexpr std::size_t most_shown = 4;

// A sentence that leads to the op that made the number, and how many others went
// the same way.
void draw_bad_number(const PanelContext& context, const BadNumber& bad, std::size_t number) {
  const Theme& theme = context.theme;
  const Timeline& timeline = context.session.timeline();
  const bool backward = bad.phase == Phase::backward;
  StyledText words = {
      {bad_number_words(timeline, bad) + " ", number == 0 ? Tone::plain : Tone::soft}};
  if (bad.count > 1)
    words.push_back({text("and {} with it", counted(bad.count - 1, "other")), Tone::faint});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float indent = context.px(14), out = context.px(6), width = line_width(context);
  const float height = flowing_text(context, Face::ui, 12.5f, words, indent, indent);
  ImGuiPainter painter = painter_for(context);
  const Color color = backward ? theme.gradient : theme.value;
  painter.circle({at.x + context.px(4), at.y + context.px(9)}, context.px(3), color);
  const ImVec2 end = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(at);
  const std::string name = "precision.bad." + std::to_string(number);
  if (ImGui::InvisibleButton(name.c_str(), {width, height})) {
    context.actions.push(action::Seek{{timeline.position().update, bad.tick}});
    context.view.selection = {bad.node, bad.entry};
  }
  if (ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    context.view.hovered_node = bad.node;
    painter.fill({at.x - out, at.y - 1, width + 2 * out, height + 2}, color.with_alpha(0.12),
                 context.px(4));
  }
  probe(context, name);
  ImGui::SetCursorScreenPos(end);
  gap(context, 4);
}

void draw_bad_numbers(const PanelContext& context) {
  const Theme& theme = context.theme;
  const std::vector<BadNumber>& all = context.session.bad_numbers();
  if (all.empty()) {
    text_wrapped(context, Face::ui, 12.5f, theme.text_soft,
                 "No overflow, underflow or NaN in this pass: numbers were only rounded.");
    return;
  }
  text_wrapped(context, Face::bold, 12.5f, theme.warning,
               all.size() == 1 ? "One op loses numbers:" : "The first number lost:");
  gap(context, 2);
  for (std::size_t i = 0; i < std::min(all.size(), most_shown); ++i) {
    draw_bad_number(context, all[i], i);
    if (i == 0 && all.size() > 1) text_line(context, Face::ui, 12, theme.text_faint, "and later");
  }
  if (all.size() > most_shown) {
    const auto rest = static_cast<long>(all.size() - most_shown);
    text_line(context, Face::ui, 12, theme.text_faint, "… and at " + counted(rest, "more op"));
  }
}

}  // namespace

void precision_choice(const PanelContext& context, const std::string& name) {
  const Theme& theme = context.theme;
  const auto formats = all_precisions();
  const Precision now = context.session.setup().precision;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = line_width(context), height = context.px(28), pixels = context.px(12);
  const float slot = width / static_cast<float>(formats.size()), rounding = context.px(6);
  ImGuiPainter painter = painter_for(context);
  painter.fill({at.x, at.y, width, height}, theme.field, rounding);
  for (std::size_t i = 0; i < formats.size(); ++i) {
    const PrecisionFormat& format = formats[i];
    const bool chosen = format.precision == now;
    const Rect box = {at.x + slot * static_cast<float>(i), at.y, slot, height};
    ImGui::SetCursorScreenPos({box.x, box.y});
    if (ImGui::InvisibleButton((name + format.name).c_str(), {box.width, box.height}) && !chosen)
      context.actions.push(action::SetPrecision{format.precision});
    const bool hovered = ImGui::IsItemHovered();
    probe(context, name + "." + format.name);
    const Rect inner = box.inset(context.px(2));
    if (chosen || hovered)
      painter.fill(inner, chosen ? theme.primary : theme.button_hover, rounding * 0.75f);
    painter.text({box.center().x, box.y + (height - pixels) / 2}, format.name, Face::ui, pixels,
                 chosen || hovered ? theme.text : theme.text_soft, Align::center);
  }
  painter.frame({at.x, at.y, width, height}, theme.line, rounding, std::max(1.0f, context.px(1)));
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, height});
}

void draw_precision_card(const PanelContext& context, const Inspected*) {
  const Precision precision = context.session.setup().precision;
  if (precision == Precision::float64) return;
  const PrecisionFormat& format = format_of(precision);
  begin_card(context, std::string("NUMBERS ARE ") + format.name);
  gap(context, 2);
  precision_choice(context, "precision");
  gap(context, 6);
  text_wrapped(context, Face::ui, 12.5f, context.theme.text_soft, format.description);
  gap(context, 4);
  if (context.view.training)
    text_wrapped(context, Face::ui, 12, context.theme.text_faint,
                 "Overflow, underflow and NaN are looked for when training pauses.");
  else
    draw_bad_numbers(context);
  probe(context, "precision", end_card(context));
}

}  // namespace backstep
