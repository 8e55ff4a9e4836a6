#include "app/panels/tooltip.h"

#include <imgui.h>

#include "app/commands/commands.h"

namespace backstep {

void tooltip(const PanelContext& context, const std::string& text) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.px(10), context.px(7)});
  ImGui::BeginTooltip();
  ImGui::TextUnformatted(text.c_str());
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

void tooltip(const PanelContext& context, const Command& command) {
  tooltip(context, std::string(command.label) + "   " + name_of(command.keys));
}

}  // namespace backstep
