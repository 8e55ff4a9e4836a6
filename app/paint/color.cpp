#include "app/paint/color.h"

#include <cmath>

namespace backstep {

static std::uint8_t between(std::uint8_t from, std::uint8_t to, double t) {
  return static_cast<std::uint8_t>(std::lround(from + (to - from) * t));
}

Color mix(Color from, Color to, double t) {
  // NaN fails both comparisons and would not fit a byte: it counts as 0.
  const double part = t > 0 ? (t < 1 ? t : 1) : 0;
  return {between(from.r, to.r, part), between(from.g, to.g, part), between(from.b, to.b, part),
          between(from.a, to.a, part)};
}

}  // namespace backstep
