// What the checks of all entries come to, parameter by parameter.
#pragma once

#include <array>
#include <vector>

#include "core/gradient_checks.h"

namespace backstep {

struct CheckedParameter {
  int parameter = -1;
  Index entries = 0;
  std::array<Index, verdicts> count = {};  // by verdict
  CheckedEntry worst;
  Verdict verdict() const { return worst.check.verdict; }
  Index of(Verdict which) const { return count[static_cast<std::size_t>(which)]; }
};

// In the order of the program; a parameter in the middle of its checks is there
// with what is done.
std::vector<CheckedParameter> summary_of(const GradientChecks& checks);

}  // namespace backstep
