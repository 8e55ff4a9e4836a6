// A histogram as a picture: one bar a bin, with the least and greatest number
// under its ends and a quiet line at zero.
#pragma once

#include "app/paint/painter.h"
#include "app/paint/theme.h"
#include "core/analysis/layer_stats.h"

namespace backstep {

struct HistogramPicture {
  const Histogram* histogram = nullptr;
  Color color;          // blue for values, orange for gradients
  bool numbers = true;  // write the range under it
};

// The highest bar fills the rectangle. Heights follow the square root of the counts,
// so that a few numbers far out stay visible beside the thousands around zero.
void draw_histogram(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                    const HistogramPicture& picture);

// The bin under this x of the rectangle, or -1; and the numbers it holds.
int histogram_bin_at(const Histogram& histogram, Rect rect, float x);
double bin_start(const Histogram& histogram, int bin);

}  // namespace backstep
