// Bar shares are shares of a whole as bars with their words: how many neurons
// of a layer are dead, how many saturated.
#pragma once

#include <string>
#include <vector>

#include "app/paint/painter.h"
#include "app/paint/theme.h"

namespace backstep {

struct BarShare {
  std::string label;  // "dead"
  double share = 0;   // 0 to 1
};

// From this share on a bar has the colour of a warning.
inline constexpr double worrying_share = 0.5;

// "0 %", "12 %", "<1 %", ">99 %": never 0 or 100 for what only comes near it.
std::string percent(double share);

// One row each, as high as `rect` allows at most; words left, percent right,
// and between them a bar as long as there is room for.
void draw_bar_shares(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                     const std::vector<BarShare>& shares);

}  // namespace backstep
