// The factors of one path to the loss, as names and as numbers: x · σ′(z) · W₂.
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

// Ops that pass a gradient on unchanged, such as an addition, give no factor. A path
// without any factor has the factor 1.
std::vector<PathFactor> path_factors(const Graph& graph, const GradientPath& path);

// "0.5 · 0.2155 · (−0.9)", or with `first` 1 "… · 0.2155 · (−0.9)".
std::string path_numbers(const std::vector<PathFactor>& factors, std::size_t first = 0);

// The edges of a path and the entries along it, for highlighting it in the graph.
std::vector<int> edges_of(const GradientPath& path);
std::vector<Index> entries_of(const GradientPath& path);

}  // namespace backstep
