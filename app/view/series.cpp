#include "app/view/series.h"

namespace backstep {

namespace {
constexpr int most_named = 12;
}

Series layer_series(const Theme& theme, const std::string& layer, int number, int count) {
  const double fade = count > 1 ? 0.62 * static_cast<double>(count - 1 - number) / (count - 1) : 0;
  constexpr Dash dashes[] = {Dash::solid, Dash::dashed, Dash::dotted};
  const bool many = count > most_named, at_an_end = number == 0 || number == count - 1;
  Series series;
  if (!many || at_an_end) series.name = layer.empty() ? "parameters" : layer;
  series.color = mix(theme.gradient, theme.text_soft, fade);
  series.dash = many ? Dash::solid : dashes[(count - 1 - number) % 3];
  return series;
}

Series under(const Theme& theme, Series series) {
  series.color = theme.text_faint;
  return series;
}

}  // namespace backstep
