// Draws a graph at the cursor of its timeline: every node with its value and its gradient,
// as far as they are computed, and what the last step did. The same code draws the window,
// a picture and a vector file.
#pragma once

#include "app/graph/canvas.h"
#include "app/graph/graph_marks.h"
#include "app/graph_layout/layout.h"
#include "app/paint/painter.h"
#include "app/paint/theme.h"
#include "app/view/view.h"
#include "core/stepping/timeline.h"

namespace backstep {

// A faint grid of dots, so that panning is visible where nothing else is. Only in the
// window: in a picture of a long graph there would be millions.
void draw_canvas_dots(Painter& painter, const Canvas& canvas, const Theme& theme, float scale);

// `scale` is pixels per unit of length in the design; nothing is drawn outside
// `area`, whose background the caller has painted with theme.canvas.
void draw_graph(Painter& painter, const Timeline& timeline, const GraphLayout& layout,
                const ViewState& view, const Theme& theme, float scale, Rect area,
                const GraphMarks& marks = {});

}  // namespace backstep
