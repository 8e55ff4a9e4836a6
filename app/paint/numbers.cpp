#include "app/paint/numbers.h"

#include <charconv>
#include <cmath>

#include "core/base/text.h"

namespace backstep {
namespace {

std::string not_finite(double value) {
  if (std::isnan(value)) return "nan";
  return value < 0 ? "-inf" : "inf";
}

std::string formatted(double value, std::chars_format format, int precision) {
  char buffer[400];  // the longest double in fixed notation has 309 digits
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, format, precision);
  return std::string(buffer, end.ptr);
}

// Whether |value| still stays below `limit` once rounded to `decimals`: 9.99996
// must not be written as 10.0000 in a place meant for one digit before the dot.
bool rounds_below(double value, double limit, int decimals) {
  return std::abs(value) < limit - 0.5 * std::pow(10.0, -decimals);
}

bool is_letter(char c) {
  const unsigned char byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || byte >= 0x80;
}

}  // namespace

std::string fixed_number(double value, int decimals) {
  if (!std::isfinite(value)) return not_finite(value);
  std::string text = formatted(value, std::chars_format::fixed, decimals);
  const bool only_zeros = text.find_first_of("123456789") == std::string::npos;
  if (only_zeros && text[0] == '-') text.erase(0, 1);
  return text;
}

std::string short_number(double value) {
  if (!std::isfinite(value)) return not_finite(value);
  if (value == 0) return "0.0000";
  if (std::abs(value) < 0.001) return formatted(value, std::chars_format::scientific, 3);
  if (rounds_below(value, 10, 4)) return fixed_number(value, 4);
  if (rounds_below(value, 100, 2)) return fixed_number(value, 2);
  if (rounds_below(value, 1000, 1)) return fixed_number(value, 1);
  if (rounds_below(value, 10000, 0)) return fixed_number(value, 0);
  return formatted(value, std::chars_format::scientific, 3);
}

std::string full_number(double value) {
  if (!std::isfinite(value)) return not_finite(value);
  if (value == 0) return "0.000000";
  if (std::abs(value) < 0.001) return formatted(value, std::chars_format::scientific, 6);
  if (rounds_below(value, 1000, 6)) return fixed_number(value, 6);
  if (rounds_below(value, 1e7, 2)) return fixed_number(value, 2);
  return formatted(value, std::chars_format::scientific, 6);
}

std::string exact_number(double value) {
  if (!std::isfinite(value)) return not_finite(value);
  char buffer[400];
  return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

std::string scientific_number(double value, int digits) {
  std::string text = formatted(value, std::chars_format::scientific, digits);
  const std::size_t exponent = text.find('e');
  if (exponent == std::string::npos) return text;
  const std::size_t zeros = exponent + 2;
  while (zeros + 1 < text.size() && text[zeros] == '0') text.erase(zeros, 1);
  if (text[exponent + 1] == '+') text.erase(exponent + 1, 1);
  return text;
}

double rounded_to_step(double value, double step) {
  const double grain = std::pow(10, std::floor(std::log10(step)));
  if (!(grain > 1e-15) || !std::isfinite(grain)) return value;
  const double inverse = std::round(1 / grain);
  return grain < 1 ? std::round(value * inverse) / inverse : std::round(value / grain) * grain;
}

std::string with_minus(const std::string& number) {
  std::string text;
  for (char c : number) text += c == '-' ? "−" : std::string(1, c);
  return text;
}

std::string superscript(int value) {
  static const char* const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (char c : std::to_string(value)) text += c == '-' ? "⁻" : digits[c - '0'];
  return text;
}

std::string pretty_name(const std::string& name) {
  static const char* const digits[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
  std::size_t start = name.size();
  while (start > 0 && is_digit(name[start - 1])) --start;
  if (start == 0 || !is_letter(name[start - 1])) return name;
  std::string text = name.substr(0, start);
  for (char c : name.substr(start)) text += digits[c - '0'];
  return text;
}

}  // namespace backstep
