// Evaluates a formula of the table of ops, or an equation of the inspector, as a reader
// understands it: with Σ, √, ², ½, "1 if a > b, ½ if a = b, else 0", and "no ln below −100".
// FormulaWords says what the names in it stand for.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// Which entry a name means: with ′ after it the other one, under Σ that of the k-th term.
struct FormulaPlace {
  bool other = false;
  int term = -1;
};

// What the names in a formula stand for, beyond numbers and standard functions.
struct FormulaWords {
  // Looks up a name, which is {x} without its braces; false when it is not known.
  std::function<bool(const std::string& word, FormulaPlace, long double& value)> number;
  // The number of terms of a Σ; `index` is the k of Σₖ, or empty.
  std::function<int(const std::string& index)> terms;
  // The entry of "{a}[i,k]", "{x}ᵀ", "[{a}, {b}]" or "[{a}; {b}]".
  std::function<long double(const std::string& form, const std::vector<std::string>& names,
                            const std::string& inside, FormulaPlace)>
      entry;
  // The softmax of an entry, taken along its row.
  std::function<long double(const std::string& name, FormulaPlace)> softmax;
  bool training = true;
  // Whether every step is rounded to a double, as in the naive ops.
  bool in_doubles = false;
  // Definitions such as "u = …" and "h(d) = …" are looked up here.
  std::string note;
};

// Throws std::runtime_error where the formula cannot be read.
long double formula_value(std::string_view formula, const FormulaWords& words);

}  // namespace backstep
