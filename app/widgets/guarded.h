// A guarded panel does not take the others down with it: an exception while it is
// drawn becomes a sentence in its place.
#pragma once

#include <exception>

#include "app/widgets/context.h"

namespace backstep {

int imgui_fonts_in_use();
// Restores ImGui to its state with `fonts` in use, and shows the error in `rect`.
void recover_panel(const PanelContext& context, Rect rect, int fonts, const std::exception& error);

// Calls `draw`, which fills `rect`. False when it threw.
template <class Draw>
bool draw_guarded(const PanelContext& context, Rect rect, Draw draw) {
  const int fonts = imgui_fonts_in_use();
  try {
    draw();
    return true;
  } catch (const std::exception& error) {
    recover_panel(context, rect, fonts, error);
  }
  return false;
}

}  // namespace backstep
