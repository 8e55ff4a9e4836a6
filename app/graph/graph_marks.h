// GraphMarks are what is known of nodes beyond their numbers and shown on them
// when asked for: what the nudge check says of parameters, and which numbers
// rounding spoilt. Null where nothing is to be shown.
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

// What the checks and the rounding have to say, where `view` asks for it.
GraphMarks marks_of(Session& session, const ViewState& view);

}  // namespace backstep
