// The transport is the bar below the graph: buttons to step and play, a
// sentence on what the last tick did, and the timeline, which can be scrubbed.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

void draw_transport_panel(const PanelContext& context, Rect rect);

// What the last tick did: "a₁ = sigmoid(z1) sends its gradient to z₁".
std::string describe_tick(const Timeline& timeline);

// How many updates lie behind: this pass's own counts once it is complete.
long updates_done(const Timeline& timeline);

// The last update that can be sought without training on.
long last_known_update(const Timeline& timeline);

}  // namespace backstep
