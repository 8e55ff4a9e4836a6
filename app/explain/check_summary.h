// The results of gradient checks, summed up for every parameter and put into words.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/proofs/gradient_checks.h"

namespace backstep {

struct CheckedParameter {
  int parameter = -1;
  Index entries = 0;                       // how many are checked
  std::array<Index, verdicts> count = {};  // by verdict
  CheckedEntry worst;
  // The largest relative error of all entries that could be compared; NaN if none could.
  double largest_error = not_given;
  Verdict verdict() const { return worst.check.verdict; }
  Index of(Verdict which) const { return count[static_cast<std::size_t>(which)]; }
};

// In program order. A parameter whose checks are not all done is included with those
// that are.
std::vector<CheckedParameter> summary_of(const GradientChecks& checks);

// "agrees", "2 entries differ", "agrees but for 1 kink".
std::string verdict_words(const CheckedParameter& checked);

// The result for one entry: "agrees", "a kink: …".
std::string check_words(const GradientCheck& check);

// Why nudging has no answer: "the loss does not resolve so small a change". Empty if it
// has one.
const char* reason_words(Unclear unclear);

// "500 of 100000" if not every entry is checked; else empty.
std::string share_words(const CheckedParameter& checked, Shape shape);

}  // namespace backstep
