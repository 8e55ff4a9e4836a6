// Keys as ImGui tells of them, by its names for them.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>

namespace backstep {

inline bool key_pressed(ImGuiKey_ which, bool repeats = true) {
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(which), repeats);
}

}  // namespace backstep
