// The Layout says where each panel lies in the window. Wide windows show
// everything at once; where there is too little room for that (small windows,
// large text) one side panel at a time is shown, chosen by tabs.
#pragma once

#include "app/paint/painter.h"

namespace backstep {

enum class SidePanel { program, inspector, plots };

struct Layout {
  bool compact = false;
  Rect title, program, graph, transport, plots, inspector;  // empty where not shown
  Rect side_tabs;                                           // compact only
  Rect setup, middle, side;                                 // of Train and Compare
};

// `scale` is pixels per design unit; `side` the panel shown when compact.
Layout lay_out(float width, float height, float scale, bool presenting, SidePanel side);
// The same for Train and Compare: their setup stands for the program, what the
// doctor says for the inspector.
Layout lay_out_lab(float width, float height, float scale, bool presenting, SidePanel side);

}  // namespace backstep
