#include "app/widgets/imgui_font.h"

#include <imgui.h>

#include <exception>

namespace backstep {

// A line in ImGui is as high as its font, so a font that claims to be higher than its
// letters sets lines farther apart. Nothing else depends on it.
ImGuiFont::ImGuiFont(const PanelContext& context, Face face, float units, float spacing)
    : font_(context.fonts.at(face, Fonts::drawn_size(context.px(units)))),
      size_before_(font_->FontSize),
      exceptions_(std::uncaught_exceptions()) {
  font_->Scale = Fonts::drawn_size(context.px(units)) / size_before_;
  font_->FontSize = size_before_ * spacing;
  ImGui::PushFont(font_);
}

ImGuiFont::~ImGuiFont() {
  font_->FontSize = size_before_;
  font_->Scale = 1;
  // After an exception, windows may be open that were not when this began; whoever
  // catches it restores all of ImGui's stacks (guarded.cpp).
  if (std::uncaught_exceptions() == exceptions_) ImGui::PopFont();
}

}  // namespace backstep
