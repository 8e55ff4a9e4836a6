// The chain rule along one edge, written out for one entry of the operand: upstream ×
// local, summed over the entries of the output that depend on it.
#pragma once

#include "app/explain/explain.h"
#include "app/explain/pass_values.h"

namespace backstep {

// Longer sums are shortened after this many terms: "… 96 more".
constexpr Index shown_terms = 4;

Contribution explain_edge(const Timeline& timeline, PassValues& values, int edge, Index entry);

// An entry of the operand on which entry `o` of the output depends.
Index entry_behind(const Timeline& timeline, PassValues& values, int edge, Index o);

// "comes at tick 11 of 20", for the tick that works on `node` in `phase`.
std::string tick_sentence(const Timeline& timeline, Phase phase, int node);

}  // namespace backstep
