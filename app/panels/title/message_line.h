// The message line says what just happened, over the foot of the graph.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

// `graph` is the middle of the window. Nothing is drawn without a message.
void draw_message_line(const PanelContext& context, Rect graph);

}  // namespace backstep
