// What the checks of all entries come to, parameter by parameter, and in words.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/proofs/gradient_checks.h"

namespace backstep {

struct CheckedParameter {
  int parameter = -1;
  Index entries = 0;                       // checked
  std::array<Index, verdicts> count = {};  // by verdict
  CheckedEntry worst;
  // Of the entries whose gradients could be compared; NaN where there are none.
  double largest_error = not_given;
  Verdict verdict() const { return worst.check.verdict; }
  Index of(Verdict which) const { return count[static_cast<std::size_t>(which)]; }
};

// In the order of the program; a parameter in the middle of its checks is there
// with what is done.
std::vector<CheckedParameter> summary_of(const GradientChecks& checks);

// "agrees", "2 entries differ", "agrees but for 1 kink".
std::string verdict_words(const CheckedParameter& checked);

// What is to be said of one entry that does not simply agree: "a kink: …".
std::string check_words(const GradientCheck& check);

// Why there is nothing to compare, or why it cannot be nudged: "the loss does not
// resolve so small a change". Empty where neither is so.
const char* reason_words(Unclear unclear);

// "500 of 100000", where not every entry is checked; else empty.
std::string share_words(const CheckedParameter& checked, Shape shape);

}  // namespace backstep
