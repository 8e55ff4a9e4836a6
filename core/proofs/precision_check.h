// A precision check runs one pass twice from the same leaves, as it is rounded
// and in float64, and says which numbers the rounding spoilt.
#pragma once

#include <vector>

#include "core/stepping/timeline.h"

namespace backstep {

// What became of a number: 0 where float64 is not, infinite, or no number at all
// (of these two, float64 may be no better: exp(1000)).
enum class Spoilt { underflow, overflow, not_a_number };
const char* name_of(Spoilt spoilt);  // "underflow"

// The first entry of a node that one tick spoilt, and how many of them it spoilt.
struct BadNumber {
  int tick = 0;  // of the pass, from 1: the op that made it
  Phase phase = Phase::forward;
  int node = -1;  // whose value (forward, update) or gradient (backward) it is
  Index entry = 0;
  Spoilt spoilt = Spoilt::underflow;
  double exact = 0, got = 0;
  Index count = 1;
};

// In the order of ticks (one tick may spoil several nodes' gradients), over the whole of the
// timeline's present pass, wherever its cursor stands. A number is spoilt once: what merely follows
// from a bad operand (0 from 0, NaN from NaN) is not named again.
std::vector<BadNumber> bad_numbers(const Timeline& timeline);

}  // namespace backstep
