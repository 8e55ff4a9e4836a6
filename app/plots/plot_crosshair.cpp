#include <algorithm>
#include <cmath>
#include <limits>

#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/plots/plot_lines.h"
#include "app/plots/plot_parts.h"

namespace backstep::plot_parts {
namespace {

struct Reading {
  const Series* series;
  std::size_t index;
};

// The value of every series nearest to the pointer. A series that ends well before
// it has none.
std::vector<Reading> readings_at(const Plot& plot, double x) {
  std::vector<Reading> readings;
  for (const Series& s : plot.series) {
    if (!has_numbers(s)) continue;
    const std::size_t i = nearest_to(s, x);
    const double step =
        s.count > 1 ? (s.x_at(s.count - 1) - s.x_at(0)) / static_cast<double>(s.count - 1) : 0;
    if (std::abs(s.x_at(i) - x) > std::max(step, (plot.x.high - plot.x.low) * 0.02)) continue;
    readings.push_back({&s, i});
  }
  return readings;
}

double nearest_x(const std::vector<Reading>& readings, double x) {
  double best = nowhere;
  for (const Reading& r : readings) {
    const double at = r.series->x_at(r.index);
    if (std::isnan(best) || std::abs(at - x) < std::abs(best - x)) best = at;
  }
  return best;
}

std::string x_text(const Plot& plot, double x) {
  const bool whole = plot.options.whole_x && x == std::floor(x) && std::abs(x) < 1e15;
  const std::string number = whole ? fixed_number(x, 0) : short_number(x);
  return plot.options.x_label.empty() ? number : plot.options.x_label + " " + number;
}

struct ReadingBox {
  Rect rect;
  std::size_t rows = 0;  // readings with room, the others are counted
  float name_width = 0;
};

// The box with the readings, beside the crosshair and below the header.
ReadingBox box_for(const Plot& plot, const std::vector<Reading>& readings,
                   const std::string& heading, float x) {
  const float air = plot.px(6);
  const Rect room{plot.inner.x + air, plot.inner.y, plot.inner.width - 2 * air,
                  plot.inner.height - air};
  const float row = plot.px(small_pixels + 5), margin = plot.px(9);
  const float sample = plot.px(22), gap = plot.px(14);
  ReadingBox box;
  const int fitting = static_cast<int>((room.height - 2 * margin) / row) - 1;
  box.rows = std::min(readings.size(), static_cast<std::size_t>(std::max(0, fitting)));
  if (box.rows < readings.size() && box.rows > 0) --box.rows;  // for the count of the rest
  float numbers = 0;
  for (const Reading& r : readings) {
    box.name_width = std::max(box.name_width, plot.width(r.series->name, small_pixels));
    numbers = std::max(numbers, plot.width(with_minus(short_number(r.series->y[r.index])),
                                           number_pixels, Face::mono));
  }
  const float fixed = 2 * margin + sample + gap + numbers;
  box.name_width = std::min(box.name_width, room.width - fixed);
  const float width =
      std::max(fixed + box.name_width, 2 * margin + plot.width(heading, small_pixels));
  const std::size_t lines = 1 + box.rows + (box.rows < readings.size() ? 1 : 0);
  const float height = 2 * margin + row * static_cast<float>(lines) - plot.px(4);
  const float aside = plot.px(12);
  float left = x + aside;
  if (left + width > room.right()) left = x - aside - width;
  if (left < room.x) left = std::min(std::max(room.x, x + aside), room.right() - width);
  const float top =
      std::clamp(plot.area.y + plot.px(6), room.y, std::max(room.y, room.bottom() - height));
  box.rect = {std::round(left), std::round(top), std::round(width), std::round(height)};
  return box;
}

void draw_box(const Plot& plot, const std::vector<Reading>& readings, const std::string& heading,
              const ReadingBox& box) {
  Painter& p = plot.painter;
  const float row = plot.px(small_pixels + 5), margin = plot.px(9), small = plot.px(small_pixels);
  const float left = box.rect.x + margin, right = box.rect.right() - margin;
  p.fill(box.rect, plot.theme.card, plot.px(6));
  p.frame(box.rect, plot.theme.line, plot.px(6), plot.hairline());
  float y = box.rect.y + margin - plot.px(2);
  p.text({left, y}, heading, Face::ui, small, plot.theme.text_soft);
  for (std::size_t i = 0; i < box.rows; ++i) {
    const Series& s = *readings[i].series;
    y += row;
    const float middle = y + small / 2 + plot.px(0.5f);
    draw_line_sample(p, s, {left, middle}, plot.px(15), plot.px(line_thickness));
    p.text({left + plot.px(22), y}, elided(p, s.name, Face::ui, small, box.name_width), Face::ui,
           small, plot.theme.text);
    p.text({right, y + plot.px(0.5f)}, with_minus(short_number(s.y[readings[i].index])), Face::mono,
           plot.px(number_pixels), plot.theme.text, Align::right);
  }
  if (box.rows < readings.size())
    p.text({left, y + row}, "+" + std::to_string(readings.size() - box.rows), Face::ui, small,
           plot.theme.text_faint);
}

}  // namespace

double draw_crosshair(const Plot& plot, const Pointer& pointer) {
  const Rect reach{plot.area.x - plot.px(6), plot.area.y - plot.px(6),
                   plot.area.width + plot.px(12), plot.area.height + plot.px(12)};
  if (!pointer.inside || !reach.contains(pointer.at)) return nowhere;
  const double wanted = plot.x.value_at(pointer.at.x);
  const auto readings = readings_at(plot, wanted);
  const double x = nearest_x(readings, wanted);
  if (std::isnan(x) || x < plot.x.low || x > plot.x.high) return nowhere;
  const float at = plot.x.pixel(x);
  plot.painter.line({at, plot.area.y}, {at, plot.area.bottom()}, plot.theme.text_faint,
                    plot.hairline());
  for (const Reading& r : readings) {
    const Point dot{plot.x.pixel(r.series->x_at(r.index)), plot.y.pixel(r.series->y[r.index])};
    if (std::isnan(dot.y) || dot.x < plot.area.x - 1 || dot.x > plot.area.right() + 1) continue;
    plot.painter.circle(dot, plot.px(5), plot.theme.panel);
    plot.painter.circle(dot, plot.px(3.5f), r.series->color);
  }
  const std::string heading = x_text(plot, x);
  draw_box(plot, readings, heading, box_for(plot, readings, heading, at));
  return x;
}

}  // namespace backstep::plot_parts
