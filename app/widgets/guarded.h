// A guarded panel does not take the others with it: what is thrown while it is
// drawn becomes a sentence in its place.
#pragma once

#include <exception>

#include "app/widgets/context.h"

namespace backstep {

int imgui_fonts_in_use();
// Brings ImGui back to where it stood with `fonts` in use, and says what the error
// was where `rect` has room for it.
void recover_panel(const PanelContext& context, Rect rect, int fonts, const std::exception& error);

// Draws what fills `rect`. False when that failed.
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
