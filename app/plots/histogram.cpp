#include "app/plots/histogram.h"

#include <algorithm>
#include <cmath>

#include "app/paint/numbers.h"
#include "app/plots/axis.h"

namespace backstep {
namespace {

constexpr float bin_number_pixels = 11;

bool is_empty(const Histogram& histogram) {
  return std::none_of(histogram.counts.begin(), histogram.counts.end(),
                      [](long count) { return count > 0; });
}

// Where the bars stand: the rectangle without the numbers under it.
Rect bars_of(Rect rect, float ui_scale, bool numbers) {
  if (numbers) rect.height = std::max(1.0f, rect.height - (bin_number_pixels + 4) * ui_scale);
  return rect;
}

// Both ends of the range, where they have room beside each other.
void draw_range(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                const Histogram& histogram) {
  const float pixels = bin_number_pixels * ui_scale, top = rect.bottom() - pixels;
  const Face face = number_face(pixels);
  const double span = histogram.highest - histogram.lowest;
  const double step = span > 0 ? span / 20 : std::max(std::abs(histogram.lowest), 1e-300) / 20;
  const std::string low = with_minus(tick_label(histogram.lowest, step));
  const std::string high = with_minus(tick_label(histogram.highest, step));
  if (low == high)
    return painter.text({rect.center().x, top}, low, face, pixels, theme.text_faint, Align::center);
  const float both =
      painter.text_width(low, face, pixels) + painter.text_width(high, face, pixels) + 6 * ui_scale;
  if (both > rect.width) return;
  painter.text({rect.x, top}, low, face, pixels, theme.text_faint);
  painter.text({rect.right(), top}, high, face, pixels, theme.text_faint, Align::right);
}

void draw_zero(Painter& painter, Rect bars, const Theme& theme, float ui_scale,
               const Histogram& histogram) {
  if (!(histogram.lowest < 0 && histogram.highest > 0)) return;
  const double at = -histogram.lowest / (histogram.highest - histogram.lowest);
  const float x = bars.x + bars.width * static_cast<float>(at);
  painter.line({x, bars.y}, {x, bars.bottom()}, theme.line, std::max(1.0f, std::round(ui_scale)));
}

}  // namespace

void draw_histogram(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                    const HistogramPicture& picture) {
  const Histogram& histogram = *picture.histogram;
  const Rect bars = bars_of(rect, ui_scale, picture.numbers);
  const float line = std::max(1.0f, std::round(ui_scale));
  if (!is_empty(histogram)) {
    draw_zero(painter, bars, theme, ui_scale, histogram);
    const auto most =
        static_cast<double>(*std::max_element(histogram.counts.begin(), histogram.counts.end()));
    const auto count = static_cast<float>(histogram.counts.size());
    const float pitch = bars.width / count, gap = pitch >= 4 * ui_scale ? line : 0;
    for (std::size_t bin = 0; bin < histogram.counts.size(); ++bin) {
      if (histogram.counts[bin] == 0) continue;
      const float share =
          static_cast<float>(std::sqrt(static_cast<double>(histogram.counts[bin]) / most));
      const float height = std::max(line, std::round(share * (bars.height - line)));
      const float left = std::round(bars.x + pitch * static_cast<float>(bin));
      const float right = std::round(bars.x + pitch * static_cast<float>(bin + 1)) - gap;
      painter.fill({left, bars.bottom() - line - height, std::max(1.0f, right - left), height},
                   picture.color);
    }
  }
  painter.line({bars.x, bars.bottom() - line / 2}, {bars.right(), bars.bottom() - line / 2},
               theme.edge, line);
  if (picture.numbers && !is_empty(histogram))
    draw_range(painter, rect, theme, ui_scale, histogram);
}

int histogram_bin_at(const Histogram& histogram, Rect rect, float x) {
  if (histogram.counts.empty() || x < rect.x || x >= rect.right()) return -1;
  const float place = (x - rect.x) / rect.width * static_cast<float>(histogram.counts.size());
  return std::min(static_cast<int>(place), static_cast<int>(histogram.counts.size()) - 1);
}

double bin_start(const Histogram& histogram, int bin) {
  const double width =
      (histogram.highest - histogram.lowest) / static_cast<double>(histogram.counts.size());
  return histogram.lowest + bin * width;
}

}  // namespace backstep
