// Branches are the cases of a formula: "1 if {a} > {b}, ½ if {a} = {b}, else 0". If the
// op's options and the numbers in the program decide a condition, only the cases that
// remain possible are shown.
#pragma once

#include <string>
#include <string_view>

#include "core/engine/graph.h"

namespace backstep {

// `formula` without the branches that are ruled out for the op: for "{b}·{a}^({b} − 1)
// if {b} ≠ 0, else 0" the first one in x**2, and the last one in x**0.
std::string open_branches(std::string_view formula, const Graph& graph, int op);

}  // namespace backstep
