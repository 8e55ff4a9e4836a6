#include "app/explain/check_summary.h"

namespace backstep {

std::vector<CheckedParameter> summary_of(const GradientChecks& checks) {
  std::vector<CheckedParameter> all;
  for (const CheckedEntry& entry : checks.all()) {
    if (all.empty() || all.back().parameter != entry.parameter)
      all.push_back({.parameter = entry.parameter});
    ++all.back().entries;
    ++all.back().count[static_cast<std::size_t>(entry.check.verdict)];
  }
  for (CheckedParameter& row : all) row.worst = *checks.worst_of(row.parameter);
  return all;
}

}  // namespace backstep
