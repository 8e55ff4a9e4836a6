#include "app/pictures/interface_context.h"

#include <imgui.h>

#include "app/platform/resources.h"

namespace backstep {

InterfaceContext::InterfaceContext() {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;  // lists of any length
  io.IniFilename = nullptr;  // where panels lie is decided by the layout, not remembered
  fonts_.build(*io.Fonts, resource_folder() / "fonts");
}

InterfaceContext::~InterfaceContext() { ImGui::DestroyContext(); }

}  // namespace backstep
