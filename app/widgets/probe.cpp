#include "app/widgets/probe.h"

#include <imgui.h>

namespace backstep {

namespace {
bool listening = false;
std::map<std::string, Rect> known;
}  // namespace

void probe(const std::string& name, Rect rect) {
  if (listening) known[name] = rect;
}

void probe(const std::string& name) {
  if (!listening) return;
  const ImVec2 at = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
  known[name] = {at.x, at.y, size.x, size.y};
}

void listen_to_probes(bool on) { listening = on; }
void clear_probes() { known.clear(); }
const std::map<std::string, Rect>& probes() { return known; }

}  // namespace backstep
