#include "app/commands/keyboard.h"

#include <imgui.h>
#include <imgui_internal.h>

#include "app/platform/imgui_keys.h"

namespace backstep {

namespace {

// A field that has not got the keyboard by then is one that cannot have it.
constexpr int most_frames_on_the_way = 10;

// Of the hand at the keyboard, not of a session.
struct Keyboard {
  int asked_in = -1;  // the last frame in which a field asked for it
  int asked_for = 0;  // in so many frames in a row
  int kept_in = -1;   // the last frame in which keys were kept
};
Keyboard keyboard;

}  // namespace

Typing keys_go_to() {
  const ImGuiContext& imgui = *ImGui::GetCurrentContext();
  if (keyboard_is_on_its_way() || keyboard.kept_in == imgui.FrameCount) return Typing::text;
  const ImGuiInputTextState& field = imgui.InputTextState;
  if (imgui.ActiveId == 0 || field.ID != imgui.ActiveId) return Typing::nothing;
  return field.CurLenW == 0 ? Typing::empty_field : Typing::text;
}

void focus_next_field() {
  bring_keyboard_here();
  ImGui::SetKeyboardFocusHere();
  expect_focus();
}

void expect_focus() {
  const int frame = ImGui::GetFrameCount();
  if (keyboard.asked_in == frame) return;
  keyboard.asked_for = keyboard.asked_in == frame - 1 ? keyboard.asked_for + 1 : 1;
  keyboard.asked_in = frame;
}

bool keyboard_is_on_its_way() {
  return keyboard.asked_in == ImGui::GetFrameCount() &&
         keyboard.asked_for <= most_frames_on_the_way;
}

void keep_keys() {
  keyboard.kept_in = ImGui::GetFrameCount();
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

void forget_keyboard() { keyboard = {}; }

}  // namespace backstep
