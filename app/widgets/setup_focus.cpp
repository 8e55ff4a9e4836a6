#include "app/widgets/setup_focus.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <vector>

#include "app/commands/keyboard.h"
#include "app/platform/imgui_keys.h"

namespace backstep {

namespace {

struct FocusRing {
  std::vector<ImGuiID> order;  // fields drawn so far in this frame
  ImGuiID focused = 0;
  int gained_in = -1;  // the frame
  ImGuiID typing = 0;  // a field that is typed into, however that began
};

// Moves to the field after (or before) the one the keyboard stands on.
void move_focus(FocusRing& ring, int direction) {
  const auto count = static_cast<std::ptrdiff_t>(ring.order.size());
  const ImGuiID from = ring.typing ? ring.typing : ring.focused;
  const auto at = std::find(ring.order.begin(), ring.order.end(), from);
  std::ptrdiff_t next = direction > 0 ? 0 : count - 1;
  if (at != ring.order.end()) next = (at - ring.order.begin() + direction + count) % count;
  ring.focused = ring.order[static_cast<std::size_t>(next)];
  // Two frames later, since the field before it still takes what was typed into it.
  ring.gained_in = ImGui::GetFrameCount() + 2;
  ImGui::ClearActiveID();
  ImGui::NavMoveRequestCancel();  // ImGui would move with Tab too
}

}  // namespace

void begin_fields(const PanelContext& context) {
  FocusRing& ring = context.interaction.of<FocusRing>();
  ring.order.clear();
  ring.typing = 0;
}

FieldFocus focus_of(const PanelContext& context, unsigned int id, Rect rect) {
  FocusRing& ring = context.interaction.of<FocusRing>();
  ring.order.push_back(id);
  FieldFocus focus;
  focus.has = ring.focused == id && !a_popup_is_open();
  if (!focus.has) return focus;
  const int frame = ImGui::GetFrameCount();
  focus.gained = frame == ring.gained_in;
  focus.pressed = frame > ring.gained_in && ImGui::GetActiveID() == 0 &&
                  (key_pressed(ImGuiKey_Enter, false) || key_pressed(ImGuiKey_Space, false));
  context.interaction.of<Keyboard>().keep_keys();
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  if (focus.gained && rect.y < window->InnerRect.Min.y)
    ImGui::SetScrollY(ImGui::GetScrollY() + rect.y - window->InnerRect.Min.y - rect.height);
  if (focus.gained && rect.bottom() > window->InnerRect.Max.y)
    ImGui::SetScrollY(ImGui::GetScrollY() + rect.bottom() - window->InnerRect.Max.y + rect.height);
  return focus;
}

void typing_in(const PanelContext& context, unsigned int id) {
  context.interaction.of<FocusRing>().typing = id;
}

void end_fields(const PanelContext& context) {
  FocusRing& ring = context.interaction.of<FocusRing>();
  if (ring.order.empty() || a_popup_is_open()) return;
  const bool here =
      std::find(ring.order.begin(), ring.order.end(), ring.focused) != ring.order.end();
  if (!here) ring.focused = 0;
  const bool typing_elsewhere = ImGui::GetIO().WantTextInput && !here && !ring.typing;
  if (ImGui::IsMouseClicked(0) || (here && key_pressed(ImGuiKey_Escape, false))) ring.focused = 0;
  if (key_pressed(ImGuiKey_Tab, false) && !typing_elsewhere && !ImGui::GetIO().KeyCtrl)
    move_focus(ring, ImGui::GetIO().KeyShift ? -1 : 1);
}

}  // namespace backstep
