// Numbers that rounding spoilt, in words.
#pragma once

#include <string>

#include "core/proofs/precision_check.h"

namespace backstep {

// "∂L/∂z₁[0,2] underflows to 0 at backward op 9: exact 2.1e-9"
std::string bad_number_words(const Timeline& timeline, const BadNumber& bad);

// "0↓", "∞", "NaN"
std::string bad_number_sign(const BadNumber& bad);

}  // namespace backstep
