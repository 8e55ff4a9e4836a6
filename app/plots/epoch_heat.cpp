#include "app/plots/epoch_heat.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "app/paint/heat.h"
#include "app/paint/numbers.h"

namespace backstep {
namespace {

constexpr double no_norm = -1;
// The number of colours the eye can tell apart; neighbours of one colour are joined.
constexpr double shades = 160;
constexpr float heat_label_pixels = 12, key_pixels = 11.5f, hatch_distance = 6;

// Epochs from the left end of the picture to its right end: the last one has a
// width too, that of the step before it.
double span_of(const EpochHeat& heat) {
  const std::vector<double>& epochs = *heat.epochs;
  const double step = epochs.size() > 1 ? epochs.back() - epochs[epochs.size() - 2] : 1;
  return std::max(heat.last_epoch, epochs.back()) + std::max(step, 1e-9);
}

// The largest norm of each column; NaN where one is not finite.
std::vector<double> largest_by_column(const EpochHeat& heat, std::size_t layer, int columns) {
  std::vector<double> largest(static_cast<std::size_t>(columns), no_norm);
  const std::vector<double>&epochs = *heat.epochs, &norms = *heat.norms[layer];
  const double per_epoch = columns / span_of(heat);
  const double end = epochs.back() + span_of(heat) - std::max(heat.last_epoch, epochs.back());
  const std::size_t count = std::min(epochs.size(), norms.size());
  for (std::size_t i = 0; i < count; ++i) {
    const double next = i + 1 < epochs.size() ? epochs[i + 1] : end;
    const int first = std::clamp(static_cast<int>(epochs[i] * per_epoch), 0, columns - 1);
    const int last = std::clamp(static_cast<int>(next * per_epoch + 1e-9), first + 1, columns);
    for (int c = first; c < last; ++c) {
      double& most = largest[static_cast<std::size_t>(c)];
      if (!std::isfinite(norms[i]))
        most = std::numeric_limits<double>::quiet_NaN();
      else if (most < norms[i])  // never of NaN
        most = norms[i];
    }
  }
  return largest;
}

NormStretch stretch_of(double norm, const NormScale& scale) {
  if (std::isnan(norm)) return {0, 0, NormKind::not_finite, 0};
  if (norm < 0) return {};
  if (norm == 0) return {0, 0, NormKind::zero, 0};
  return {0, 0, NormKind::number, std::round(scale.level(norm) * shades) / shades};
}

// Diagonals over `r`, rising to the right or falling, on a grid of the whole
// picture so that those of neighbouring cells join.
void draw_hatch(Painter& painter, Rect r, Color color, float distance, bool falling) {
  const float thickness = std::max(1.0f, distance / 6);
  // Rising diagonals have one sum of x and y each, falling ones one difference.
  const float low = falling ? r.x - r.bottom() : r.x + r.y;
  const float high = falling ? r.right() - r.y : r.right() + r.bottom();
  for (float c = std::ceil(low / distance) * distance; c < high; c += distance) {
    const float left = std::max(r.x, falling ? c + r.y : c - r.bottom());
    const float right = std::min(r.right(), falling ? c + r.bottom() : c - r.y);
    if (right - left < 0.5f) continue;
    const float sign = falling ? 1.0f : -1.0f;
    painter.polyline({{left, sign * (left - c)}, {right, sign * (right - c)}}, color, thickness);
  }
}

void draw_cell(Painter& painter, Rect r, const Theme& theme, float ui_scale, NormKind kind,
               double level) {
  const float distance = hatch_distance * ui_scale;
  if (kind == NormKind::number) painter.fill(r, norm_color(theme, level));
  if (kind == NormKind::zero) {
    painter.fill(r, theme.zero);
    draw_hatch(painter, r, theme.text_faint, distance, false);
  }
  if (kind == NormKind::not_finite) {
    painter.fill(r, theme.error_soft);
    draw_hatch(painter, r, theme.error, distance, true);
  }
}

// Words in a corner of the picture, on a plate so that they can be read over any
// colour.
void draw_label(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                const std::string& words, bool at_bottom) {
  const float pixels = heat_label_pixels * ui_scale, air = 3 * ui_scale;
  const float width = painter.text_width(words, Face::bold, pixels) + 2 * air;
  if (width > rect.width) return;
  const float height = pixels + 2 * ui_scale;
  const Rect plate = {rect.x, at_bottom ? rect.bottom() - height : rect.y, width, height};
  painter.fill(plate, theme.norm_plate);
  painter.text({plate.x + air, plate.y + ui_scale}, words, Face::bold, pixels, theme.norm_label);
}

}  // namespace

void NormScale::include(const std::vector<double>& norms) {
  for (double norm : norms) {
    if (!std::isfinite(norm)) {
      not_finite = true;
    } else if (norm <= 0) {
      zero = true;
    } else {
      least = least > 0 ? std::min(least, norm) : norm;
      most = std::max(most, norm);
    }
  }
}

double NormScale::level(double norm) const {
  if (!(least > 0) || !(most > least)) return 0.75;  // when all are equal, none is small or large
  return std::clamp((std::log(norm) - std::log(least)) / (std::log(most) - std::log(least)), 0.0,
                    1.0);
}

std::vector<NormStretch> stretches_of(const EpochHeat& heat, std::size_t layer, int columns) {
  std::vector<NormStretch> stretches;
  if (columns < 1 || !heat.epochs || heat.epochs->empty()) return stretches;
  const std::vector<double> largest = largest_by_column(heat, layer, columns);
  for (int c = 0; c < columns; ++c) {
    NormStretch next = stretch_of(largest[static_cast<std::size_t>(c)], heat.scale);
    next.first = c;
    next.last = c + 1;
    const bool joins = !stretches.empty() && stretches.back().kind == next.kind &&
                       stretches.back().level == next.level;
    if (joins)
      stretches.back().last = next.last;
    else
      stretches.push_back(next);
  }
  return stretches;
}

Color norm_color(const Theme& theme, double level) {
  constexpr int last = static_cast<int>(std::extent_v<decltype(Theme::norm)>) - 1;
  const double place = std::clamp(level, 0.0, 1.0) * last;
  const int below = std::min(static_cast<int>(place), last - 1);
  return mix(theme.norm[below], theme.norm[below + 1], place - below);
}

void draw_epoch_heat(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                     const EpochHeat& heat) {
  rect = heat_rect({rect, 0, 0, nullptr});
  painter.fill(rect, theme.zero.with_alpha(0.5));
  const int rows = static_cast<int>(heat.norms.size());
  if (rows == 0 || !heat.epochs || heat.epochs->empty()) return;
  const int columns = std::max(1, static_cast<int>(rect.width / std::max(1.0f, ui_scale)));
  for (int row = 0; row < rows; ++row) {
    const Span y = heat_span(row, rows, rect.height, 0);
    if (y.size < 1) continue;
    for (const NormStretch& s : stretches_of(heat, static_cast<std::size_t>(row), columns)) {
      if (s.kind == NormKind::none) continue;
      const float left = heat_span(s.first, columns, rect.width, 0).start;
      const Span last = heat_span(s.last - 1, columns, rect.width, 0);
      const Rect cell = {rect.x + left, rect.y + y.start, last.start + last.size - left, y.size};
      draw_cell(painter, cell, theme, ui_scale, s.kind, s.level);
    }
  }
  const float label = (heat_label_pixels + 3) * ui_scale;
  if (rect.height >= label) draw_label(painter, rect, theme, ui_scale, "layer 1", false);
  if (rows > 1 && rect.height >= 2 * label)
    draw_label(painter, rect, theme, ui_scale, "layer " + std::to_string(rows), true);
}

bool norm_at(Rect rect, const EpochHeat& heat, Point at, NormPlace& place) {
  if (!rect.contains(at) || heat.norms.empty() || !heat.epochs || heat.epochs->empty())
    return false;
  const std::vector<double>& epochs = *heat.epochs;
  const auto rows = static_cast<double>(heat.norms.size());
  place.layer = std::min(static_cast<std::size_t>((at.y - rect.y) / rect.height * rows),
                         heat.norms.size() - 1);
  const double epoch = static_cast<double>((at.x - rect.x) / rect.width) * span_of(heat);
  const auto after = std::upper_bound(epochs.begin(), epochs.end(), epoch);
  place.index = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - epochs.begin(), 1)) - 1;
  return place.index < heat.norms[place.layer]->size();
}

// ---- The key to the colours ---------------------------------------------------

// One digit is enough to read colours by.
static std::string key_number(double norm) {
  if (norm < 0.01 || norm >= 100) return with_minus(scientific_number(norm, 0));
  return fixed_number(norm, norm < 0.1 ? 2 : norm < 10 ? 1 : 0);
}

void draw_norm_key(Painter& painter, Point right_end, float width, const Theme& theme,
                   float ui_scale, const NormScale& scale) {
  const float pixels = key_pixels * ui_scale, air = 4 * ui_scale, swatch = pixels;
  const float left_end = right_end.x - width;
  float x = right_end.x;
  const auto word = [&](const std::string& text) {
    x -= painter.text_width(text, Face::ui, pixels);
    painter.text({x, right_end.y}, text, Face::ui, pixels, theme.text_soft);
    x -= air;
  };
  const auto fits = [&](const std::string& words, float other) {
    return x - painter.text_width(words, Face::ui, pixels) - other >= left_end;
  };
  const auto hatched = [&](const std::string& text, NormKind kind) {
    if (!fits(text, swatch + 2 * air)) return;
    word(text);
    x -= swatch;
    draw_cell(painter, {x, right_end.y + ui_scale, swatch, swatch}, theme, ui_scale, kind, 0);
    x -= 2 * air;
  };
  if (scale.not_finite) hatched("not finite", NormKind::not_finite);
  if (scale.zero) hatched("zero", NormKind::zero);
  if (!(scale.most > scale.least)) return;
  const std::string most = key_number(scale.most), least = key_number(scale.least);
  const float bar = 56 * ui_scale;
  if (!fits(most + least, bar + 2 * air)) return;
  word(most);
  x -= bar;
  constexpr int steps = 28;
  for (int i = 0; i < steps; ++i) {
    const Span s = heat_span(i, steps, std::round(bar), 0);
    painter.fill(
        {std::round(x) + s.start, right_end.y + 2 * ui_scale, s.size, pixels - 2 * ui_scale},
        norm_color(theme, (i + 0.5) / steps));
  }
  x -= air;
  word(least);
  if (fits("gradient norm", air)) word("gradient norm");
}

}  // namespace backstep
