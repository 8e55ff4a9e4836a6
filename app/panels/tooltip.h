// A tooltip is the small box beside the pointer that names what is under it.
#pragma once

#include <string>

#include "app/panels/context.h"

namespace backstep {

// Call while the item is hovered. Lines are separated by \n.
void tooltip(const PanelContext& context, const std::string& text);

}  // namespace backstep
