#include "app/plots/bar_shares.h"

#include <algorithm>
#include <cmath>

namespace backstep {
namespace {

constexpr float text_pixels = 12, share_row_height = 18, share_bar_height = 6, least_bar = 16;

float widest(const Painter& painter, const std::vector<BarShare>& shares, float pixels) {
  float width = 0;
  for (const BarShare& share : shares)
    width = std::max(width, painter.text_width(share.label, Face::ui, pixels));
  return width;
}

}  // namespace

std::string percent(double share) {
  if (std::isnan(share)) return "nan";
  const long whole = std::lround(share * 100);
  if (whole == 0 && share > 0) return "<1 %";
  if (whole == 100 && share < 1) return ">99 %";
  return std::to_string(whole) + " %";
}

void draw_bar_shares(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                     const std::vector<BarShare>& shares) {
  if (shares.empty()) return;
  const float pixels = text_pixels * ui_scale, space = 8 * ui_scale;
  const float row =
      std::min(share_row_height * ui_scale, rect.height / static_cast<float>(shares.size()));
  const float numbers = painter.text_width(">99 %", Face::ui, pixels);
  const float left = rect.x + widest(painter, shares, pixels) + space;
  const float right = rect.right() - numbers - space;
  float y = rect.center().y - row * static_cast<float>(shares.size()) / 2;
  for (const BarShare& share : shares) {
    const bool worrying = share.share >= worrying_share;
    const float top = y + (row - pixels) / 2;
    painter.text({rect.x, top}, share.label, Face::ui, pixels, theme.text_soft);
    painter.text({rect.right(), top}, percent(share.share), Face::ui, pixels,
                 worrying ? theme.warning : theme.text_soft, Align::right);
    if (right - left >= least_bar * ui_scale) {
      const float height = std::round(share_bar_height * ui_scale);
      const Rect track = {left, std::round(y + (row - height) / 2), right - left, height};
      painter.fill(track, theme.line, height / 2);
      const auto part = static_cast<float>(std::clamp(share.share, 0.0, 1.0));
      if (share.share > 0)
        painter.fill({track.x, track.y, std::max(height, track.width * part), height},
                     worrying ? theme.warning : theme.text_soft, height / 2);
    }
    y += row;
  }
}

}  // namespace backstep
