// Heat is how numbers become coloured cells: purple for negative, teal for
// positive, neutral at zero, the colour full at a heatmap's scale. This file
// holds what the shader, the vector file and the tests share: the colour of a
// number, and which whole pixels a cell covers.
#pragma once

#include <functional>
#include <vector>

#include "app/paint/painter.h"
#include "app/paint/theme.h"

namespace backstep {

// The level of a NaN; other levels are in -1 … 1.
inline constexpr float heat_nan = 2.0f;

// `value` over `scale`, clamped to -1 … 1, or heat_nan.
float heat_level(double value, double scale);

// The colour of a level, blended so that equal steps look equal (OKLab).
Color heat_color(const Theme& theme, float level);

// The levels of a heatmap, with no more cells than its rectangle has pixels: cells
// smaller than a pixel are merged into the largest magnitude among them, or NaN, so
// that a single spike in a huge matrix stays visible.
struct HeatCells {
  int rows = 0, columns = 0;
  std::vector<float> levels;  // row-major
};
HeatCells heat_cells(const Heatmap& heatmap, int most_rows, int most_columns);

// Whole pixels around a heatmap: its rectangle snapped to the pixel grid.
Rect heat_rect(const Heatmap& heatmap);

// Pixels left free between cells `pitch` pixels wide.
float heat_gap(float pitch);

// Cell `index` of `count` along `length` pixels: first pixel and size, without
// the gap behind it.
struct Span {
  float start = 0, size = 0;
};
Span heat_span(int index, int count, float length, float gap);

// Calls `draw` with the whole pixels of every cell and its level.
void for_each_heat_cell(const Heatmap& heatmap, const HeatCells& cells,
                        const std::function<void(Rect, float)>& draw);

// From this size on a negative cell carries a small minus, so that its sign
// can be told without colour.
inline constexpr float heat_tick_size = 14;
Rect heat_tick(Rect cell);

}  // namespace backstep
