// Random programs for tests: up to `most_ops` ops of the table on matrices of random shapes,
// which are broadcast and used more than once. Every value is finite, within the domain of the
// op that uses it, and away from kinks.
#pragma once

#include <string>

#include "core/base/random.h"
#include "core/engine/graph.h"

namespace backstep {

std::string random_program(std::uint64_t seed, int most_ops);

// A random whole number from 0 to count − 1.
inline int below(Random& random, int count) { return static_cast<int>(random.uniform() * count); }

// Whether the op `node`, after a forward pass, bends so sharply near the values of its operands
// that finite differences are meaningless there.
bool is_near_kink(const Graph& graph, int node);

}  // namespace backstep
