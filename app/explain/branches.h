// Branches are the parts of a formula that holds under conditions: "1 if {a} > {b}, ½
// if {a} = {b}, else 0". Where the op's options and the numbers in the program decide a
// condition, only what it leaves is worth reading.
#pragma once

#include <string>
#include <string_view>

#include "core/engine/graph.h"

namespace backstep {

// `formula` without the branches that are ruled out for the op: of "{b}·{a}^({b} − 1)
// if {b} ≠ 0, else 0" the first in x**2, and the last in x**0.
std::string open_branches(std::string_view formula, const Graph& graph, int op);

}  // namespace backstep
