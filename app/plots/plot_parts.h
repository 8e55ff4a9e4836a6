// The parts a plot is drawn from, shared by the files that draw them: what one
// plot knows in one frame, its names and its crosshair.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "app/plots/axis.h"
#include "app/plots/plot.h"

namespace backstep::plot_parts {

// Sizes in pixels at a user interface scale of 1.
inline constexpr float title_pixels = 16, small_pixels = 14, tick_pixels = 13, number_pixels = 14;
inline constexpr float padding = 14, line_thickness = 1.8f;
// An x or y that does not exist.
inline constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();

// Everything the functions below share for one plot in one frame.
struct Plot {
  Painter& painter;
  Rect card;
  const Theme& theme;
  float scale;
  const std::vector<Series>& series;
  const PlotOptions& options;

  Rect inner;  // below the header
  Rect body;   // below the header and the legend
  Rect area;   // within the axes
  Axis x, y;
  std::vector<AxisTick> x_ticks, y_ticks;
  bool names_at_ends = false, has_x_label = false, nothing_to_show = false;

  float px(float size) const { return size * scale; }
  float hairline() const { return std::max(1.0f, std::round(scale)); }
  float width(const std::string& text, float size, Face face = Face::ui) const {
    return painter.text_width(text, face, px(size));
  }
};

inline bool has_numbers(const Series& s) { return s.count > 0 && s.y; }

// Whether the names have room beside the line ends; how wide they are.
bool names_fit_at_ends(const Plot& plot);
float names_width(const Plot& plot);
void draw_names(const Plot& plot);

// The names in rows from `top` on, where they do not fit at the line ends.
// Returns where the legend ends.
float draw_legend(const Plot& plot, float top, float most_height);

// Reads every series near the pointer; the x it reads at, or NaN.
double draw_crosshair(const Plot& plot, const Pointer& pointer);

}  // namespace backstep::plot_parts
