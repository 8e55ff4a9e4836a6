#include "app/files/csv_numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

#include "app/paint/numbers.h"
#include "core/base/text.h"

namespace backstep {

namespace {

using namespace std::string_view_literals;

// Blanks that may also stand between thousands: no-break, figure, thin and
// narrow no-break.
constexpr std::array wide_blanks = {"\u00a0"sv, "\u2007"sv, "\u2009"sv, "\u202f"sv};
constexpr std::array minus_signs = {"-"sv, "−"sv, "–"sv};
constexpr std::array apostrophes = {"'"sv, "’"sv};

constexpr std::array units = {
    "US$"sv, "R$"sv,  "A$"sv,   "C$"sv,   "$"sv,   "€"sv,    "£"sv,   "¥"sv,    "₹"sv,   "₽"sv,
    "₩"sv,   "₪"sv,   "₺"sv,    "₫"sv,    "฿"sv,   "₴"sv,    "kr."sv, "kr"sv,   "Kr"sv,  "zł"sv,
    "Kč"sv,  "Ft"sv,  "lei"sv,  "Rs."sv,  "Rs"sv,  "руб."sv, "руб"sv, "Fr."sv,  "Fr"sv,  "SFr."sv,
    "USD"sv, "EUR"sv, "GBP"sv,  "CHF"sv,  "SEK"sv, "NOK"sv,  "DKK"sv, "ISK"sv,  "PLN"sv, "CZK"sv,
    "HUF"sv, "RON"sv, "BGN"sv,  "RUB"sv,  "UAH"sv, "TRY"sv,  "TL"sv,  "INR"sv,  "JPY"sv, "CNY"sv,
    "KRW"sv, "BRL"sv, "MXN"sv,  "CAD"sv,  "AUD"sv, "NZD"sv,  "ZAR"sv, "ILS"sv,  "AED"sv, "SGD"sv,
    "HKD"sv, "%"sv,   "Euro"sv, "euro"sv, "‰"sv,
};

// Removes the first of `tokens` that `text` begins with.
template <class Tokens>
std::string_view take_first(std::string_view& text, const Tokens& tokens) {
  std::string_view found;
  for (std::string_view token : tokens)
    if (text.starts_with(token) && token.size() > found.size()) found = token;
  text.remove_prefix(found.size());
  return found;
}

template <class Tokens>
std::string_view take_last(std::string_view& text, const Tokens& tokens) {
  std::string_view found;
  for (std::string_view token : tokens)
    if (text.ends_with(token) && token.size() > found.size()) found = token;
  text.remove_suffix(found.size());
  return found;
}

// The parts of a number: sign, digits with . and , between them, exponent.
struct Parts {
  bool negative = false;
  std::string whole;  // digits and marks; blanks and apostrophes between thousands are gone
  std::string_view exponent;
  std::string_view unit;
  bool grouped = false;  // blanks or apostrophes stood between thousands
};

// Whether the digits between marks are groups of thousands: 1,234,567 or, as in
// India, 12,34,567.
bool are_groups(const std::vector<std::size_t>& sizes) {
  if (sizes.size() < 2 || sizes.back() != 3) return false;
  const auto middle_is = [&](std::size_t size) {
    return std::all_of(sizes.begin() + 1, sizes.end() - 1,
                       [&](std::size_t each) { return each == size; });
  };
  return (sizes[0] >= 1 && sizes[0] <= 3 && middle_is(3)) ||
         (sizes[0] >= 1 && sizes[0] <= 2 && middle_is(2));
}

// Digits in runs, with what is between them.
bool are_groups(std::string_view text, char mark) {
  std::vector<std::size_t> sizes = {0};
  for (char c : text) {
    if (c == mark)
      sizes.push_back(0);
    else if (is_digit(c))
      ++sizes.back();
    else
      return false;
  }
  return !text.starts_with('0') && are_groups(sizes);
}

// Removes blanks or apostrophes that group thousands; false when they group
// anything else.
bool join_groups(Parts& parts, std::string_view text) {
  std::string joined;  // with '\'' for each
  while (!text.empty()) {
    std::string_view mark = take_first(text, wide_blanks);
    if (mark.empty()) mark = take_first(text, apostrophes);
    if (mark.empty() && text[0] == ' ') {
      mark = text.substr(0, 1);
      text.remove_prefix(1);
    }
    if (!mark.empty()) {
      joined += '\'';
      continue;
    }
    joined += text[0];
    text.remove_prefix(1);
  }
  const std::size_t end = std::min(joined.find_first_of(".,"), joined.size());
  parts.grouped = joined.find('\'') != joined.npos;
  if (parts.grouped &&
      (!are_groups(joined.substr(0, end), '\'') || joined.find('\'', end) != joined.npos))
    return false;
  std::erase(joined, '\'');
  parts.whole = std::move(joined);
  return true;
}

bool take_apart(std::string_view text, Parts& parts) {
  text = without_blanks(text);
  const bool in_parentheses = text.size() > 2 && text.front() == '(' && text.back() == ')';
  if (in_parentheses) text = without_blanks(text.substr(1, text.size() - 2));
  bool signed_already = false;
  const auto take_sign = [&] {
    if (text.starts_with('+')) {
      text.remove_prefix(1);
      signed_already = true;
    } else if (!take_first(text, minus_signs).empty()) {
      parts.negative = signed_already = true;
    }
  };
  take_sign();
  parts.unit = take_first(text, units);
  if (!parts.unit.empty()) {
    text = without_blanks(text);
    if (!signed_already) take_sign();
  } else {
    parts.unit = take_last(text, units);
    if (!parts.unit.empty()) text = without_blanks(text);
  }
  if (in_parentheses && signed_already) return false;
  parts.negative = parts.negative || in_parentheses;
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent != text.npos) {
    parts.exponent = text.substr(exponent + 1);
    std::string_view digits = parts.exponent;
    if (digits.starts_with('+') || digits.starts_with('-')) digits.remove_prefix(1);
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) return false;
    text = text.substr(0, exponent);
  }
  // A grouping blank stands between digits, so none is left at either end.
  if (text.empty() || !(is_digit(text.front()) || text.front() == '.' || text.front() == ',') ||
      !(is_digit(text.back()) || text.back() == '.' || text.back() == ','))
    return false;
  if (!join_groups(parts, text)) return false;
  return std::all_of(parts.whole.begin(), parts.whole.end(),
                     [](char c) { return is_digit(c) || c == '.' || c == ','; }) &&
         std::any_of(parts.whole.begin(), parts.whole.end(), is_digit);
}

// What the marks of a number tell; `none` when no number has such marks.
NumberForm form_of(const Parts& parts) {
  const std::string& text = parts.whole;
  const auto points = std::count(text.begin(), text.end(), '.');
  const auto commas = std::count(text.begin(), text.end(), ',');
  if (points == 0 && commas == 0) return NumberForm::plain;
  if (points > 0 && commas > 0) {
    const std::size_t last = text.find_last_of(".,");
    const char decimal = text[last], group = decimal == '.' ? ',' : '.';
    const bool right = !parts.grouped && (decimal == '.' ? points : commas) == 1 &&
                       are_groups(std::string_view(text).substr(0, last), group);
    if (!right) return NumberForm::none;
    return decimal == '.' ? NumberForm::decimal_point : NumberForm::decimal_comma;
  }
  const char mark = points > 0 ? '.' : ',';
  const bool groups = !parts.grouped && parts.exponent.empty() && are_groups(text, mark);
  if (points + commas > 1)
    return !groups       ? NumberForm::none
           : mark == '.' ? NumberForm::decimal_comma
                         : NumberForm::decimal_point;
  if (groups) return mark == '.' ? NumberForm::either_point : NumberForm::either_comma;
  return mark == '.' ? NumberForm::decimal_point : NumberForm::decimal_comma;
}

// Numbers as programs write them: digits, one point, an exponent.
bool read_plain(std::string_view text, double& number) {
  bool negative = false;
  if (text.starts_with('+') || text.starts_with('-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (text.starts_with('-')) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument) return false;
  if (std::isnan(number)) return false;
  if (error == std::errc::result_out_of_range) {
    const bool tiny = text.find("e-") != text.npos || text.find("E-") != text.npos;
    number = tiny ? 0 : std::numeric_limits<double>::infinity();
  }
  if (negative) number = -number;
  return true;
}

// What the one point of a number that read_plain took tells.
NumberForm plain_form(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == text.npos) return NumberForm::plain;
  const std::size_t first = text[0] == '-' || text[0] == '+';
  const bool groups = text.size() == point + 4 && point > first && point <= first + 3 &&
                      text[first] != '0' &&
                      std::all_of(text.begin() + static_cast<std::ptrdiff_t>(point) + 1, text.end(),
                                  is_digit);
  return groups ? NumberForm::either_point : NumberForm::decimal_point;
}

bool is_among(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  for (bool more = true; more;) {
    const std::size_t before = text.size();
    while (!text.empty() && blanks.find(text.front()) != blanks.npos) text.remove_prefix(1);
    while (!text.empty() && blanks.find(text.back()) != blanks.npos) text.remove_suffix(1);
    take_first(text, wide_blanks);
    take_last(text, wide_blanks);
    more = text.size() < before;
  }
  return text;
}

NumberCell look_at_number(std::string_view text) {
  NumberCell cell;
  if (read_plain(text, cell.value)) {
    cell.is_value = true;
    cell.form = plain_form(text);
    return cell;
  }
  if (text.size() > 64) return cell;
  Parts parts;
  if (!take_apart(text, parts)) return cell;
  cell.form = form_of(parts);
  cell.unit = parts.unit;
  if (cell.form == NumberForm::plain) read_plain(parts.whole, cell.value);
  return cell;
}

bool read_number(std::string_view text, const NumberStyle& style, double& number) {
  if (style.decimal == '.' && style.unit != "%" && read_plain(text, number)) return true;
  Parts parts;
  if (text.size() > 64 || !take_apart(text, parts)) return read_plain(text, number);
  const NumberForm form = form_of(parts);
  const bool point = style.decimal == '.';
  if (form == NumberForm::none ||
      form == (point ? NumberForm::decimal_comma : NumberForm::decimal_point))
    return false;
  // A column has one currency, and percentages do not mix with fractions.
  if (!parts.unit.empty() && parts.unit != style.unit) return false;
  const bool zero = parts.whole.find_first_not_of("0.,") == parts.whole.npos;
  if (parts.unit.empty() && style.unit == "%" && !zero) return false;
  std::erase(parts.whole, point ? ',' : '.');
  std::replace(parts.whole.begin(), parts.whole.end(), ',', '.');
  std::string plain = (parts.negative ? "-" : "") + parts.whole;
  if (!parts.exponent.empty()) plain += "e" + std::string(parts.exponent);
  return read_plain(plain, number);
}

bool says_missing(std::string_view text, bool among_numbers) {
  if (text.empty() || text == "?") return true;
  if (text.size() > 12) return false;
  const std::string lower = lower_case(std::string(text));
  if (is_among(lower, {"na", "n/a", "n.a.", "<na>", "nan", "-nan", "null", "#n/a", "#na", "#nv",
                        "#null!", "#value!", "#wert!", "#div/0!", "#ref!", "#num!", "#name?"}))
    return true;
  return among_numbers &&
         is_among(lower, {"-", "--", "–", "—", ".", "..", "...", "…", "none", "missing", "k.a.",
                           "n.d.", "nd", "*", "#", "??", "unknown", "(null)", "nil"});
}

}  // namespace backstep
