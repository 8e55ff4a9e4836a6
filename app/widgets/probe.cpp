#include "app/widgets/probe.h"

#include <imgui.h>

#include "app/paint/frame_record.h"

namespace backstep {

void probe(const PanelContext& context, const std::string& name, Rect rect) {
  if (context.record) context.record->add_widget(name, rect);
}

void probe(const PanelContext& context, const std::string& name) {
  const ImVec2 at = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
  probe(context, name, {at.x, at.y, size.x, size.y});
}

}  // namespace backstep
