// The four number formats side by side, the current one marked; a click asks for
// another.
#pragma once

#include <string>

#include "app/widgets/context.h"

namespace backstep {

// As wide as there is room; probes are called "NAME.float16".
void precision_choice(const PanelContext& context, const std::string& name);

}  // namespace backstep
