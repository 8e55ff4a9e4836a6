// A series over 0, 1, 2 … for tests of plots.
#pragma once

#include <vector>

#include "app/plots/plot.h"

namespace backstep {

// `y` must outlive the series.
inline Series series_of(const std::vector<double>& y) {
  return {"series", theme_of(ThemeName::dark).value, Dash::solid, nullptr, y.data(), y.size()};
}

}  // namespace backstep
