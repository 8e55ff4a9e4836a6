#include "app/explain/check_summary.h"

#include <cmath>

#include "app/paint/numbers.h"

namespace backstep {

namespace {

std::string count_of(Index count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// "1 kink and 2 that cannot be nudged"
std::string exceptions(const CheckedParameter& checked) {
  std::string text;
  const auto add = [&](Verdict verdict, const char* one, const char* many) {
    const Index count = checked.of(verdict);
    if (count == 0) return;
    text += (text.empty() ? "" : " and ") + count_of(count, one, many);
  };
  add(Verdict::kink, "kink", "kinks");
  add(Verdict::no_number, "without a number", "without a number");
  add(Verdict::unresolved, "that cannot be nudged", "that cannot be nudged");
  return text;
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
    return count_of(checked.of(Verdict::differs), "entry differs", "entries differ");
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
      return "a kink: the slope to the left is not the slope to the right, and no mistake";
    case Verdict::differs:
      return "the chain rule says " + exact_number(check.analytic) + ", nudging says " +
             exact_number(check.numeric);
    case Verdict::no_number:
      return std::string("no number: ") + reason_words(check.unclear);
    case Verdict::unresolved:
      return std::string("cannot be nudged here: ") + reason_words(check.unclear);
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
      return "the chain rule gives none, and there is no slope that nudging finds";
    case Unclear::number_not_finite:
      return "it is not a finite number itself";
    case Unclear::too_small:
      return "the loss does not resolve so small a change";
    case Unclear::edge:
      return "beside it the loss is not a number";
    case Unclear::held:
      return "bce holds its derivative at a bound, where p is all but 0 or 1";
    case Unclear::unsettled:
      return "smaller and smaller nudges lead to no slope";
  }
  return "";
}

std::string share_words(const CheckedParameter& checked, Shape shape) {
  if (checked.entries >= shape.size()) return "";
  return std::to_string(checked.entries) + " of " + std::to_string(shape.size());
}

}  // namespace backstep
