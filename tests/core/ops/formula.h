// A Formula is what a formula of the table of ops, or an equation of the inspector,
// comes to: it is read as a reader would read it, with Σ, √, ², ½, "1 if a > b, ½ if
// a = b, else 0", and "no ln below −100". What its words stand for is told by Words.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// Of a name with ′ behind it, the other entry is meant; under Σ, the k-th.
struct FormulaPlace {
  bool other = false;
  int term = -1;
};

// What stands in a formula besides numbers and what all mathematics knows.
struct FormulaWords {
  // A word, {x} without its braces; false for one that is not known.
  std::function<bool(const std::string& word, FormulaPlace, long double& value)> number;
  // How many terms a Σ has, and the k of Σₖ.
  std::function<int(const std::string& index)> terms;
  // "{a}[i,k]", "{x}ᵀ", "[{a}, {b}]" and "[{a}; {b}]": an entry of matrices.
  std::function<long double(const std::string& form, const std::vector<std::string>& names,
                            const std::string& inside, FormulaPlace)>
      entry;
  // softmax of the entry, along its row.
  std::function<long double(const std::string& name, FormulaPlace)> softmax;
  bool training = true;
  // Whether every step is rounded to a double, as where a formula is followed to the letter.
  bool in_doubles = false;
  // "u = …" and "h(d) = …" are looked up here.
  std::string note;
};

// Throws std::runtime_error where the formula cannot be read.
long double formula_value(std::string_view formula, const FormulaWords& words);

}  // namespace backstep
