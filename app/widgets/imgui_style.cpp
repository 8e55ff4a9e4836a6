#include "app/widgets/imgui_style.h"

#include <imgui.h>

namespace backstep {

namespace {

ImVec4 color(Color c) {
  return {static_cast<float>(c.r) / 255, static_cast<float>(c.g) / 255,
          static_cast<float>(c.b) / 255, static_cast<float>(c.a) / 255};
}

void set_colors(ImGuiStyle& style, const Theme& theme) {
  const auto set = [&](ImGuiCol which, Color to) { style.Colors[which] = color(to); };
  set(ImGuiCol_Text, theme.text);
  set(ImGuiCol_TextDisabled, theme.text_faint);
  set(ImGuiCol_WindowBg, theme.panel);
  set(ImGuiCol_ChildBg, theme.panel.with_alpha(0));
  set(ImGuiCol_PopupBg, theme.card);
  set(ImGuiCol_Border, theme.line);
  set(ImGuiCol_FrameBg, theme.field);
  set(ImGuiCol_FrameBgHovered, theme.field);
  set(ImGuiCol_FrameBgActive, theme.field);
  set(ImGuiCol_ScrollbarBg, theme.panel.with_alpha(0));
  set(ImGuiCol_ScrollbarGrab, theme.button);
  set(ImGuiCol_ScrollbarGrabHovered, theme.button_hover);
  set(ImGuiCol_ScrollbarGrabActive, theme.button_active);
  set(ImGuiCol_Button, theme.button);
  set(ImGuiCol_ButtonHovered, theme.button_hover);
  set(ImGuiCol_ButtonActive, theme.button_active);
  set(ImGuiCol_Header, theme.button);
  set(ImGuiCol_HeaderHovered, theme.button_hover);
  set(ImGuiCol_HeaderActive, theme.button_active);
  set(ImGuiCol_TextSelectedBg, theme.selection);
  set(ImGuiCol_NavHighlight, theme.value);
  set(ImGuiCol_ModalWindowDimBg,
      (theme.is_dark ? theme.canvas : theme.text).with_alpha(theme.is_dark ? 0.7 : 0.25));
}

}  // namespace

void apply_imgui_style(const Theme& theme, float scale) {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  style.WindowRounding = style.ChildRounding = style.FrameRounding = 6;
  style.PopupRounding = 8;
  style.WindowBorderSize = 0;
  style.PopupBorderSize = style.ChildBorderSize = style.FrameBorderSize = 1;
  style.ScrollbarSize = 11;
  style.ScrollbarRounding = 6;
  style.FramePadding = {8, 6};
  style.ItemSpacing = {8, 6};
  style.ScaleAllSizes(scale);
  style.WindowMinSize = {1, 1};  // not scaled: ImGui rounds down and accepts no size of 0
  set_colors(style, theme);
}

}  // namespace backstep
