// Random programs for tests: up to `most_ops` ops of the table on matrices of
// random shapes, broadcast and used more than once, every value finite, inside
// what its op is defined on and away from kinks.
#pragma once

#include <string>

#include "core/base/random.h"
#include "core/engine/graph.h"

namespace backstep {

std::string random_program(std::uint64_t seed, int most_ops);

// A whole number from 0 to below `count`.
inline int below(Random& random, int count) { return static_cast<int>(random.uniform() * count); }

// Whether the op `node`, computed already, bends sharply near its operands'
// values, so that finite differences there say nothing.
bool is_near_kink(const Graph& graph, int node);

}  // namespace backstep
