// A Bug is a well-known mistake in backpropagation, planted in a network on purpose
// so that one can learn to find it: values stay right, gradients or updates do not.
// Each is one row of the table in bug.cpp. The rows of ops are never changed: nodes
// of one graph get a rule of their own (Graph::set_rule).
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
  const char* explanation;  // what it does and how it shows, told once it is found
  // Whether it would change a gradient or an update of this graph and training.
  bool (*fits)(const Graph& graph, const Training& training);
  // Plants it wherever it fits; one of the two is null.
  void (*plant)(Graph& graph) = nullptr;
  void (*plant_in_training)(Training& training) = nullptr;
};

std::span<const Bug> all_bugs();
const Bug* find_bug(const std::string& id);
// The bugs that fit, in the order of the table.
std::vector<const Bug*> bugs_for(const Graph& graph, const Training& training);

}  // namespace backstep
