#include "app/panels/compare/run_series.h"

#include <cmath>

#include "app/paint/numbers.h"

namespace backstep {

Series run_series(const Theme& theme, const Comparison::Run& run, int number) {
  constexpr Dash dashes[] = {Dash::solid, Dash::dashed, Dash::dotted};
  constexpr int colors = static_cast<int>(most_runs);
  Series series;
  series.name = run.name;
  series.color = theme.run[number % colors];
  series.dash = dashes[number % 3];
  series.rings = number >= 3;
  return series;
}

std::string loss_text(const Comparison::Run& run) {
  const std::vector<double>& losses = run.experiment->trainer().history().train_loss();
  if (losses.empty()) return "·";
  const double loss = losses.back();
  const bool plain = !std::isfinite(loss) || (loss >= 1e-3 && loss < 1e4);
  return with_minus(plain ? short_number(loss) : scientific_number(loss, 2));
}

}  // namespace backstep
