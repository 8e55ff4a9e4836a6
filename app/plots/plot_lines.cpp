#include "app/plots/plot_lines.h"

#include <algorithm>
#include <cmath>

#include "app/paint/curve.h"

namespace backstep {
namespace {

// From so many numbers a pixel on, columns are drawn instead of lines.
constexpr std::size_t numbers_per_column = 4;

// The first number with x ≥ `value` (or > `value`).
std::size_t first_from(const Series& s, double value, bool beyond) {
  std::size_t low = 0, high = s.count;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const double x = s.x_at(middle);
    if (beyond ? x <= value : x < value)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

// `outside` moved along the way to `inside` until it is near the picture: a
// line that comes from far away would otherwise be cut into endless dashes.
Point pulled_in(Point outside, Point inside, const Axis& x, const Axis& y) {
  const float reach_x = std::abs(x.high_pixel - x.low_pixel);
  const float reach_y = 2 * std::abs(y.high_pixel - y.low_pixel);
  const float dx = std::abs(outside.x - inside.x), dy = std::abs(outside.y - inside.y);
  const float t = std::min({1.0f, reach_x / std::max(dx, 1e-3f), reach_y / std::max(dy, 1e-3f)});
  return {inside.x + (outside.x - inside.x) * t, inside.y + (outside.y - inside.y) * t};
}

void draw_run(Painter& painter, const std::vector<Point>& run, const Series& s, float thickness) {
  if (run.size() == 1)
    painter.circle(run[0], thickness * 1.4f, s.color);
  else if (!run.empty())
    painter.polyline(run, s.color, thickness, s.dash);
}

// Where the line from `a` to `b` is at the pixel `x`.
Point crossing(Point a, Point b, float x) {
  const float t = (x - a.x) / std::max(1e-3f, b.x - a.x);
  return {x, a.y + (b.y - a.y) * t};
}

// Zoomed in so far that no number is in view, only the line between two.
void draw_between(Painter& painter, const Series& s, std::size_t before, const Axis& x,
                  const Axis& y, float thickness) {
  const Point a{x.pixel(s.x_at(before)), y.pixel(s.y[before])};
  const Point b{x.pixel(s.x_at(before + 1)), y.pixel(s.y[before + 1])};
  if (std::isnan(a.y) || std::isnan(b.y)) return;
  painter.polyline({crossing(a, b, x.low_pixel - 5), crossing(a, b, x.high_pixel + 5)}, s.color,
                   thickness, s.dash);
}

void draw_line(Painter& painter, const Series& s, Range range, const Axis& x, const Axis& y,
               float thickness) {
  if (range.empty()) {
    if (range.first > 0 && range.first < s.count)
      draw_between(painter, s, range.first - 1, x, y, thickness);
    return;
  }
  std::vector<Point> run;
  // One number beyond each side, so that the line runs out of the picture.
  const std::size_t first = range.first > 0 ? range.first - 1 : 0;
  const std::size_t last = std::min(s.count, range.last + 1);
  for (std::size_t i = first; i < last; ++i) {
    Point p{x.pixel(s.x_at(i)), y.pixel(s.y[i])};
    if (std::isnan(p.y)) {
      draw_run(painter, run, s, thickness);
      run.clear();
      continue;
    }
    if (i == range.last && !run.empty()) p = pulled_in(p, run.back(), x, y);
    run.push_back(p);
    if (run.size() == 2 && first < range.first && i == range.first)
      run[0] = pulled_in(run[0], run[1], x, y);
  }
  draw_run(painter, run, s, thickness);
}

// The numbers of one column, not yet as pixels: taking logarithms of all would be
// expensive.
struct ColumnExtent {
  bool empty = true;
  double first = 0, last = 0, least = 0, most = 0;

  void add(double value) {
    if (empty) *this = {false, value, value, value, value};
    last = value;
    least = std::min(least, value);
    most = std::max(most, value);
  }
};

// A column whose numbers only rise or only fall is told by its two ends.
bool is_steady(const Column& c) {
  return c.top > std::min(c.first, c.last) - 0.75f && c.bottom < std::max(c.first, c.last) + 0.75f;
}

bool is_smooth(const std::vector<Column>& columns) {
  const auto steady = std::count_if(columns.begin(), columns.end(),
                                    [](const Column& c) { return c.empty || is_steady(c); });
  return static_cast<std::size_t>(steady) * 4 >= columns.size() * 3;
}

// A smooth long series as a line through the ends and extremes of its columns.
void draw_outline(Painter& painter, const Series& s, const std::vector<Column>& columns, float left,
                  float thickness) {
  std::vector<Point> run;
  const auto add = [&run](float x, float y) {
    if (run.empty() || std::abs(run.back().y - y) > 0.01f || x - run.back().x > 0.6f)
      run.push_back({x, y});
  };
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column& c = columns[i];
    const float x = left + static_cast<float>(i);
    if (c.empty) {
      draw_run(painter, run, s, thickness);
      run.clear();
      continue;
    }
    add(x, c.first);
    if (!is_steady(c)) {
      const bool up_first = std::abs(c.first - c.top) < std::abs(c.first - c.bottom);
      add(x + 0.33f, up_first ? c.top : c.bottom);
      add(x + 0.67f, up_first ? c.bottom : c.top);
    }
    add(x + 1, c.last);
  }
  draw_run(painter, run, s, thickness);
}

// A noisy long series as one bar a column, reaching the bar before it.
void draw_bars(Painter& painter, const Series& s, const std::vector<Column>& columns, float left,
               float thickness) {
  const DashPattern pattern = dash_pattern(s.dash, thickness);
  const float period = pattern.on + pattern.off;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column& c = columns[i];
    if (c.empty) continue;
    if (period > 0 && std::fmod(static_cast<float>(i), period) >= pattern.on) continue;
    float top = c.top, bottom = c.bottom;
    if (i > 0 && !columns[i - 1].empty) {
      top = std::min(top, columns[i - 1].bottom);
      bottom = std::max(bottom, columns[i - 1].top);
    }
    const float grow = std::max(0.0f, thickness - (bottom - top)) / 2;
    painter.fill({left + static_cast<float>(i), top - grow, 1, bottom - top + 2 * grow}, s.color);
  }
}

// A dot, or an open ring where the series has rings.
void draw_marker(Painter& painter, const Series& s, Point p, float thickness) {
  if (std::isnan(p.y)) return;
  if (!s.rings) return painter.circle(p, thickness * 1.9f, s.color);
  constexpr int corners = 16;
  std::vector<Point> ring;
  for (int i = 0; i <= corners; ++i) {
    const float angle = 6.2831853f * static_cast<float>(i) / corners;
    ring.push_back(
        {p.x + thickness * 2.2f * std::cos(angle), p.y + thickness * 2.2f * std::sin(angle)});
  }
  painter.polyline(ring, s.color, thickness);
}

// Rings at even distances, on the numbers nearest to them.
void draw_sparse_rings(Painter& painter, const Series& s, const Axis& x, const Axis& y,
                       float thickness) {
  const float distance = thickness * 30;
  for (float at = x.low_pixel + distance / 2; at < x.high_pixel; at += distance) {
    const std::size_t i = nearest_to(s, x.value_at(at));
    const Point p{x.pixel(s.x_at(i)), y.pixel(s.y[i])};
    if (std::abs(p.x - at) < distance / 2) draw_marker(painter, s, p, thickness);
  }
}

}  // namespace

Range range_between(const Series& series, double low, double high) {
  return {first_from(series, low, false), first_from(series, high, true)};
}

std::size_t nearest_to(const Series& series, double x) {
  const std::size_t next = std::min(first_from(series, x, false), series.count - 1);
  if (next == 0) return 0;
  return x - series.x_at(next - 1) < series.x_at(next) - x ? next - 1 : next;
}

std::vector<Column> columns_of(const Series& series, Range range, const Axis& x, const Axis& y) {
  const auto count = static_cast<int>(std::ceil(x.high_pixel - x.low_pixel));
  std::vector<ColumnExtent> extents(static_cast<std::size_t>(std::max(1, count)));
  for (std::size_t i = range.first; i < range.last; ++i) {
    const double value = series.y[i];
    if (!y.shows(value)) continue;
    const float place = x.pixel(series.x_at(i)) - x.low_pixel;
    const int at = std::clamp(static_cast<int>(place), 0, static_cast<int>(extents.size()) - 1);
    extents[static_cast<std::size_t>(at)].add(value);
  }
  std::vector<Column> columns(extents.size());
  for (std::size_t i = 0; i < extents.size(); ++i) {
    const ColumnExtent& e = extents[i];
    if (!e.empty)
      columns[i] = {false, y.pixel(e.first), y.pixel(e.last), y.pixel(e.most), y.pixel(e.least)};
  }
  return columns;
}

void draw_series(Painter& painter, const Series& series, const Axis& x, const Axis& y,
                 float thickness, bool markers) {
  if (series.count == 0 || !series.y) return;
  const Range range = range_between(series, x.low, x.high);
  const auto pixels = static_cast<std::size_t>(std::max(1.0f, x.high_pixel - x.low_pixel));
  if (range.size() <= pixels * numbers_per_column) {
    draw_line(painter, series, range, x, y, thickness);
  } else {
    const std::vector<Column> columns = columns_of(series, range, x, y);
    if (is_smooth(columns))
      draw_outline(painter, series, columns, x.low_pixel, thickness);
    else
      draw_bars(painter, series, columns, x.low_pixel, thickness);
  }
  // Dots that touch each other would hide the line.
  const bool room = range.size() * 3 <= pixels / static_cast<std::size_t>(thickness + 1);
  if (markers && room)
    for (std::size_t i = range.first; i < range.last; ++i)
      draw_marker(painter, series, {x.pixel(series.x_at(i)), y.pixel(series.y[i])}, thickness);
  else if (series.rings)
    draw_sparse_rings(painter, series, x, y, thickness);
}

void draw_line_sample(Painter& painter, const Series& series, Point left, float width,
                      float thickness) {
  painter.polyline({left, {left.x + width, left.y}}, series.color, thickness, series.dash);
  if (series.rings) draw_marker(painter, series, {left.x + width / 2, left.y}, thickness);
}

}  // namespace backstep
