// GraphMarks are what is known of nodes beyond their numbers and shown on them
// when asked for: what the nudge check says of parameters, and which numbers
// rounding spoilt. Null where nothing is to be shown.
#pragma once

#include <vector>

#include "core/gradient_checks.h"
#include "core/precision_check.h"

namespace backstep {

struct GraphMarks {
  const GradientChecks* checks = nullptr;
  const std::vector<BadNumber>* bad_numbers = nullptr;
};

}  // namespace backstep
