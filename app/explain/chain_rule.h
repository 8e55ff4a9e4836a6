// The chain rule along one edge, written out: upstream × local, for one entry
// of the operand, summed over the outputs which that entry reaches.
#pragma once

#include "app/explain/explain.h"
#include "app/explain/pass_values.h"

namespace backstep {

// Longer sums are shortened after this many terms: "… 96 more".
constexpr Index shown_terms = 4;

Contribution explain_edge(const Timeline& timeline, PassValues& values, int edge, Index entry);

// An entry of the operand that takes part in entry `o` of the output.
Index entry_behind(const Timeline& timeline, PassValues& values, int edge, Index o);

// "comes at tick 11 of 20", for what `node` does in `phase`.
std::string tick_sentence(const Timeline& timeline, Phase phase, int node);

}  // namespace backstep
