#include "app/panels/compare/doctor_cards.h"

#include <imgui.h>

#include <algorithm>
#include <vector>

#include "app/paint/imgui_painter.h"
#include "app/widgets/probe.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr float finding_title_size = 15, finding_text_size = 13, finding_button_gap = 6;

std::string titled(const DoctorCard& card, const std::string& title) {
  return card.name.empty() ? capitalised(title) : card.name + ": " + title;
}

void sentences(const PanelContext& context, const std::string& text) {
  text_wrapped(context, Face::ui, finding_text_size,
               mix(context.theme.text, context.theme.text_soft, 0.5), text);
}

void draw_findings(const PanelContext& context, const DoctorCard& card) {
  bool first = true;
  for (const Finding& finding : card.diagnosis->findings) {
    if (!first) gap(context, 6);
    text_wrapped(context, Face::bold, first ? finding_title_size : finding_text_size + 0.5f,
                 context.theme.text,
                 first ? titled(card, finding.title) : capitalised(finding.title));
    sentences(context, finding.text);
    first = false;
  }
}

void draw_healthy(const PanelContext& context, const DoctorCard& card) {
  text_wrapped(context, Face::bold, finding_title_size, context.theme.text,
               titled(card, "healthy"));
  for (const std::string& remark : card.diagnosis->remarks) sentences(context, remark);
}

// The remedies of all findings, each once.
std::vector<const Remedy*> remedies_of(const Diagnosis& diagnosis) {
  std::vector<const Remedy*> remedies;
  for (const Finding& finding : diagnosis.findings)
    for (const Remedy& remedy : finding.remedies)
      if (std::none_of(remedies.begin(), remedies.end(),
                       [&](const Remedy* known) { return known->change == remedy.change; }))
        remedies.push_back(&remedy);
  return remedies;
}

// Only the first remedy says "Replay with".
std::string short_label(const std::string& label) {
  const std::string lead = "Replay with ";
  return label.starts_with(lead) ? capitalised(label.substr(lead.size())) : label;
}

// "doctor.remedy.0.batch_norm"; a second value of the same setting is appended.
std::string remedy_name(int run, const std::vector<const Remedy*>& remedies, std::size_t number) {
  const Change& change = remedies[number]->change;
  const bool again =
      std::any_of(remedies.begin(), remedies.begin() + static_cast<std::ptrdiff_t>(number),
                  [&](const Remedy* before) { return before->change.setting == change.setting; });
  const std::string name = "doctor.remedy." + std::to_string(run) + "." + change.setting;
  return again ? name + "." + change.value : name;
}

// The buttons stand side by side while there is room, then wrap to the next line.
void draw_remedies(const PanelContext& context, const DoctorCard& card) {
  const std::vector<const Remedy*> remedies = remedies_of(*card.diagnosis);
  if (remedies.empty()) return;
  gap(context, 8);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float room = line_width(context), between = context.px(finding_button_gap),
              row = context.px(28);
  float x = 0, y = 0;
  for (std::size_t i = 0; i < remedies.size(); ++i) {
    const bool primary = i == 0;
    const std::string shown = primary ? remedies[i]->label : short_label(remedies[i]->label);
    const std::string name = remedy_name(card.run, remedies, i);
    const float fitting =
        context.fonts.width(Face::ui, context.px(13), shown) + context.px(primary ? 48 : 24);
    const float width = std::min(fitting, room);
    if (x > 0 && (x + width > room || i == 1)) {
      x = 0;
      y += row + between;
    }
    ImGui::SetCursorScreenPos({corner.x + x, corner.y + y});
    if (button(context, shown + "##" + name, width / context.scale,
               primary ? ButtonKind::primary : ButtonKind::plain, true, name))
      context.actions.push(action::Replay{card.run, remedies[i]->change});
    if (ImGui::IsItemHovered() && shown != remedies[i]->label) tooltip(context, remedies[i]->label);
    x += width + between;
  }
  ImGui::SetCursorScreenPos(corner);
  ImGui::Dummy({room, y + row});
}

Color bar_color(const Theme& theme, const DoctorCard& card) {
  if (!card.diagnosis) return theme.line;
  if (card.diagnosis->healthy()) return theme.update;
  return card.diagnosis->findings.front().is_error ? theme.error : theme.warning;
}

// Whether the card was clicked outside its buttons.
bool is_clicked(Rect box) {
  return ImGui::IsWindowHovered() && !ImGui::IsAnyItemHovered() && ImGui::IsMouseClicked(0) &&
         ImGui::IsMouseHoveringRect({box.x, box.y}, {box.right(), box.bottom()});
}

}  // namespace

bool draw_doctor_card(const PanelContext& context, const DoctorCard& card) {
  const Theme& theme = context.theme;
  begin_card(context);
  if (!card.diagnosis) {
    text_wrapped(context, Face::bold, finding_title_size, theme.text_soft,
                 titled(card, "not examined yet"));
  } else if (card.diagnosis->healthy()) {
    draw_healthy(context, card);
  } else {
    draw_findings(context, card);
    draw_remedies(context, card);
  }
  const Rect box = end_card(context);
  ImGuiPainter painter = painter_for(context);
  if (card.chosen)
    painter.frame(box, mix(theme.line, card.color, 0.55), context.px(8),
                  std::max(1.0f, context.px(1)));
  painter.fill({box.x, box.y, context.px(4), box.height}, bar_color(theme, card), context.px(1.5f));
  probe(context, "doctor." + std::to_string(card.run), box);
  return is_clicked(box);
}

}  // namespace backstep
