#include "app/explain/check_summary.h"

#include <cmath>

namespace backstep {

int severity(Verdict verdict) {
  return verdict == Verdict::differs ? 2 : verdict == Verdict::agrees ? 0 : 1;
}

std::vector<CheckedParameter> summary_of(const GradientChecks& checks) {
  std::vector<CheckedParameter> all;
  for (const GradientChecks::Entry& entry : checks.all()) {
    if (all.empty() || all.back().parameter != entry.parameter)
      all.push_back({.parameter = entry.parameter});
    CheckedParameter& row = all.back();
    const GradientCheck& check = entry.check;
    ++row.entries;
    ++row.count[static_cast<std::size_t>(check.verdict)];
    const bool worse = severity(check.verdict) > severity(row.verdict);
    const bool as_bad = check.verdict == row.verdict;
    const bool larger = check.relative_error > row.worst_error || std::isnan(check.relative_error);
    if (!worse && !(as_bad && larger)) continue;
    row.verdict = check.verdict;
    row.worst_error = check.relative_error;
    row.worst_entry = entry.entry;
  }
  return all;
}

}  // namespace backstep
