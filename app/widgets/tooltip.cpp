#include "app/widgets/tooltip.h"

#include <imgui.h>

#include "app/commands/commands.h"
#include "app/widgets/probe.h"

namespace backstep {

void tooltip(const PanelContext& context, const std::string& text) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.px(10), context.px(7)});
  ImGui::BeginTooltip();
  ImGui::TextUnformatted(text.c_str());
  const ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  probe(context, "tooltip " + text, {at.x, at.y, size.x, size.y});
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

void tooltip(const PanelContext& context, const Command& command) {
  tooltip(context, std::string(command.label) + "   " + name_of(command.keys));
}

}  // namespace backstep
