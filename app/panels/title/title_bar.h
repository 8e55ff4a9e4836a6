// The title bar holds the menus, the name of what is open, and the buttons one
// reaches for in front of a class.
#pragma once

#include <functional>

#include "app/commands/actions.h"
#include "app/view/layout.h"
#include "app/widgets/context.h"

namespace backstep {

// Whether a command can be given now; its menu row and its button are grey else.
using CanRun = std::function<bool(CommandId)>;

void draw_title_bar(const PanelContext& context, Rect rect, const CanRun& can_run);

// Compact windows: tabs that choose the side panel.
void draw_side_tabs(const PanelContext& context, Rect rect, SidePanel& side);

}  // namespace backstep
