// Draws the text of a lesson: paragraphs in which values are blue, gradients orange,
// and names of nodes can be pointed at and clicked.
#pragma once

#include "app/lessons/lesson.h"
#include "app/widgets/context.h"

namespace backstep {

// At the cursor, as wide as there is room. Returns the node whose name is under
// the pointer, or -1; a click selects it.
int draw_paragraph(const PanelContext& context, const Paragraph& paragraph, const std::string& id);

}  // namespace backstep
