// A tooltip is the small box beside the pointer that names what is under it.
#pragma once

#include <string>

#include "app/widgets/context.h"

namespace backstep {

struct Command;

// Call while the item is hovered. Lines are separated by \n.
void tooltip(const PanelContext& context, const std::string& text);
// What a command is called and its keys.
void tooltip(const PanelContext& context, const Command& command);

}  // namespace backstep
