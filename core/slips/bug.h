// A Bug is a well-known slip in backpropagation, built into a network on
// purpose so that one can learn to find it: the values stay right and gradients
// (or updates) do not. Each is one row of the table in bug.cpp. The row of an op
// is never changed: the nodes of one graph get another rule (Graph::set_rule).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/engine/graph.h"
#include "core/stepping/training.h"

namespace backstep {

struct Bug {
  const char* id;     // "slope_of_z", as in lessons
  const char* title;  // "The slope is taken at z instead of a"
  const char* says;   // what it does and how it shows, once it is found
  // Whether the graph and its training have a place for it that changes a number.
  bool (*fits)(const Graph& graph, const Training& training);
  // Builds it in wherever it fits. Null where it is not about the graph.
  void (*plant)(Graph& graph) = nullptr;
  void (*plant_in_training)(Training& training) = nullptr;
};

std::span<const Bug> all_bugs();
const Bug* find_bug(const std::string& id);
// The bugs that fit, in the order of the table.
std::vector<const Bug*> bugs_for(const Graph& graph, const Training& training);

}  // namespace backstep
