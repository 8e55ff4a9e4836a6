#include "app/plots/axis.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/paint/numbers.h"

namespace backstep {
namespace {

// Beyond this the width of a range would overflow.
constexpr double most_magnitude = 1e300;

// 1, 2 or 5 times a power of ten, at least `rough`.
double round_step(double rough) {
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (double factor : {1.0, 2.0, 5.0})
    if (factor * power >= rough * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

int exponent_of(double value) { return static_cast<int>(std::floor(std::log10(value) + 1e-9)); }

std::string power_label(int exponent) { return "10" + superscript(exponent); }

// `decimals` after the dot, without the zeros at the end.
std::string trimmed(double value, int decimals) {
  std::string text = fixed_number(value, decimals);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

// "5·10⁻⁵"
std::string scientific_label(double value, double step) {
  const int exponent = exponent_of(std::abs(value));
  const double power = std::pow(10.0, exponent);
  const int decimals =
      std::clamp(exponent - exponent_of(std::max(step, std::abs(value) * 1e-12)), 0, 12);
  const std::string mantissa = trimmed(value / power, decimals);
  if (mantissa == "1") return power_label(exponent);
  if (mantissa == "-1") return "-" + power_label(exponent);
  return mantissa + "·" + power_label(exponent);
}

// Every m · 10ᵉ in the range with a whole m of one digit; those in `named` get a label.
std::vector<AxisTick> digit_ticks(double low, double high, const std::vector<int>& named) {
  std::vector<AxisTick> ticks;
  for (int e = exponent_of(low); e <= exponent_of(high); ++e) {
    for (int digit = 1; digit <= 9; ++digit) {
      const double value = digit * std::pow(10.0, e);
      if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9)) continue;
      const bool labelled = std::find(named.begin(), named.end(), digit) != named.end();
      const bool plain = e >= -3 && e <= 3 && named.size() > 1;
      ticks.push_back({value, !labelled ? ""
                              : plain   ? tick_label(value, std::pow(10.0, e))
                                        : scientific_label(value, std::pow(10.0, e))});
    }
  }
  return ticks;
}

int labels_in(const std::vector<AxisTick>& ticks) {
  return static_cast<int>(std::count_if(ticks.begin(), ticks.end(),
                                        [](const AxisTick& t) { return !t.label.empty(); }));
}

std::vector<AxisTick> power_ticks(double low, double high, int wish) {
  const int first = static_cast<int>(std::ceil(std::log10(low) - 1e-9));
  const int last = exponent_of(high);
  const int stride = std::max(1, (last - first + wish) / std::max(1, wish));
  std::vector<AxisTick> ticks;
  // Labels at multiples of the stride, so that they stay put when the range moves.
  const bool crowded = last - first > 24;
  for (int e = first; e <= last; ++e)
    if (e % stride == 0 || !crowded)
      ticks.push_back({std::pow(10.0, e), e % stride == 0 ? power_label(e) : ""});
  return ticks;
}

}  // namespace

bool Axis::shows(double value) const {
  return std::isfinite(value) && (!log || value > 0 || (value == 0 && has_zero));
}

float Axis::pixel(double value) const {
  if (!shows(value)) return std::numeric_limits<float>::quiet_NaN();
  if (log && value == 0) return zero_pixel;
  double t = (value - low) / (high - low);
  if (log) t = (std::log10(value) - std::log10(low)) / (std::log10(high) - std::log10(low));
  // Far outside the range pixels lose their meaning, and lines their slope.
  t = std::clamp(t, -1e4, 1e4);
  return low_pixel + static_cast<float>(t) * (high_pixel - low_pixel);
}

double Axis::value_at(float pixel) const {
  const double t = static_cast<double>((pixel - low_pixel) / (high_pixel - low_pixel));
  if (!log) return low + t * (high - low);
  return std::pow(10.0, std::log10(low) + t * (std::log10(high) - std::log10(low)));
}

void widen_linear(double& least, double& most) {
  least = std::clamp(least, -most_magnitude, most_magnitude);
  most = std::clamp(most, -most_magnitude, most_magnitude);
  const double middle = std::abs(least) / 2 + std::abs(most) / 2;
  const double span = std::max(most - least, middle > 0 ? middle * 1e-3 : 1.0);
  // All above zero and coming near it: zero is where the axis should begin.
  const bool from_zero = least >= 0 && least < 0.3 * most;
  const double air = std::max((most - least) * 0.06, (span - (most - least)) / 2);
  least = from_zero ? 0 : least - air;
  most += air;
}

void widen_log(double& least, double& most) {
  double low = std::log10(least), high = std::log10(most);
  // A loss that hardly moves should look as if it hardly moves.
  const double air = std::max((high - low) * 0.06, (0.1 - (high - low)) / 2);
  low -= air;
  high += air;
  // A power of ten just outside is worth the room: it gets a labelled line.
  const double reach = 0.16 * (high - low);
  if (high - low > 0.5) {
    if (low - std::floor(low) < reach) low = std::floor(low);
    if (std::ceil(high) - high < reach) high = std::ceil(high);
  }
  low = std::clamp(low, -307.0, 307.0);
  least = std::pow(10.0, low);
  most = std::pow(10.0, std::clamp(high, low + 0.1, 308.0));
}

std::string tick_label(double value, double step) {
  if (std::abs(value) < std::abs(step) * 1e-6) return "0";
  const double size = std::abs(value);
  const int decimals = std::clamp(-exponent_of(step), 0, 12);
  if (size >= 1e6 && size < 1e9 && step >= 1e5) return trimmed(value / 1e6, 1) + "M";
  if (size >= 1e6 || (size < 1e-3 && decimals > 4)) return scientific_label(value, step);
  if (size >= 1e4 && step >= 100) return trimmed(value / 1000, 1) + "k";
  return fixed_number(value, decimals);
}

std::vector<AxisTick> linear_ticks(double low, double high, int wish, bool whole) {
  std::vector<AxisTick> ticks;
  if (!(high > low) || wish < 1) return ticks;
  double step = round_step((high - low) / wish);
  if (whole) step = std::max(1.0, std::round(step));
  const double first = std::ceil(low / step - 1e-9), last = std::floor(high / step + 1e-9);
  for (double i = first; i <= last && ticks.size() < 100; ++i)
    ticks.push_back({i * step + 0.0, tick_label(i * step, step)});
  return ticks;
}

std::vector<AxisTick> log_ticks(double low, double high, int wish) {
  if (!(low > 0) || !(high > low)) return {};
  if (std::log10(high) - std::log10(low) >= 2) return power_ticks(low, high, wish);
  // Powers of ten if there are two to read the scale by, else digits between.
  for (const std::vector<int>& named : {std::vector<int>{1}, {1, 2, 5}, {1, 3}}) {
    std::vector<AxisTick> ticks = digit_ticks(low, high, named);
    if (labels_in(ticks) >= 2 && labels_in(ticks) <= wish) return ticks;
  }
  return linear_ticks(low, high, wish);
}

}  // namespace backstep
