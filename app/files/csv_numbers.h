// Numbers as people write them in tables: 1,234.50 and 1.234,50, 1 234 and
// 1'234, $100, 12 %. A NumberStyle says how one column writes them. A single cell
// may leave it open (1.234 is a small number or a large one) and its neighbours
// settle it, so every cell is first examined for what it tells about the style.
#pragma once

#include <string>
#include <string_view>

namespace backstep {

struct NumberStyle {
  char decimal = '.';  // '.' or ','; the other groups thousands
  std::string unit;    // "$", "€", "%"; empty: none was seen

  friend bool operator==(const NumberStyle&, const NumberStyle&) = default;
};

// What a cell tells about the style of its column.
enum class NumberForm {
  none,           // it is not a number
  plain,          // it has no marks, or marks that every style reads alike
  decimal_point,  // 1.5, 1,234.5, 1,234,567
  decimal_comma,  // 1,5, 1.234,5, 1.234.567
  either_point,   // 1.234
  either_comma,   // 1,234
};

struct NumberCell {
  NumberForm form = NumberForm::none;
  double value = 0;       // of a plain number, but for its sign
  bool is_value = false;  // written as in a program, and `value` is all of it
  std::string_view unit;
};

NumberCell look_at_number(std::string_view text);

// Whether the whole of `text` is a number in this style; "inf" is one, too.
bool read_number(std::string_view text, const NumberStyle& style, double& number);

// Whether `text` says that there is no value: "", NA, N/A, ?, nan, NULL. Where
// numbers are expected also -, . and none, which are classes elsewhere.
bool says_missing(std::string_view text, bool among_numbers);

// The text without blanks at its ends, typographic ones included.
std::string_view without_blanks(std::string_view text);

}  // namespace backstep
