// Text as messages, tables and files need it: sentences with values in them, and
// what is done to words everywhere, so that it is done the same way everywhere.
// All text is UTF-8; letters beyond ASCII have no case here, as the C locale has it.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace backstep {

// ---- sentences ----------------------------------------------------------------

// `text` without the compile-time check of its format.
std::string formatted(fmt::string_view format, fmt::format_args values);

// A sentence with its values: text("line {}, column {}: {}", line, column, mistake).
// The compiler refuses a format that does not go with the values. Numbers with
// decimals are turned into words before (core/base/number_words.h).
template <class... Values>
std::string text(fmt::format_string<const Values&...> format, const Values&... values) {
  static_assert(!(std::is_floating_point_v<Values> || ...), "say how the number is written");
  return formatted(format, fmt::make_format_args(values...));
}

// ---- characters ---------------------------------------------------------------

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Bytes of the UTF-8 character at `at`, or 0 when the bytes there are none.
std::size_t character_length(std::string_view text, std::size_t at);

// Whether a byte belongs to a character that began before it.
constexpr bool continues_character(char byte) { return (byte & 0xc0) == 0x80; }

// How many characters there are, not bytes.
std::size_t character_count(std::string_view text);

// The longest beginning of at most `bytes` bytes that ends between two characters.
std::string_view beginning(std::string_view text, std::size_t bytes);

struct TextPosition {
  int line = 1, column = 1;  // in characters
};

// The first place that is not UTF-8 or holds a byte that `refused` is true of.
std::optional<TextPosition> first_bad_character(std::string_view text, bool (*refused)(char));

// ---- letters ------------------------------------------------------------------

constexpr char lower_case(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr char upper_case(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
std::string lower_case(std::string text);
std::string upper_case(std::string text);
std::string capitalised(std::string text);  // the first letter alone

// ---- what is shown of a text --------------------------------------------------

// `text` without the blanks around it.
std::string_view trimmed(std::string_view text, std::string_view blanks = " \t");

// `text` if it has at most `bytes` bytes, else its beginning and "…".
std::string shortened(std::string_view text, std::size_t bytes);

// ---- counts and lists ---------------------------------------------------------

// "step" for 1, "steps" for every other count.
std::string plural(long count, std::string_view one);

// "1 step", "2 steps"; "2 entries" where the plural is irregular.
std::string counted(long count, std::string_view one);
std::string counted(long count, std::string_view one, std::string_view many);

// What `words` makes of every part, one after the other: joined(widths, ", ", to_string).
template <class Parts, class Words>
std::string joined(const Parts& parts, std::string_view between, Words&& words) {
  std::string list;
  bool first = true;
  for (const auto& part : parts) {
    if (!std::exchange(first, false)) list += between;
    list += words(part);
  }
  return list;
}

template <class Parts>
std::string joined(const Parts& parts, std::string_view between = ", ") {
  return joined(parts, between, [](const auto& part) -> std::string_view { return part; });
}

// What there is to choose from: "a, b or c".
std::string alternatives(const std::vector<std::string>& parts);

// The first `most` of them and how many are left: "a, b and 3 more".
std::string joined_up_to(std::size_t most, const std::vector<std::string>& parts);

}  // namespace backstep
