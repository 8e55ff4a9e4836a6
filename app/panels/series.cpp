#include "app/panels/series.h"

namespace backstep {

Series layer_series(const Theme& theme, const std::string& layer, int number, int count) {
  const double fade = count > 1 ? 0.62 * static_cast<double>(count - 1 - number) / (count - 1) : 0;
  constexpr Dash dashes[] = {Dash::solid, Dash::dashed, Dash::dotted};
  Series series;
  series.name = layer.empty() ? "parameters" : layer;
  series.color = mix(theme.gradient, theme.text_soft, fade);
  series.dash = dashes[(count - 1 - number) % 3];
  return series;
}

Series under(const Theme& theme, Series series) {
  series.color = mix(theme.text_faint, theme.panel, 0.35);
  return series;
}

}  // namespace backstep
