// Keys between Backstep and ImGui, whichever ImGui it is built with. 1.86 (Debian
// 12) looks at arrays of keys once a frame; from 1.87 on (Debian 13 has 1.90) there
// is a queue of events, which is processed over as many frames as it takes, and the
// arrays must not be written. No other file asks for ImGui's version.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>

namespace backstep {

#if IMGUI_VERSION_NUM < 18700

inline bool key_pressed(ImGuiKey which, bool repeats = true) {
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(which), repeats);
}

// Presses or releases a key where there is no window to do it.
inline void give_key(ImGuiKey which, bool down) {
  ImGui::GetIO().KeyMap[which] = which;  // any number will do without a window
  ImGui::GetIO().KeysDown[which] = down;
}

inline void give_modifiers(bool control, bool shift) {
  ImGui::GetIO().KeyCtrl = control;
  ImGui::GetIO().KeyShift = shift;
}

// Whether ImGui keeps input for frames to come.
inline bool input_is_waiting() { return false; }

// The window being filled becomes the one that the keyboard is in.
inline void bring_keyboard_here() {}

#else

inline bool key_pressed(ImGuiKey which, bool repeats = true) {
  return ImGui::IsKeyPressed(which, repeats);
}

inline void give_key(ImGuiKey which, bool down) { ImGui::GetIO().AddKeyEvent(which, down); }

inline void give_modifiers(bool control, bool shift) {
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, control);
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, shift);
}

inline bool input_is_waiting() { return !ImGui::GetCurrentContext()->InputEventsQueue.empty(); }

// 1.90's SetKeyboardFocusHere() looks for the field in the focus scope that the
// keyboard is in already: in a child window it would never find it.
inline void bring_keyboard_here() { ImGui::FocusWindow(ImGui::GetCurrentWindow()); }

#endif

}  // namespace backstep
