#include "tests/core/ops/formula.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <stdexcept>

namespace backstep {

namespace {

using Number = long double;

// The UTF-8 bytes of the character that begins at `at`.
std::string_view character(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  std::size_t end = at + 1;
  while (end < text.size() && (text[end] & 0xc0) == 0x80) ++end;
  return text.substr(at, end - at);
}

bool is_one_of(std::string_view character, std::string_view set) {
  return !character.empty() && set.find(character) != set.npos;
}

constexpr std::string_view greek = "αβγδεθλμστφχψΦω", lowered = "₀₁₂₃₄₅₆₇₈₉ₖ",
                           raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

bool is_letter(std::string_view c) {
  return (c.size() == 1 && (std::isalpha(static_cast<unsigned char>(c[0])) || c == "_")) ||
         is_one_of(c, greek);
}

bool is_digit(std::string_view c) { return c.size() == 1 && c[0] >= '0' && c[0] <= '9'; }

// The digit that a superscript digit stands for; each takes two or three bytes.
int raised_digit(std::string_view c) {
  int digit = 0;
  for (std::size_t at = 0; at < raised.size(); at += character(raised, at).size(), ++digit)
    if (character(raised, at) == c) return digit;
  return -1;
}

class Reader {
 public:
  Reader(std::string_view text, const FormulaWords& words) : text_(text), words_(words) {}

  Number whole() {
    constexpr std::string_view floor = ", no ln below −100";
    if (text_.ends_with(floor)) {
      text_.remove_suffix(floor.size());
      lowest_ln_ = -100;
    }
    const Number value = branches();
    if (at_ != text_.size()) fail("is not understood from here");
    return value;
  }

  FormulaPlace place;
  std::string argument_name;  // of h(d), while h is evaluated
  Number argument = 0;
  Number lowest_ln_ = -std::numeric_limits<Number>::infinity();

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error("'" + std::string(text_) + "': '" + std::string(text_.substr(at_)) +
                             "' " + what);
  }
  std::string_view rest() const { return text_.substr(at_); }
  bool sees(std::string_view what) const { return rest().starts_with(what); }
  bool takes(std::string_view what) {
    if (!sees(what)) return false;
    at_ += what.size();
    return true;
  }
  void needs(std::string_view what) {
    if (!takes(what)) fail("should be " + std::string(what));
  }
  Number made(Number value) const { return words_.in_doubles ? static_cast<double>(value) : value; }

  // ---- special cases ----

  Number branches() {
    Number value = sum();
    if (takes(", but from ")) {
      const Number low = sum();
      needs(" to ");
      const Number high = sum();
      return value < low ? low : value > high ? high : value;
    }
    if (takes(", but within ±")) {
      const Number most = sum();
      return value < -most ? -most : value > most ? most : value;
    }
    if (takes(", transposed")) return value;
    if (sees(" for ")) {  // holds for the entries asked about; the rest have no part
      at_ = text_.find(", else ", at_);
      if (at_ == text_.npos) throw std::runtime_error(std::string(text_) + ": no else");
      needs(", else ");
      sum();
      return value;
    }
    if (!sees(" if ")) return value;
    std::optional<Number> decided;
    while (takes(" if ")) {
      if (condition() && !decided) decided = value;
      needs(", ");
      const bool is_last = takes("else ");
      value = sum();
      if (is_last) return decided.value_or(value);
    }
    fail("should be an if or an else");
  }

  bool condition() {
    bool holds = comparisons();
    while (takes(" and ")) holds &= comparisons();
    return holds;
  }

  bool comparisons() {
    if (takes("training")) return words_.training;
    bool holds = true;
    Number left = sum();
    int count = 0;
    for (;; ++count) {
      const auto compare = [&](std::string_view sign, bool (*test)(Number, Number)) {
        if (!takes(sign)) return false;
        const Number right = sum();
        holds &= test(left, right);
        left = right;
        return true;
      };
      if (!(compare(" > ", [](Number a, Number b) { return a > b; }) ||
            compare(" < ", [](Number a, Number b) { return a < b; }) ||
            compare(" ≥ ", [](Number a, Number b) { return a >= b; }) ||
            compare(" ≤ ", [](Number a, Number b) { return a <= b; }) ||
            compare(" = ", [](Number a, Number b) { return a == b; }) ||
            compare(" ≠ ", [](Number a, Number b) { return a != b; })))
        break;
    }
    if (count == 0) fail("should be a comparison");
    return holds;
  }

  // ---- arithmetic ----

  Number sum() {
    Number value = product();
    for (;;) {
      if (takes(" + "))
        value = made(value + product());
      else if (takes(" − "))
        value = made(value - product());
      else
        return value;
    }
  }

  bool takes_dot() { return takes(" · ") || takes("·"); }

  Number product() {
    Number value = signed_factor();
    for (;;) {
      if (takes_dot())
        value = made(value * signed_factor());
      else if (takes(" / ") || takes("/"))
        value = made(value / signed_factor());
      else
        return value;
    }
  }

  Number signed_factor() {
    if (takes("−")) return -product();
    if (takes("Σ")) return total();
    return power();
  }

  // Σ adds up the factors that follow it, up to a + or a /.
  Number total() {
    std::string index;
    if (sees("ₖ")) index = "k", takes("ₖ");
    takes(" ");
    const FormulaPlace outer = place;
    const std::size_t begin = at_;
    Number value = 0;
    const int count = words_.terms(index);
    if (count < 1) fail("has no terms");
    for (place.term = 0; place.term < count; ++place.term) {
      at_ = begin;
      Number term = signed_factor();
      while (takes_dot()) term = made(term * signed_factor());
      value = made(value + term);
    }
    place = outer;
    return value;
  }

  Number power() {
    Number value = atom();
    for (;;) {
      if (takes("^")) {
        value = made(std::pow(value, atom()));
        continue;
      }
      const bool minus = takes("⁻");
      int exponent = -1;
      while (raised_digit(character(text_, at_)) >= 0) {
        exponent = std::max(exponent, 0) * 10 + raised_digit(character(text_, at_));
        at_ += character(text_, at_).size();
      }
      if (exponent < 0) return value;
      value = made(std::pow(value, static_cast<Number>(minus ? -exponent : exponent)));
    }
  }

  Number bracketed() {
    needs("(");
    const Number value = branches();
    needs(")");
    return value;
  }

  Number atom() {
    if (sees("(")) return bracketed();
    if (takes("|")) {
      const Number value = sum();
      needs("|");
      return std::abs(value);
    }
    if (takes("½")) return 0.5L;
    if (takes("π")) return std::numbers::pi_v<Number>;
    if (takes("∞")) return std::numeric_limits<Number>::infinity();
    if (takes("NaN")) return std::numeric_limits<Number>::quiet_NaN();
    if (takes("√")) return made(std::sqrt(atom()));
    if (sees("[")) return joined();
    if (is_digit(character(text_, at_))) return digits();
    if (sees("{") || is_letter(character(text_, at_))) return word();
    fail("is not a value");
  }

  Number digits() {
    std::string number;
    while (is_digit(character(text_, at_)) || sees(".")) number += text_[at_++];
    if (sees("e") &&
        (is_digit(character(text_, at_ + 1)) || text_.substr(at_ + 1).starts_with("−") ||
         text_.substr(at_ + 1).starts_with("-") || text_.substr(at_ + 1).starts_with("+"))) {
      number += text_[at_++];
      if (takes("−") || takes("-")) number += '-';
      takes("+");
      while (is_digit(character(text_, at_))) number += text_[at_++];
    }
    return static_cast<Number>(std::stold(number));
  }

  std::string name() {
    if (takes("{")) {
      const std::size_t end = text_.find('}', at_);
      if (end == text_.npos) fail("has no }");
      const std::string found(text_.substr(at_, end - at_));
      at_ = end + 1;
      return found;
    }
    std::string found;
    while (is_letter(character(text_, at_)) || is_digit(character(text_, at_)) ||
           is_one_of(character(text_, at_), lowered)) {
      found += character(text_, at_);
      at_ += character(text_, at_).size();
    }
    return found;
  }

  // [{a}, {b}] joins matrices side by side, [{a}; {b}] one above the other.
  Number joined() {
    needs("[");
    std::vector<std::string> names = {name()};
    const bool above = sees("; ");
    if (!takes("; ")) needs(", ");
    names.push_back(name());
    needs("]");
    return words_.entry(above ? "above" : "beside", names, "", place);
  }

  Number word() {
    const bool in_braces = sees("{");
    const std::string found = name();
    if (!in_braces) {
      if (std::optional<Number> value = function(found)) return made(*value);
    }
    if (takes("ᵀ")) return words_.entry("transposed", {found}, "", place);
    if (sees("[") && words_.entry) {
      const std::size_t end = text_.find(']', at_);
      const std::string inside(text_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      return words_.entry("at", {found}, inside, place);
    }
    FormulaPlace meant = place;
    if (takes("′")) meant.other = true;
    if (found == argument_name) return argument;
    Number value = 0;
    if (words_.number(found, meant, value)) return value;
    if (const auto text = definition(found + " = ")) {
      Reader reader(*text, words_);
      reader.place = meant;
      return reader.whole();
    }
    fail("comes after '" + found + "', which has no meaning");
  }

  // ---- functions ----

  // The operand of a function: in parentheses, or the factor after a space.
  Number operand() {
    if (sees("(")) return bracketed();
    needs(" ");
    return signed_factor();
  }

  std::pair<Number, Number> operands() {
    needs("(");
    const Number first = sum();
    needs(", ");
    const Number second = sum();
    needs(")");
    return {first, second};
  }

  std::optional<Number> function(const std::string& name) {
    if (!sees("(") && !sees(" ") && !sees("²")) return std::nullopt;
    if (name == "softmax") {
      needs("(");
      const std::string of = this->name();
      needs(")");
      return words_.softmax(of, place);
    }
    if (name == "max" || name == "min") {
      const auto [a, b] = operands();
      return name == "max" ? (a > b || a != a ? a : b) : (a < b || a != a ? a : b);
    }
    if (name == "exp") return std::exp(operand());
    if (name == "ln") {
      const Number ln = std::log(operand());
      return ln < lowest_ln_ ? lowest_ln_ : ln;
    }
    if (name == "tanh") return std::tanh(operand());
    if (name == "σ") return 1 / (1 + std::exp(-operand()));
    if (name == "Φ") return 0.5L * std::erfc(-operand() / std::numbers::sqrt2_v<Number>);
    if (name == "φ") {
      const Number x = operand();
      return std::exp(-x * x / 2) * std::numbers::inv_sqrtpi_v<Number> /
             std::numbers::sqrt2_v<Number>;
    }
    if (name == "sign") {
      const Number x = operand();
      return x != x ? x : static_cast<Number>((x > 0) - (x < 0));
    }
    return defined_function(name);
  }

  // A function that the note defines as "h(d) = …".
  std::optional<Number> defined_function(const std::string& name) {
    const std::size_t begin = words_.note.find(name + "(");
    if (!sees("(") || name.empty() || begin == std::string::npos) return std::nullopt;
    const std::size_t open = begin + name.size() + 1, close = words_.note.find(')', open);
    const std::string of = words_.note.substr(open, close - open);
    const auto text = definition(name + "(" + of + ") = ");
    if (!text) return std::nullopt;
    Reader reader(*text, words_);
    reader.argument_name = of;
    reader.argument = bracketed();
    reader.place = place;
    return reader.whole();
  }

  // The text of the note after `beginning`, up to the end of the clause.
  std::optional<std::string> definition(const std::string& beginning) const {
    const std::string& note = words_.note;
    std::size_t begin = note.find(beginning);
    while (begin != note.npos && begin > 0 && note[begin - 1] != ' ')
      begin = note.find(beginning, begin + 1);
    if (begin == note.npos) return std::nullopt;
    begin += beginning.size();
    std::size_t end = note.size();
    for (const char* mark : {"; ", ": ", ". ", ", and ", ", the "})
      end = std::min(end, note.find(mark, begin));
    if (end == note.size() && note.ends_with('.')) --end;
    return note.substr(begin, end - begin);
  }

  std::string_view text_;
  const FormulaWords& words_;
  std::size_t at_ = 0;
};

}  // namespace

long double formula_value(std::string_view formula, const FormulaWords& words) {
  return Reader(formula, words).whole();
}

}  // namespace backstep
