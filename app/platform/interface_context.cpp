#include "app/platform/interface_context.h"

#include <imgui.h>

#include <cstdlib>
#include <new>
#include <utility>

#include "app/platform/resources.h"

namespace backstep {

namespace {

// ImGui never asks whether it was given memory. What it needs is little, so some is
// put by for it: where there is no other, it gets through the frame with that, and
// the exceptions are ours, where they can be caught.
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
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;  // lists of any length
  io.IniFilename = nullptr;  // where panels lie is decided by the layout, not remembered
  fonts_.build(*io.Fonts, resource_folder() / "fonts");
}

InterfaceContext::~InterfaceContext() { ImGui::DestroyContext(); }

}  // namespace backstep
