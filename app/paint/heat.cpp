#include "app/paint/heat.h"

#include <algorithm>
#include <cmath>

namespace backstep {
namespace {

struct LabColor {
  double l, a, b;
};

double to_linear(std::uint8_t channel) {
  const double s = channel / 255.0;
  return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
}

std::uint8_t to_channel(double linear) {
  const double c = std::clamp(linear, 0.0, 1.0);
  const double s = c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::lround(s * 255));
}

// OKLab (Björn Ottosson, 2020): a colour space in which mixing keeps hue and
// lightness even to the eye.
LabColor to_lab(Color c) {
  const double r = to_linear(c.r), g = to_linear(c.g), b = to_linear(c.b);
  const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

Color to_color(LabColor c) {
  const auto cube = [](double v) { return v * v * v; };
  const double l = cube(c.l + 0.3963377774 * c.a + 0.2158037573 * c.b);
  const double m = cube(c.l - 0.1055613458 * c.a - 0.0638541728 * c.b);
  const double s = cube(c.l - 0.0894841775 * c.a - 1.2914855480 * c.b);
  return {to_channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
          to_channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
          to_channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

// The level of larger magnitude; NaN exceeds all.
float louder(float a, float b) { return std::abs(b) > std::abs(a) ? b : a; }

}  // namespace

float heat_level(double value, double scale) {
  if (std::isnan(value)) return heat_nan;
  if (value == 0) return 0;
  if (!(scale > 0) || std::isinf(value)) return value > 0 ? 1.0f : -1.0f;
  return static_cast<float>(std::clamp(value / scale, -1.0, 1.0));
}

Color heat_color(const Theme& theme, float level) {
  if (level >= heat_nan) return theme.error;
  const Color end = level < 0 ? theme.negative : theme.positive;
  const double t = std::abs(level);
  if (t >= 1) return end;
  if (t == 0) return theme.zero;
  const LabColor from = to_lab(theme.zero), to = to_lab(end);
  return to_color(
      {from.l + (to.l - from.l) * t, from.a + (to.a - from.a) * t, from.b + (to.b - from.b) * t});
}

HeatCells heat_cells(const Heatmap& h, int most_rows, int most_columns) {
  HeatCells cells;
  if (!h.values || h.rows <= 0 || h.columns <= 0) return cells;
  cells.rows = std::min(h.rows, std::max(1, most_rows));
  cells.columns = std::min(h.columns, std::max(1, most_columns));
  const auto columns = static_cast<std::size_t>(cells.columns);
  cells.levels.assign(static_cast<std::size_t>(cells.rows) * columns, 0.0f);
  const double* value = h.values;
  for (std::int64_t r = 0; r < h.rows; ++r) {
    float* row = &cells.levels[static_cast<std::size_t>(r * cells.rows / h.rows) * columns];
    for (std::int64_t c = 0; c < h.columns; ++c) {
      float& level = row[c * cells.columns / h.columns];
      level = louder(level, heat_level(*value++, h.scale));
    }
  }
  return cells;
}

Rect heat_rect(const Heatmap& h) {
  const float left = std::round(h.rect.x), top = std::round(h.rect.y);
  return {left, top, std::max(1.0f, std::round(h.rect.right()) - left),
          std::max(1.0f, std::round(h.rect.bottom()) - top)};
}

float heat_gap(float pitch) {
  if (pitch < 4) return 0;
  return pitch < 40 ? 1.0f : 2.0f;
}

Span heat_span(int index, int count, float length, float gap) {
  // A pixel belongs to the cell that its centre lies in, as in the shader.
  const double pitch = static_cast<double>(length) / count;
  const auto first = [pitch](int i) { return static_cast<float>(std::ceil(i * pitch - 0.5)); };
  const float start = first(index);
  return {start, first(index + 1) - start - (index + 1 < count ? gap : 0)};
}

void for_each_heat_cell(const Heatmap& heatmap, const HeatCells& cells,
                        const std::function<void(Rect, float)>& draw) {
  if (cells.levels.empty()) return;
  const Rect r = heat_rect(heatmap);
  const float pitch = std::min(r.width / static_cast<float>(cells.columns),
                               r.height / static_cast<float>(cells.rows));
  const float gap = heatmap.smooth ? 0 : heat_gap(pitch);
  std::size_t i = 0;
  for (int row = 0; row < cells.rows; ++row) {
    const Span y = heat_span(row, cells.rows, r.height, gap);
    for (int column = 0; column < cells.columns; ++column) {
      const Span x = heat_span(column, cells.columns, r.width, gap);
      draw({r.x + x.start, r.y + y.start, x.size, y.size}, cells.levels[i++]);
    }
  }
}

Rect heat_tick(Rect cell) {
  const float size = std::min(cell.width, cell.height);
  const float width = std::clamp(std::floor(size * 0.28f), 4.0f, 10.0f),
              height = size < 48 ? 1.0f : 2.0f;
  return {cell.x + std::floor((cell.width - width) / 2),
          cell.y + std::floor((cell.height - height) / 2), width, height};
}

}  // namespace backstep
