// What the checks of all entries come to, parameter by parameter.
#pragma once

#include <array>
#include <vector>

#include "core/gradient_checks.h"

namespace backstep {

struct CheckedParameter {
  int parameter = -1;
  Index entries = 0;
  std::array<Index, verdicts> count = {};    // by verdict
  Verdict verdict = Verdict::agrees;  // the worst
  double worst_error = 0;             // the largest relative error, and whose it is:
  Index worst_entry = 0;              // an entry with the worst verdict
  Index of(Verdict which) const { return count[static_cast<std::size_t>(which)]; }
};

// In the order of the program; a parameter in the middle of its checks is there
// with what is done.
std::vector<CheckedParameter> summary_of(const GradientChecks& checks);

// Differs before kink before agrees.
int severity(Verdict verdict);

}  // namespace backstep
