// The look of ImGui's own parts (popups, menus, fields, scroll bars), from the
// theme.
#pragma once

#include "app/paint/theme.h"

namespace backstep {

void apply_imgui_style(const Theme& theme, float scale);

}  // namespace backstep
