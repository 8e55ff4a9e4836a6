// A precision check runs one pass twice from the same leaves, rounded and in float64,
// and finds the numbers that rounding spoilt.
#pragma once

#include <vector>

#include "core/stepping/timeline.h"

namespace backstep {

// What became of a number: 0 where float64 is not, infinite, or NaN. (float64 may give
// infinity or NaN as well, as for exp(1000).)
enum class Spoilt { underflow, overflow, not_a_number };
const char* name_of(Spoilt spoilt);  // "underflow"

// The first entry of a node that one tick spoilt, and how many entries it spoilt.
struct BadNumber {
  int tick = 0;  // of the pass, from 1
  Phase phase = Phase::forward;
  int node = -1;  // its value (forward, update) or its gradient (backward) is spoilt
  Index entry = 0;
  Spoilt spoilt = Spoilt::underflow;
  double exact = 0, got = 0;
  Index count = 1;
};

// All bad numbers of the timeline's present pass, wherever its cursor stands, in the order
// of ticks; one tick may spoil the gradients of several nodes. What merely follows from a
// bad operand (0 from 0, NaN from NaN) is not listed.
std::vector<BadNumber> bad_numbers(const Timeline& timeline);

}  // namespace backstep
