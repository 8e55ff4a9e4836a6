// Random is a stream of random numbers that is the same on every platform: SplitMix64
// for the bits, and transforms that use only operations which IEEE 754 rounds exactly
// (+ − × ÷ √), so that results do not depend on the math library.
#pragma once

#include <cstdint>

namespace backstep {

// Seeds are saved as JSON numbers, which are exact up to here. The window offers seeds up
// to a round number below it.
constexpr std::int64_t highest_seed = (std::int64_t{1} << 53) - 1;
constexpr double highest_round_seed = 1e15;

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  // 64 uniform bits. SplitMix64: Steele, Lea and Flood, OOPSLA 2014.
  std::uint64_t bits();

  // Uniform in [0, 1), a multiple of 2⁻⁵³.
  double uniform();

  // Standard normal, by Marsaglia's polar method (SIAM Review 6, 1964).
  double normal();

 private:
  std::uint64_t state_;
  double spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace backstep
