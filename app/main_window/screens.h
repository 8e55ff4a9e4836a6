// A screen is the panels of one mode, each in its place: Step, Train or Compare.
#pragma once

#include <vector>

#include "app/documents/examples.h"
#include "app/view/layout.h"
#include "app/widgets/context.h"

namespace backstep {

void draw_screen(const PanelContext& context, const Layout& layout,
                 const std::vector<Example>& examples);

}  // namespace backstep
