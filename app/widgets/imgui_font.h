// An ImGuiFont makes ImGui's own widgets write in one of our faces at an exact
// size for as long as it lives, with the lines as far apart as asked.
#pragma once

#include "app/widgets/context.h"

struct ImFont;

namespace backstep {

class ImGuiFont {
 public:
  // `units` high in design units; `spacing` is the line height over the size.
  ImGuiFont(const PanelContext& context, Face face, float units, float spacing = 1);
  ~ImGuiFont();
  ImGuiFont(const ImGuiFont&) = delete;
  ImGuiFont& operator=(const ImGuiFont&) = delete;

 private:
  ImFont* font_;
  float size_before_;
  int exceptions_;  // on their way when it was made
};

}  // namespace backstep
