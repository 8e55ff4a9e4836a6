#include "app/panels/step/value_entry.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "app/commands/keyboard.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/platform/imgui_keys.h"
#include "app/widgets/imgui_font.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"

namespace backstep {

void ValueEntry::open(const PanelContext& context, int node, Index entry, double value) {
  node_ = node;
  entry_ = entry;
  want_focus(context);
  mistake_.clear();
  std::snprintf(text_, sizeof text_, "%s", exact_number(value).c_str());
}

void ValueEntry::want_focus(const PanelContext& context) {
  wants_focus_ = true;
  was_active_ = false;
  context.interaction.of<Keyboard>().expect_focus();
}

std::optional<double> ValueEntry::take(const PanelContext& context, bool stay_when_wrong) {
  double value = 0;
  if (read_typed_number(text_, value)) {
    close();
    return value;
  }
  if (!stay_when_wrong) {
    close();
    return {};
  }
  mistake_ = "not a number";
  want_focus(context);
  return {};
}

void ValueEntry::draw_mistake(const PanelContext& context, Rect field) const {
  if (mistake_.empty()) return;
  ImGuiPainter painter = painter_above(context);
  const float pixels = context.px(12), side = context.px(8);
  const Rect box = {field.x, field.bottom() + context.px(3),
                    painter.text_width(mistake_, Face::ui, pixels) + 2 * side,
                    pixels + context.px(10)};
  painter.fill(box, context.theme.error_soft, context.px(5));
  painter.frame(box, context.theme.error, context.px(5), std::max(1.0f, context.px(1)));
  painter.text({box.x + side, box.y + context.px(5)}, mistake_, Face::ui, pixels,
               context.theme.error);
}

std::optional<double> ValueEntry::draw(const PanelContext& context, Rect place, Rect area) {
  const float width = std::round(std::max(context.px(96), place.width));
  const float height = std::round(context.px(26));
  Rect field = {place.center().x - width / 2, place.center().y - height / 2, width, height};
  field.x = std::clamp(field.x, area.x, std::max(area.x, area.right() - width));
  field.y = std::clamp(field.y, area.y, std::max(area.y, area.bottom() - height));
  field.x = std::round(field.x);
  field.y = std::round(field.y);

  ImGui::SetCursorScreenPos({field.x, field.y});
  ImGui::BeginChild("value entry", {field.width, field.height}, false,
                    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar);
  ImGuiPainter painter = painter_for(context);
  painter.fill(field, context.theme.field, context.px(5));
  painter.frame(field, context.theme.value, context.px(5), std::max(1.0f, context.px(1.5f)));

  bool entered = false, left = false;
  {
    const ImGuiFont font(context, Face::mono, 15);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                        {context.px(7), (field.height - ImGui::GetFontSize()) / 2});
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
    ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
    ImGui::SetCursorScreenPos({field.x, field.y});
    ImGui::SetNextItemWidth(field.width);
    if (wants_focus_) context.interaction.of<Keyboard>().focus_next_field();
    entered =
        ImGui::InputText("##value", text_, sizeof text_,
                         ImGuiInputTextFlags_AutoSelectAll | ImGuiInputTextFlags_EnterReturnsTrue);
    if (ImGui::IsItemActive()) was_active_ = true, wants_focus_ = false;
    if (ImGui::IsItemEdited()) mistake_.clear();
    left = was_active_ && !ImGui::IsItemActive();
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
  }
  probe(context, "graph.entry", field);
  ImGui::EndChild();
  draw_mistake(context, field);

  if (entered) return take(context, true);
  if (!left) return {};
  if (key_pressed(ImGuiKey_Escape)) {
    close();
    return {};
  }
  return take(context, false);
}

}  // namespace backstep
