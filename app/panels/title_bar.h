// The title bar holds the menus, the name of what is open, and the buttons one
// reaches for in front of a class.
#pragma once

#include "app/panels/context.h"
#include "app/panels/layout.h"

namespace backstep {

class App;

void draw_title_bar(const PanelContext& context, Rect rect, const App& app);

// Compact windows: tabs that choose the side panel.
void draw_side_tabs(const PanelContext& context, Rect rect, SidePanel& side);

}  // namespace backstep
