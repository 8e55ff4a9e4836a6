// A probe tells tests where a thing is: a panel notes the rectangle of each
// widget by name ("transport.step", "node.W1") in the frame's record, if there
// is one.
#pragma once

#include <string>

#include "app/widgets/context.h"

namespace backstep {

// Notes `rect` under `name`.
void probe(const PanelContext& context, const std::string& name, Rect rect);
// Notes the last ImGui item under `name`.
void probe(const PanelContext& context, const std::string& name);

}  // namespace backstep
