#include <algorithm>
#include <cmath>
#include <limits>

#include "app/paint/text_fit.h"
#include "app/plots/plot_lines.h"
#include "app/plots/plot_parts.h"

namespace backstep::plot_parts {
namespace {

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

// The last number in sight that can be drawn, as a point; y is NaN without one.
Point line_end(const Plot& plot, const Series& s) {
  const Range range = range_between(s, plot.x.low, plot.x.high);
  for (std::size_t i = range.last; i > range.first; --i) {
    const float y = plot.y.pixel(s.y[i - 1]);
    if (!std::isnan(y)) return {plot.x.pixel(s.x_at(i - 1)), y};
  }
  return {0, std::numeric_limits<float>::quiet_NaN()};
}

}  // namespace

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

// Names at the line ends need width beside the lines and height among them.
bool names_fit_at_ends(const Plot& plot) {
  const float width = names_width(plot);
  const float height = plot.px(small_pixels + 2) * static_cast<float>(named_count(plot));
  return width > 0 && width < 0.28f * plot.card.width && height < 0.8f * plot.body.height;
}

float draw_legend(const Plot& plot, float top, float most_height) {
  int left_out = 0;
  const auto entries = legend_entries(plot, top, most_height, left_out);
  for (const LegendEntry& e : entries) {
    const Series& s = plot.series[e.series];
    const float middle = e.rect.y + plot.px(small_pixels) / 2 + plot.px(0.5f);
    draw_line_sample(plot.painter, s, {e.rect.x, middle}, plot.px(20), plot.px(line_thickness));
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

}  // namespace backstep::plot_parts
