#include "core/engine/precision.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace backstep {

namespace {

constexpr double power_of_two(int exponent) {
  double power = 1;
  for (int i = 0; i < exponent; ++i) power *= 2;
  for (int i = 0; i > exponent; --i) power /= 2;
  return power;
}

// A format with `digits` bits of significand whose normal numbers have exponents
// from `lowest` to `highest`.
constexpr PrecisionFormat format(Precision precision, const char* name, int digits, int lowest,
                                 int highest, const char* description) {
  return {precision,
          name,
          digits,
          (2 - power_of_two(1 - digits)) * power_of_two(highest),
          power_of_two(lowest - digits + 1),
          description};
}

constexpr PrecisionFormat precision_table[] = {
    {Precision::float64, "float64", 53, std::numeric_limits<double>::max(),
     std::numeric_limits<double>::denorm_min(), "16 digits; what Backstep computes in."},
    format(Precision::float32, "float32", 24, -126, 127,
           "7 digits, up to 3·10³⁸; what most training uses."),
    format(Precision::bfloat16, "bfloat16", 8, -126, 127,
           "2 to 3 digits, up to 3·10³⁸: coarse, but it hardly ever overflows."),
    format(Precision::float16, "float16", 11, -14, 15,
           "3 to 4 digits, up to 65504: finer, but small gradients become 0."),
};

}  // namespace

std::span<const PrecisionFormat> all_precisions() { return precision_table; }

const PrecisionFormat& format_of(Precision precision) {
  const auto& row = precision_table[static_cast<std::size_t>(precision)];
  assert(row.precision == precision && "the table is in the order of the enumeration");
  return row;
}

const PrecisionFormat* find_precision(const std::string& name) {
  for (const PrecisionFormat& row : precision_table)
    if (name == row.name) return &row;
  return nullptr;
}

// Between two powers of two the numbers of a format are the multiples of one step;
// below its normal numbers they are multiples of the smallest number.
double round_to(double number, Precision precision) {
  if (precision == Precision::float64 || number == 0 || !std::isfinite(number)) return number;
  const PrecisionFormat& format = format_of(precision);
  int exponent = 0;
  std::frexp(number, &exponent);  // |number| is in [2^(exponent − 1), 2^exponent)
  const double step = std::max(std::ldexp(1.0, exponent - format.digits), format.smallest);
  const double result = std::nearbyint(number / step) * step;
  if (std::abs(result) > format.largest)
    return std::copysign(std::numeric_limits<double>::infinity(), number);
  return result;
}

void round_all(View numbers, Precision precision) {
  if (precision == Precision::float64) return;
  for (double& number : numbers) number = round_to(number, precision);
}

}  // namespace backstep
