// GraphMarks are shown on nodes on request: the verdicts of the gradient checks of
// parameters, and the numbers that rounding spoilt. Null if they are not shown.
#pragma once

#include <vector>

#include "app/session/session.h"
#include "app/view/view.h"
#include "core/proofs/gradient_checks.h"
#include "core/proofs/precision_check.h"

namespace backstep {

struct GraphMarks {
  const GradientChecks* checks = nullptr;
  const std::vector<BadNumber>* bad_numbers = nullptr;
};

// The marks that `view` asks for.
GraphMarks marks_of(const Session& session, const ViewState& view);

}  // namespace backstep
