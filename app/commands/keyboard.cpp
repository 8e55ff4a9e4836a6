#include "app/commands/keyboard.h"

#include <imgui.h>
#include <imgui_internal.h>

#include "app/platform/imgui_keys.h"

namespace backstep {

namespace {

// A field that does not have the focus after so many frames cannot get it.
constexpr int most_frames_on_the_way = 10;

}  // namespace

Typing Keyboard::keys_go_to() const {
  const ImGuiContext& imgui = *ImGui::GetCurrentContext();
  if (is_on_its_way() || kept_in_ == imgui.FrameCount) return Typing::text;
  const ImGuiInputTextState& field = imgui.InputTextState;
  if (imgui.ActiveId == 0 || field.ID != imgui.ActiveId) return Typing::nothing;
  return field.CurLenW == 0 ? Typing::empty_field : Typing::text;
}

void Keyboard::focus_next_field() {
  bring_keyboard_here();
  ImGui::SetKeyboardFocusHere();
  expect_focus();
}

void Keyboard::expect_focus() {
  const int frame = ImGui::GetFrameCount();
  if (asked_in_ == frame) return;
  asked_for_ = asked_in_ == frame - 1 ? asked_for_ + 1 : 1;
  asked_in_ = frame;
}

bool Keyboard::is_on_its_way() const {
  return asked_in_ == ImGui::GetFrameCount() && asked_for_ <= most_frames_on_the_way;
}

void Keyboard::keep_keys() {
  kept_in_ = ImGui::GetFrameCount();
  ImGui::GetCurrentContext()->WantTextInputNextFrame = 1;
}

bool a_menu_is_open() {
  for (const ImGuiPopupData& popup : ImGui::GetCurrentContext()->OpenPopupStack)
    if (popup.Window && (popup.Window->Active || popup.Window->WasActive) &&
        !(popup.Window->Flags & ImGuiWindowFlags_Modal))
      return true;
  return false;
}

bool a_popup_is_open() { return ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId); }

}  // namespace backstep
