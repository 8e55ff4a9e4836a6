#include "core/base/number_words.h"

#include <array>
#include <charconv>
#include <cmath>

namespace backstep {

namespace {

constexpr double largest_written_out = 1e9;

template <class Number>
bool read_all(std::string_view text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, number);
  return problem == std::errc() && stop == end;
}

std::string general(double value, int digits) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::general, digits);
  return {buffer.data(), end.ptr};
}

}  // namespace

std::string number_text(double value) {
  std::array<char, 32> buffer;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

bool read_number(std::string_view text, double& value) {
  double number = 0;
  if (!read_all(text, number) || !std::isfinite(number)) return false;
  value = number;
  return true;
}

bool read_number(std::string_view text, long& value) {
  long number = 0;
  if (!read_all(text, number)) return false;
  value = number;
  return true;
}

double round_to_two_digits(double value) {
  double number = value;
  read_number(general(value, 2), number);
  return number;
}

std::string two_digits(double value) {
  const double number = round_to_two_digits(value);
  const bool is_large = std::abs(number) >= 100 && std::abs(number) <= largest_written_out;
  return is_large ? grouped(std::lround(number)) : general(value, 2);
}

std::string grouped(long value) {
  std::string text = std::to_string(value);
  const std::size_t first = value < 0 ? 1 : 0;
  for (std::size_t at = text.size(); at > first + 3;) text.insert(at -= 3, ",");
  return text;
}

}  // namespace backstep
