// The title bar holds the menus, the title of what is open, the tabs of the modes, and
// the buttons that are needed most in front of a class.
#pragma once

#include <functional>

#include "app/commands/actions.h"
#include "app/view/layout.h"
#include "app/widgets/context.h"

namespace backstep {

// Whether a command can be given now. If not, its menu row and its button are grey.
using CanRun = std::function<bool(CommandId)>;

void draw_title_bar(const PanelContext& context, Rect rect, const CanRun& can_run);

// In compact windows: the tabs that choose the side panel.
void draw_side_tabs(const PanelContext& context, Rect rect, SidePanel& side);

}  // namespace backstep
