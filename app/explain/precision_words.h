// What is said of a number that rounding spoilt.
#pragma once

#include <string>

#include "core/proofs/precision_check.h"

namespace backstep {

// "∂L/∂z₁[0,2] underflows to 0 at backward op 9: exact 2.1e-9"
std::string sentence_of(const Timeline& timeline, const BadNumber& bad);

// "0↓", "∞", "NaN"
std::string sign_of(const BadNumber& bad);

}  // namespace backstep
