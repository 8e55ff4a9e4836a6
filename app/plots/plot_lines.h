// The lines of a plot: which numbers of a series are in sight, and how they
// are drawn so that a hundred thousand of them cost no more than the pixels
// they cover.
#pragma once

#include <cstddef>
#include <vector>

#include "app/plots/axis.h"
#include "app/plots/plot.h"

namespace backstep {

// The numbers first … last - 1.
struct Range {
  std::size_t first = 0, last = 0;
  bool empty() const { return first >= last; }
  std::size_t size() const { return empty() ? 0 : last - first; }
};

// Those with `low` ≤ x ≤ `high`.
Range range_between(const Series& series, double low, double high);

// The number whose x is nearest; `series` is not empty.
std::size_t nearest_to(const Series& series, double x);

// A long series in one column of pixels, with its extremes kept; a column without
// numbers is empty.
struct Column {
  bool empty = true;
  float first = 0, last = 0, top = 0, bottom = 0;  // pixels
};
std::vector<Column> columns_of(const Series& series, Range range, const Axis& x, const Axis& y);

// Draws the series within the axes; the caller has set the clip.
void draw_series(Painter& painter, const Series& series, const Axis& x, const Axis& y,
                 float thickness, bool markers);

// A short piece of the series' line to the right of `left`, as legends show it.
void draw_line_sample(Painter& painter, const Series& series, Point left, float width,
                      float thickness);

}  // namespace backstep
