#include "app/draw/plot.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/draw/axis.h"
#include "app/draw/numbers.h"
#include "app/draw/plot_lines.h"
#include "app/draw/text_fit.h"

namespace backstep {
namespace {

constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();

// Sizes in pixels at a user interface scale of 1.
constexpr float title_pixels = 16, small_pixels = 14, tick_pixels = 13, number_pixels = 14;
constexpr float padding = 14, line_thickness = 1.8f;

// Everything the functions below share for one plot in one frame.
struct Plot {
  Painter& painter;
  Rect card;
  const Theme& theme;
  float scale;
  const std::vector<Series>& series;
  const PlotOptions& options;

  Rect body;  // below the header and the legend
  Rect area;  // within the axes
  Axis x, y;
  std::vector<Tick> x_ticks, y_ticks;
  bool names_at_ends = false, has_x_label = false;

  float px(float size) const { return size * scale; }
  float hairline() const { return std::max(1.0f, std::round(scale)); }
  float width(const std::string& text, float size, Face face = Face::ui) const {
    return painter.text_width(text, face, px(size));
  }
};

bool has_numbers(const Series& s) { return s.count > 0 && s.y; }

bool has_numbers(const std::vector<Series>& all) {
  return std::any_of(all.begin(), all.end(), [](const Series& s) { return has_numbers(s); });
}

// ---- What is shown ----

std::pair<double, double> full_x(const Plot& plot) {
  double low = nowhere, high = nowhere;
  for (const Series& s : plot.series) {
    if (!has_numbers(s)) continue;
    low = std::fmin(low, s.x_at(0));
    high = std::fmax(high, s.x_at(s.count - 1));
  }
  if (!(high > low)) high = low + 1;
  return {low, high};
}

struct Extremes {
  double least = nowhere, most = nowhere;
  bool zero = false;
};

// Of what the y axis can show in `range`.
void include(Extremes& e, const Series& s, Range range, bool log) {
  for (std::size_t i = range.first; i < range.last; ++i) {
    const double v = s.y[i];
    if (!std::isfinite(v) || (log && v < 0)) continue;
    if (log && v == 0) {
      e.zero = true;
      continue;
    }
    e.least = std::fmin(e.least, v);
    e.most = std::fmax(e.most, v);
  }
}

Extremes extremes_in_sight(const Plot& plot) {
  Extremes e;
  for (const Series& s : plot.series) {
    if (!has_numbers(s)) continue;
    Range range = range_between(s, plot.x.low, plot.x.high);
    if (range.empty()) {  // between two numbers: the line between them counts
      range.first = range.first > 0 ? range.first - 1 : 0;
      range.last = std::min(s.count, range.last + 1);
    }
    include(e, s, range, plot.options.log_scale);
  }
  return e;
}

void set_y_range(Plot& plot) {
  Extremes e = extremes_in_sight(plot);
  plot.y.log = plot.options.log_scale;
  plot.y.has_zero = e.zero;
  if (std::isnan(e.least)) {
    e.least = plot.y.log ? 0.1 : 0;
    e.most = 1;
  }
  if (plot.y.log)
    widen_log(e.least, e.most);
  else
    widen_linear(e.least, e.most);
  plot.y.low = e.least;
  plot.y.high = e.most;
}

// ---- Where it lies ----

float header_height(const Plot& plot) {
  const bool any = !plot.options.title.empty() || !plot.options.note.empty();
  return plot.px(any ? padding + title_pixels + 8 : padding);
}

// How wide the names at the line ends are; 0 when there are none to write.
float names_width(const Plot& plot) {
  float widest = 0;
  int named = 0;
  for (const Series& s : plot.series) {
    if (!has_numbers(s) || s.name.empty()) continue;
    widest = std::max(widest, plot.width(s.name, small_pixels));
    ++named;
  }
  return named > 1 && plot.options.names ? widest : 0;
}

int named_count(const Plot& plot) {
  return static_cast<int>(
      std::count_if(plot.series.begin(), plot.series.end(),
                    [](const Series& s) { return has_numbers(s) && !s.name.empty(); }));
}

struct LegendEntry {
  std::size_t series;
  std::string name;
  Rect rect;
};

// The names in rows under the header; what has no room is counted at the end.
std::vector<LegendEntry> legend_entries(const Plot& plot, float top, float most_height,
                                        int& left_out) {
  std::vector<LegendEntry> entries;
  const float left = plot.card.x + plot.px(padding), right = plot.card.right() - plot.px(padding);
  const float sample = plot.px(26), row = plot.px(small_pixels + 6), room = plot.px(44);
  float x = left, y = top;
  left_out = 0;
  for (std::size_t i = 0; i < plot.series.size(); ++i) {
    const Series& s = plot.series[i];
    if (!has_numbers(s) || s.name.empty()) continue;
    const std::string name =
        elided(plot.painter, s.name, Face::ui, plot.px(small_pixels), right - left - sample - room);
    const float width = sample + plot.width(name, small_pixels);
    const bool last_row = y + 2 * row > top + most_height;
    if (x > left && x + width > right - (last_row ? room : 0)) {
      if (last_row) {
        ++left_out;
        continue;
      }
      x = left;
      y += row;
    }
    if (left_out > 0) {
      ++left_out;
      continue;
    }
    entries.push_back({i, name, {x, y, width, row}});
    x += width + plot.px(16);
  }
  return entries;
}

float draw_legend(Plot& plot, float top, float most_height) {
  int left_out = 0;
  const auto entries = legend_entries(plot, top, most_height, left_out);
  for (const LegendEntry& e : entries) {
    const Series& s = plot.series[e.series];
    const float middle = e.rect.y + plot.px(small_pixels) / 2 + plot.px(0.5f);
    plot.painter.polyline({{e.rect.x, middle}, {e.rect.x + plot.px(20), middle}}, s.color,
                          plot.px(line_thickness), s.dash);
    plot.painter.text({e.rect.x + plot.px(26), e.rect.y}, e.name, Face::ui, plot.px(small_pixels),
                      plot.theme.text_soft);
  }
  if (entries.empty()) return top;
  if (left_out > 0)
    plot.painter.text({plot.card.right() - plot.px(padding), entries.back().rect.y},
                      "+" + std::to_string(left_out), Face::ui, plot.px(small_pixels),
                      plot.theme.text_faint, Align::right);
  return entries.back().rect.bottom() + plot.px(2);
}

// Names at the line ends need width beside the lines and height among them.
bool names_fit_at_ends(const Plot& plot) {
  const float width = names_width(plot);
  const float height = plot.px(small_pixels + 2) * static_cast<float>(named_count(plot));
  return width > 0 && width < 0.28f * plot.card.width && height < 0.8f * plot.body.height;
}

float widest_label(const Plot& plot, const std::vector<Tick>& ticks) {
  float widest = 0;
  for (const Tick& t : ticks) widest = std::max(widest, plot.width(t.label, tick_pixels));
  return widest;
}

// Ticks depend on the room, and the room on how wide the ticks are: y first.
void lay_out(Plot& plot) {
  const Rect& body = plot.body;
  plot.has_x_label = !plot.options.x_label.empty() && body.height > plot.px(110);
  const bool has_x_ticks = body.height > plot.px(60);
  float below = plot.px(has_x_ticks ? tick_pixels + 16 : 10);
  if (plot.has_x_label) below += plot.px(tick_pixels + 3);
  plot.area.y = body.y + plot.px(tick_pixels) / 2;
  plot.area.height = std::max(1.0f, body.bottom() - below - plot.area.y);

  set_y_range(plot);
  const float zero_room = plot.y.has_zero ? plot.px(22) : 0;
  plot.y.high_pixel = plot.area.y;
  plot.y.low_pixel = std::max(plot.area.y + 1, plot.area.bottom() - zero_room);
  plot.y.zero_pixel = plot.area.bottom();
  const float height = plot.y.low_pixel - plot.y.high_pixel;
  const int y_wish = std::clamp(static_cast<int>(height / plot.px(30)), 1, 8);
  plot.y_ticks = plot.y.log ? log_ticks(plot.y.low, plot.y.high, y_wish)
                            : linear_ticks(plot.y.low, plot.y.high, y_wish);

  const float label = std::max(widest_label(plot, plot.y_ticks), plot.width("0", tick_pixels));
  plot.area.x = body.x + plot.px(padding) + label + plot.px(8);
  const float names = plot.names_at_ends ? names_width(plot) + plot.px(10) : 0;
  plot.area.width = std::max(1.0f, body.right() - plot.px(padding + 2) - names - plot.area.x);
  const float inset = plot.options.markers ? std::min(plot.px(14), plot.area.width / 8) : 0;
  plot.x.low_pixel = plot.area.x + inset;
  plot.x.high_pixel = plot.area.right() - inset;

  const auto digits = tick_label(std::max(std::abs(plot.x.low), std::abs(plot.x.high)), 1);
  const float room = plot.width(digits, tick_pixels) + plot.px(22);
  const int x_wish = std::clamp(static_cast<int>(plot.area.width / room), 1, 10);
  plot.x_ticks.clear();
  if (has_x_ticks)
    plot.x_ticks = linear_ticks(plot.x.low, plot.x.high, x_wish, plot.options.whole_x);
}

// ---- The pointer ----

void keep_within(PlotView& view, std::pair<double, double> full, double least) {
  const double most = full.second - full.first;
  const double span = std::clamp(view.x_max - view.x_min, std::min(least, most), most);
  const double middle = (view.x_min + view.x_max) / 2;
  view.x_min = std::clamp(middle - span / 2, full.first, full.second - span);
  view.x_max = view.x_min + span;
  view.automatic = span >= most * (1 - 1e-9);
}

// Zooms, pans or resets the view; true when it has changed.
bool apply_pointer(const Plot& plot, PlotView& view, const Pointer& pointer) {
  if (!pointer.inside || !plot.card.contains(pointer.at)) return false;
  const bool moves = pointer.dragging && pointer.drag_delta.x != 0;
  if (pointer.double_click && !view.automatic) {
    view.automatic = true;
    return true;
  }
  if (pointer.wheel == 0 && !moves) return false;
  const auto full = full_x(plot);
  double low = plot.x.low, high = plot.x.high;
  if (pointer.wheel != 0) {
    const double about = std::clamp(plot.x.value_at(pointer.at.x), low, high);
    const double factor = std::pow(0.8, static_cast<double>(pointer.wheel));
    low = about - (about - low) * factor;
    high = about + (high - about) * factor;
  }
  if (moves) {
    const double by = plot.x.value_at(0) - plot.x.value_at(pointer.drag_delta.x);
    low += by;
    high += by;
  }
  view.x_min = low;
  view.x_max = high;
  const double least = plot.options.whole_x ? 2 : (full.second - full.first) * 1e-6;
  keep_within(view, full, least);
  return true;
}

void set_x_range(Plot& plot, PlotView& view) {
  const auto full = full_x(plot);
  if (view.automatic || !(view.x_max > view.x_min)) {
    view.automatic = true;
    view.x_min = full.first;
    view.x_max = full.second;
  }
  plot.x.low = view.x_min;
  plot.x.high = view.x_max;
}

// ---- Drawing ----

void draw_header(const Plot& plot) {
  const float left = plot.card.x + plot.px(padding), right = plot.card.right() - plot.px(padding);
  const float top = plot.card.y + plot.px(padding - 3);
  const std::string title =
      elided(plot.painter, plot.options.title, Face::bold, plot.px(title_pixels), right - left);
  plot.painter.text({left, top}, title, Face::bold, plot.px(title_pixels), plot.theme.text);
  const float used = title.empty() ? 0 : plot.width(title, title_pixels, Face::bold) + plot.px(16);
  // A note that does not fit is left out: half a note says less than none.
  if (plot.width(plot.options.note, small_pixels) > right - left - used) return;
  plot.painter.text({right, top + plot.px(1)}, plot.options.note, Face::ui, plot.px(small_pixels),
                    plot.theme.text_soft, Align::right);
}

void draw_empty(const Plot& plot) {
  const Rect room = plot.body.inset(plot.px(padding));
  const float row = plot.px(small_pixels + 6);
  const auto lines =
      wrapped(plot.painter, plot.options.empty, Face::ui, plot.px(small_pixels), room.width);
  float y = room.center().y - row * static_cast<float>(lines.size()) / 2;
  for (const std::string& line : lines) {
    plot.painter.text({room.center().x, y}, line, Face::ui, plot.px(small_pixels),
                      plot.theme.text_faint, Align::center);
    y += row;
  }
}

void draw_y_axis(const Plot& plot) {
  const Rect& area = plot.area;
  const float half = plot.px(tick_pixels) / 2;
  for (const Tick& t : plot.y_ticks) {
    const float y = std::round(plot.y.pixel(t.value));
    const Color color = t.label.empty() ? plot.theme.grid.with_alpha(0.6)
                                        : mix(plot.theme.grid, plot.theme.line, 0.5);
    plot.painter.line({area.x, y}, {area.right(), y}, color, plot.hairline());
    plot.painter.text({area.x - plot.px(8), y - half}, t.label, Face::ui, plot.px(tick_pixels),
                      plot.theme.text_soft, Align::right);
  }
  if (!plot.y.has_zero) return;
  const float y = std::round(plot.y.zero_pixel);
  plot.painter.line({area.x, y}, {area.right(), y}, plot.theme.text_faint, plot.hairline(),
                    Dash::dotted);
  plot.painter.text({area.x - plot.px(8), y - half}, "0", Face::ui, plot.px(tick_pixels),
                    plot.theme.text_soft, Align::right);
}

void draw_x_axis(const Plot& plot) {
  const float top = plot.area.bottom() + plot.px(9);
  const float least = plot.card.x + plot.px(6), most = plot.card.right() - plot.px(6);
  float free_from = least;
  for (const Tick& t : plot.x_ticks) {
    const float width = plot.width(t.label, tick_pixels);
    const float x = std::clamp(plot.x.pixel(t.value) - width / 2, least, most - width);
    if (x < free_from) continue;
    plot.painter.text({x, top}, t.label, Face::ui, plot.px(tick_pixels), plot.theme.text_soft);
    free_from = x + width + plot.px(8);
  }
  if (plot.has_x_label)
    plot.painter.text({plot.area.center().x, top + plot.px(tick_pixels + 3)}, plot.options.x_label,
                      Face::ui, plot.px(tick_pixels), plot.theme.text_faint, Align::center);
}

void draw_cursor(const Plot& plot) {
  const double x = plot.options.cursor_x;
  if (!(x >= plot.x.low && x <= plot.x.high)) return;
  const float at = plot.x.pixel(x);
  plot.painter.line({at, plot.area.y}, {at, plot.area.bottom()}, plot.theme.text_faint,
                    plot.hairline(), Dash::dashed);
}

void draw_lines(const Plot& plot) {
  const float thickness = plot.px(line_thickness), reach = std::ceil(plot.px(4));
  plot.painter.push_clip(plot.area.inset(-reach));
  for (const Series& s : plot.series)
    draw_series(plot.painter, s, plot.x, plot.y, thickness, plot.options.markers);
  plot.painter.pop_clip();
}

// The last number in sight that can be drawn, as a point; y is NaN without one.
Point line_end(const Plot& plot, const Series& s) {
  const Range range = range_between(s, plot.x.low, plot.x.high);
  for (std::size_t i = range.last; i > range.first; --i) {
    const float y = plot.y.pixel(s.y[i - 1]);
    if (!std::isnan(y)) return {plot.x.pixel(s.x_at(i - 1)), y};
  }
  return {0, std::numeric_limits<float>::quiet_NaN()};
}

void draw_names(const Plot& plot) {
  std::vector<const Series*> named;
  std::vector<float> centers;
  for (const Series& s : plot.series) {
    if (!has_numbers(s) || s.name.empty()) continue;
    const Point end = line_end(plot, s);
    if (std::isnan(end.y)) continue;
    named.push_back(&s);
    centers.push_back(end.y);
  }
  const float row = plot.px(small_pixels + 1);
  if (!spread(centers, row, plot.area.y, plot.area.bottom() - row / 4)) return;
  for (std::size_t i = 0; i < named.size(); ++i)
    plot.painter.text({plot.area.right() + plot.px(10), centers[i] - plot.px(small_pixels) / 2},
                      named[i]->name, Face::ui, plot.px(small_pixels), named[i]->color);
}

// ---- The crosshair ----

struct Reading {
  const Series* series;
  std::size_t index;
};

// What every series says nearest to the pointer. A series that ends well
// before it says nothing.
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

struct Box {
  Rect rect;
  std::size_t rows = 0;  // readings with room, the others are counted
  float name_width = 0;
};

// The box with the readings, beside the crosshair and within the card.
Box box_for(const Plot& plot, const std::vector<Reading>& readings, const std::string& heading,
            float x) {
  const Rect room = plot.card.inset(plot.px(6));
  const float row = plot.px(small_pixels + 5), margin = plot.px(9);
  const float sample = plot.px(22), gap = plot.px(14);
  Box box;
  const int fitting = static_cast<int>((room.height - 2 * margin) / row) - 1;
  box.rows = std::min(readings.size(), static_cast<std::size_t>(std::max(0, fitting)));
  if (box.rows < readings.size() && box.rows > 0) --box.rows;  // for the count of the rest
  float numbers = 0;
  for (const Reading& r : readings) {
    box.name_width = std::max(box.name_width, plot.width(r.series->name, small_pixels));
    numbers = std::max(numbers,
                       plot.width(short_number(r.series->y[r.index]), number_pixels, Face::mono));
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
              const Box& box) {
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
    p.polyline({{left, middle}, {left + plot.px(15), middle}}, s.color, plot.px(line_thickness),
               s.dash);
    p.text({left + plot.px(22), y}, elided(p, s.name, Face::ui, small, box.name_width), Face::ui,
           small, plot.theme.text);
    p.text({right, y + plot.px(0.5f)}, short_number(s.y[readings[i].index]), Face::mono,
           plot.px(number_pixels), plot.theme.text, Align::right);
  }
  if (box.rows < readings.size())
    p.text({left, y + row}, "+" + std::to_string(readings.size() - box.rows), Face::ui, small,
           plot.theme.text_faint);
}

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

}  // namespace

double draw_plot(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                 const std::vector<Series>& series, const PlotOptions& options, PlotView& view,
                 const Pointer& pointer) {
  Plot plot{painter, rect, theme, ui_scale, series, options, {}, {}, {}, {}, {}, {}};
  painter.fill(rect, theme.panel, plot.px(8));
  painter.frame(rect, theme.line, plot.px(8), plot.hairline());
  draw_header(plot);
  const float header = header_height(plot);
  plot.body = {rect.x, rect.y + header, rect.width, std::max(1.0f, rect.height - header)};
  if (!has_numbers(series)) {
    draw_empty(plot);
    return nowhere;
  }
  plot.names_at_ends = names_fit_at_ends(plot);
  if (!plot.names_at_ends && names_width(plot) > 0) {
    const float top = draw_legend(plot, plot.body.y, plot.body.height * 0.35f);
    plot.body = {rect.x, top, rect.width, std::max(1.0f, rect.bottom() - top)};
  }
  set_x_range(plot, view);
  lay_out(plot);
  if (apply_pointer(plot, view, pointer)) {
    set_x_range(plot, view);
    lay_out(plot);
  }
  draw_y_axis(plot);
  draw_x_axis(plot);
  draw_cursor(plot);
  draw_lines(plot);
  if (plot.names_at_ends) draw_names(plot);
  return draw_crosshair(plot, pointer);
}

}  // namespace backstep
