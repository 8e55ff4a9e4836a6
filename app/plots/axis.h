// An Axis maps numbers to a stretch of pixels, evenly or by powers of ten, and
// says where its ticks are. A logarithmic axis can have a line for zero below
// everything else, because a gradient of exactly 0 must not disappear.
#pragma once

#include <string>
#include <vector>

namespace backstep {

// A tick without a label is a minor one.
struct AxisTick {
  double value = 0;
  std::string label;
};

struct Axis {
  bool log = false;
  bool has_zero = false;     // logarithmic only: zero lies at `zero_pixel`
  double low = 0, high = 1;  // where the pixels below are; above 0 when log
  float low_pixel = 0, high_pixel = 1;
  float zero_pixel = 0;

  // False for NaN and infinities, and for negative numbers on a logarithmic axis.
  bool shows(double value) const;
  // The pixel of `value`; NaN for what the axis does not show.
  float pixel(double value) const;
  double value_at(float pixel) const;
};

// A range that shows `least` to `most` with a margin; never empty.
void widen_linear(double& least, double& most);
void widen_log(double& least, double& most);

// Round numbers (1, 2, 5 times a power of ten) within the range, about `wish`
// of them; only whole ones when `whole`.
std::vector<AxisTick> linear_ticks(double low, double high, int wish, bool whole = false);

// Powers of ten; in a range of less than two decades also the numbers between them,
// and where even those are too far apart, round numbers as on a linear axis.
std::vector<AxisTick> log_ticks(double low, double high, int wish);

// `value` as a tick label, told apart from its neighbours `step` away.
std::string tick_label(double value, double step);

}  // namespace backstep
