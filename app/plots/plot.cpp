#include "app/plots/plot.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/plots/axis.h"
#include "app/plots/plot_lines.h"
#include "app/plots/plot_parts.h"

namespace backstep {

using namespace plot_parts;

namespace {

bool any_numbers(const std::vector<Series>& all) {
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
  plot.nothing_to_show = std::isnan(e.least) && !e.zero;
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

float widest_label(const Plot& plot, const std::vector<AxisTick>& ticks) {
  float widest = 0;
  for (const AxisTick& t : ticks) widest = std::max(widest, plot.width(t.label, tick_pixels));
  return widest;
}

// Tick labels need width and take it from the plot, so the y axis is laid out first.
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
  const int y_wish = std::clamp(static_cast<int>(height / plot.px(30)), 2, 8);
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
  // A note that does not fit as a whole is left out.
  if (plot.width(plot.options.note, small_pixels) > right - left - used) return;
  plot.painter.text({right, top + plot.px(1)}, plot.options.note, Face::ui, plot.px(small_pixels),
                    plot.theme.text_soft, Align::right);
}

// A quiet sentence in the middle of `place`.
void draw_sentence(const Plot& plot, const std::string& sentence, Rect place) {
  const Rect room = place.inset(plot.px(padding));
  const float row = plot.px(small_pixels + 6);
  const auto lines = wrapped(plot.painter, sentence, Face::ui, plot.px(small_pixels), room.width);
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
  float free_below = plot.y.has_zero ? plot.y.zero_pixel - 2 * half : plot.card.bottom();
  for (const AxisTick& t : plot.y_ticks) {
    const float y = std::round(plot.y.pixel(t.value));
    const Color color = t.label.empty() ? plot.theme.grid.with_alpha(0.6)
                                        : mix(plot.theme.grid, plot.theme.line, 0.5);
    plot.painter.line({area.x, y}, {area.right(), y}, color, plot.hairline());
    if (t.label.empty() || y > free_below) continue;
    plot.painter.text({area.x - plot.px(8), y - half}, t.label, Face::ui, plot.px(tick_pixels),
                      plot.theme.text_soft, Align::right);
    free_below = y - 2 * half;
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
  for (const AxisTick& t : plot.x_ticks) {
    const float width = plot.width(t.label, tick_pixels);
    const float x = std::clamp(plot.x.pixel(t.value) - width / 2, least, most - width);
    if (x < free_from) continue;
    plot.painter.text({x, top}, t.label, Face::ui, plot.px(tick_pixels), plot.theme.text_soft);
    free_from = x + width + plot.px(8);
  }
  if (!plot.has_x_label) return;
  const std::string& note = plot.options.x_note;
  plot.painter.text({plot.area.center().x, top + plot.px(tick_pixels + 3)},
                    plot.options.x_label + (note.empty() ? "" : " · " + note), Face::ui,
                    plot.px(tick_pixels), plot.theme.text_faint, Align::center);
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
    draw_series(plot.painter, s, plot.x, plot.y, thickness, plot.options.markers && !s.plain);
  plot.painter.pop_clip();
}

}  // namespace

double draw_plot(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                 const std::vector<Series>& series, const PlotOptions& options, PlotView& view,
                 const Pointer& pointer) {
  Plot plot{painter, rect, theme, ui_scale, series, options, {}, {}, {}, {}, {}, {}, {}};
  painter.fill(rect, theme.panel, plot.px(8));
  painter.frame(rect, theme.line, plot.px(8), plot.hairline());
  draw_header(plot);
  const float header = header_height(plot);
  plot.inner = {rect.x, rect.y + header, rect.width, std::max(1.0f, rect.height - header)};
  plot.body = plot.inner;
  if (!any_numbers(series)) {
    draw_sentence(plot, options.empty, plot.body);
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
  if (plot.nothing_to_show) draw_sentence(plot, "No value in view fits on this axis.", plot.area);
  if (plot.names_at_ends) draw_names(plot);
  return draw_crosshair(plot, pointer);
}

}  // namespace backstep
