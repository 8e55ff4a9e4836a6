#include "app/platform/interface_context.h"

#include <imgui.h>

#include <cstdlib>
#include <new>
#include <utility>

#include "app/platform/resources.h"

namespace backstep {

namespace {

// ImGui never checks whether it was given memory. It needs little, so some is kept
// in reserve: when there is no other, ImGui gets through the frame with that, and
// exceptions are thrown by our own code, where they can be caught. Memory runs out
// for the whole process, so all contexts share one reserve.
constexpr std::size_t reserve_size = std::size_t{4} << 20;
void* reserve = nullptr;

void* allocate(std::size_t size, void*) {
  void* memory = std::malloc(size);
  if (memory) return memory;
  std::free(std::exchange(reserve, nullptr));
  memory = std::malloc(size);
  if (!memory) throw std::bad_alloc();
  return memory;
}

void release(void* memory, void*) { std::free(memory); }

}  // namespace

InterfaceContext::InterfaceContext() {
  if (!reserve) reserve = std::malloc(reserve_size);
  ImGui::SetAllocatorFunctions(allocate, release);
  imgui_ = ImGui::CreateContext();
  make_current();
  ImGuiIO& io = ImGui::GetIO();
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;  // lists of any length
  io.IniFilename = nullptr;  // where panels lie is decided by the layout, not remembered
  fonts_.build(*io.Fonts, resource_folder() / "fonts");
}

InterfaceContext::~InterfaceContext() { ImGui::DestroyContext(imgui_); }

void InterfaceContext::make_current() const { ImGui::SetCurrentContext(imgui_); }

}  // namespace backstep
