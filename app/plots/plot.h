// A Plot draws series of numbers over an index in a card: the loss over the
// epochs, gradient norms over the layers. It has linear and logarithmic axes,
// names at the ends of its lines, a crosshair that reads every series, and
// zoom. It knows no window: the caller says where the pointer is, and the same
// code draws a picture or a vector file.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "app/paint/painter.h"
#include "app/paint/theme.h"

namespace backstep {

// Numbers `y` over `x`, which never decreases; without `x`, over 0, 1, 2 … NaN and
// infinities are gaps, and so are negative numbers on a logarithmic axis, where zero
// lies on a line of its own.
struct Series {
  std::string name;
  Color color;
  Dash dash = Dash::solid;
  const double* x = nullptr;
  const double* y = nullptr;
  std::size_t count = 0;
  bool rings = false;  // on the line now and then: told from another of the same dash
  bool plain = false;  // no dots on its numbers, whatever the plot has

  double x_at(std::size_t i) const { return x ? x[i] : static_cast<double>(i); }
};

struct PlotOptions {
  std::string title, note;
  std::string empty;    // said when there is nothing to draw
  std::string x_label;  // "epoch"; also names x in the crosshair's box
  std::string x_note;   // beside the label: "norms in its first batch"
  bool log_scale = false;
  bool whole_x = true;   // x counts something: no ticks between whole numbers
  bool markers = false;  // a dot on every number
  bool names = true;     // name the series, at the line ends or in a legend
  double cursor_x = std::numeric_limits<double>::quiet_NaN();  // a quiet mark
};

// Which part of x is shown; kept by the caller from frame to frame.
struct PlotView {
  bool automatic = true;  // everything, also what is still to come
  double x_min = 0, x_max = 1;
};

// What the pointer does over the plot in this frame.
struct Pointer {
  Point at;
  bool inside = false;  // over the plot, and nothing lies on top
  float wheel = 0;      // notches, away from the user is positive
  bool dragging = false;
  Point drag_delta;  // since the last frame
  bool double_click = false;
};

// Draws the plot and lets the pointer zoom (wheel), pan (drag) and reset
// (double click) the view. Returns the x under the crosshair, NaN without one.
double draw_plot(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                 const std::vector<Series>& series, const PlotOptions& options, PlotView& view,
                 const Pointer& pointer);

}  // namespace backstep
