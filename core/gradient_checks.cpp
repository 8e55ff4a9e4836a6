#include "core/gradient_checks.h"

#include <algorithm>

namespace backstep {

namespace {

// The worse a verdict is, the more it asks to be looked at.
int badness(Verdict verdict) {
  switch (verdict) {
    case Verdict::agrees:
      return 0;
    case Verdict::kink:
    case Verdict::no_number:
      return 1;
    case Verdict::differs:
      return 2;
  }
  return 0;
}

// Not a number is no small error.
bool is_worse(const GradientCheck& a, const GradientCheck& b) {
  if (a.verdict != b.verdict) return badness(a.verdict) > badness(b.verdict);
  return !(a.relative_error <= b.relative_error);
}

}  // namespace

GradientChecks::GradientChecks(const Timeline& timeline) : nudger_(timeline.graph()) {
  nudger_.follow(timeline);
  const Graph& graph = timeline.graph();
  parameters_ = graph.parameters();
  const auto size_of = [&](int parameter) {
    return static_cast<std::size_t>(graph.node(parameter).value.shape.size());
  };
  for (int parameter : parameters_) total_ += size_of(parameter);
  first_of_.assign(graph.nodes().size(), total_);
  std::size_t first = 0;
  for (int parameter : parameters_) {
    first_of_[static_cast<std::size_t>(parameter)] = first;
    first += size_of(parameter);
  }
  // The sums with which the pass began do not hold its own gradients yet.
  const Moment start = timeline.moment();
  if (const double* added = timeline.updater().added_up(start.optimizer))
    added_.assign(added, added + total_);
}

bool GradientChecks::work(const Deadline& deadline) {
  while (!finished() && !deadline.passed()) {
    const std::size_t next = done();
    std::size_t at = parameters_.size() - 1;  // of the parameter whose turn it is
    while (first_of_[static_cast<std::size_t>(parameters_[at])] > next) --at;
    const int parameter = parameters_[at];
    const auto entry = static_cast<Index>(next - first_of_[static_cast<std::size_t>(parameter)]);
    const double added = added_.empty() ? 0 : added_[next];
    checks_.push_back({parameter, entry, nudger_.check(parameter, entry, added)});
  }
  return finished();
}

const GradientCheck* GradientChecks::of(int parameter, Index entry) const {
  const std::size_t first = first_of_[static_cast<std::size_t>(parameter)];
  const std::size_t at = first + static_cast<std::size_t>(entry);
  return first < total_ && at < done() && checks_[at].parameter == parameter ? &checks_[at].check
                                                                             : nullptr;
}

const GradientCheck* GradientChecks::worst_of(int parameter) const {
  const GradientCheck* worst = nullptr;
  for (Index entry = 0; const GradientCheck* check = of(parameter, entry); ++entry)
    if (!worst || is_worse(*check, *worst)) worst = check;
  return worst;
}

std::size_t GradientChecks::count(Verdict verdict) const {
  return static_cast<std::size_t>(
      std::count_if(checks_.begin(), checks_.end(),
                    [&](const Entry& entry) { return entry.check.verdict == verdict; }));
}

}  // namespace backstep
