#include "app/explain/check_summary.h"

#include <cmath>

#include "app/paint/numbers.h"
#include "core/base/text.h"

namespace backstep {

namespace {

// "1 kink and 2 that cannot be nudged"
std::string exceptions(const CheckedParameter& checked) {
  std::vector<std::string> parts;
  const auto add = [&](Verdict verdict, const char* one, const char* many) {
    const Index count = checked.of(verdict);
    if (count > 0) parts.push_back(counted(count, one, many));
  };
  add(Verdict::kink, "kink", "kinks");
  add(Verdict::no_number, "without a number", "without a number");
  add(Verdict::unresolved, "that cannot be nudged", "that cannot be nudged");
  return joined(parts, " and ");
}

}  // namespace

std::vector<CheckedParameter> summary_of(const GradientChecks& checks) {
  std::vector<CheckedParameter> all;
  for (const CheckedEntry& entry : checks.all()) {
    if (all.empty() || all.back().parameter != entry.parameter)
      all.push_back({.parameter = entry.parameter});
    CheckedParameter& row = all.back();
    const Verdict verdict = entry.check.verdict;
    ++row.entries;
    ++row.count[static_cast<std::size_t>(verdict)];
    if (verdict == Verdict::agrees || verdict == Verdict::differs)
      row.largest_error = std::fmax(row.largest_error, entry.check.relative_error);
  }
  for (CheckedParameter& row : all) row.worst = *checks.worst_of(row.parameter);
  return all;
}

std::string verdict_words(const CheckedParameter& checked) {
  if (checked.of(Verdict::differs) > 0)
    return counted(checked.of(Verdict::differs), "entry differs", "entries differ");
  if (checked.worst.check.unclear == Unclear::loss_not_finite) return "the loss is not a number";
  if (checked.of(Verdict::no_number) == checked.entries) return "no number";
  if (checked.of(Verdict::unresolved) == checked.entries) return "cannot be nudged here";
  const std::string but_for = exceptions(checked);
  return but_for.empty() ? "agrees" : "agrees but for " + but_for;
}

std::string check_words(const GradientCheck& check) {
  switch (check.verdict) {
    case Verdict::agrees:
      return "agrees";
    case Verdict::kink:
      return "a kink, not a mistake: the slopes to the left and to the right differ";
    case Verdict::differs:
      return text("the chain rule says {}, nudging says {}", exact_number(check.analytic),
                  exact_number(check.numeric));
    case Verdict::no_number:
      return text("no number: {}", reason_words(check.unclear));
    case Verdict::unresolved:
      return text("cannot be nudged here: {}", reason_words(check.unclear));
  }
  return "";
}

const char* reason_words(Unclear unclear) {
  switch (unclear) {
    case Unclear::nothing:
      return "";
    case Unclear::loss_not_finite:
      return "the loss is not a number";
    case Unclear::slope_not_finite:
      return "the chain rule gives none, and nudging finds none either";
    case Unclear::number_not_finite:
      return "it is not a finite number itself";
    case Unclear::too_small:
      return "the loss does not resolve so small a change";
    case Unclear::edge:
      return "next to it the loss is not a number";
    case Unclear::held:
      return "bce clamps its derivative, because p is almost 0 or 1";
    case Unclear::unsettled:
      return "smaller and smaller nudges do not converge to a slope";
  }
  return "";
}

std::string share_words(const CheckedParameter& checked, Shape shape) {
  if (checked.entries >= shape.size()) return "";
  return text("{} of {}", checked.entries, shape.size());
}

}  // namespace backstep
