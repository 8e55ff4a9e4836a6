#include "core/bug.h"

namespace backstep {

std::span<const Bug> all_bugs() { return {}; }

const Bug* find_bug(const std::string& id) {
  for (const Bug& row : all_bugs())
    if (id == row.id) return &row;
  return nullptr;
}

std::vector<const Bug*> bugs_for(const Graph& graph, const Training& training) {
  std::vector<const Bug*> fitting;
  for (const Bug& row : all_bugs())
    if (row.fits(graph, training)) fitting.push_back(&row);
  return fitting;
}

}  // namespace backstep
