// The factors of one path to the loss, by name and by number: x · σ′(z) · W₂.
#pragma once

#include <string>
#include <vector>

#include "core/analysis/paths.h"

namespace backstep {

struct PathFactor {
  std::string name;   // "σ′(z₁)", "W₂[1,0]"
  std::string brief;  // "σ′", "W₂"
  double number = 1;
};

// Where an op hands a gradient on as it is (an addition), there is no factor;
// a path with no other has the factor 1.
std::vector<PathFactor> factors_of(const Graph& graph, const GradientPath& path);

// "0.5 · 0.2155 · (−0.9)", from the `first` factor on: "… · 0.2155 · (−0.9)".
std::string numbers_of(const std::vector<PathFactor>& factors, std::size_t first = 0);

// What makes the path stand out in the graph: its edges, and the entries along it.
std::vector<int> edges_of(const GradientPath& path);
std::vector<Index> entries_of(const GradientPath& path);

}  // namespace backstep
