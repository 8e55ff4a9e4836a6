// A Color is an sRGB colour with alpha, opaque by default. Colours are named in the
// theme and nowhere else.
#pragma once

#include <cstdint>

namespace backstep {

struct Color {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;

  constexpr Color with_alpha(double alpha) const {
    return {r, g, b, static_cast<std::uint8_t>(alpha * 255.0 + 0.5)};
  }
  friend constexpr bool operator==(Color, Color) = default;
};

// 0xRRGGBB as a Color.
constexpr Color rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8),
          static_cast<std::uint8_t>(hex), 255};
}

// The colour `t` (0 to 1) of the way from `from` to `to`, in sRGB.
Color mix(Color from, Color to, double t);

}  // namespace backstep
