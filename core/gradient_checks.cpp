#include "core/gradient_checks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace backstep {

namespace {

// Not a number is no small error.
bool is_worse(const GradientCheck& a, const GradientCheck& b) {
  if (severity(a.verdict) != severity(b.verdict)) return severity(a.verdict) > severity(b.verdict);
  return a.verdict == b.verdict &&
         (a.relative_error > b.relative_error || std::isnan(a.relative_error));
}

// From one entry checked to the next. It shares no factor with the number of
// columns, so that every column has its turn.
Index stride(Shape shape, Index wanted) {
  Index step = std::max<Index>(1, shape.size() / std::max<Index>(1, wanted));
  while (std::gcd(step, shape.columns) != 1) ++step;
  return step;
}

}  // namespace

int severity(Verdict verdict) {
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

std::vector<CheckedEntry> check_evenly(Nudger& nudger, int parameter, Shape shape, Index wanted) {
  std::vector<CheckedEntry> checks;
  for (Index entry = 0; entry < shape.size(); entry += stride(shape, wanted))
    checks.push_back({parameter, entry, nudger.check(parameter, entry)});
  return checks;
}

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

const CheckedEntry* GradientChecks::worst_of(int parameter) const {
  const CheckedEntry* worst = nullptr;
  for (std::size_t i = first_of_[static_cast<std::size_t>(parameter)];
       i < done() && checks_[i].parameter == parameter; ++i)
    if (!worst || is_worse(checks_[i].check, worst->check)) worst = &checks_[i];
  return worst;
}

std::size_t GradientChecks::count(Verdict verdict) const {
  return static_cast<std::size_t>(
      std::count_if(checks_.begin(), checks_.end(),
                    [&](const CheckedEntry& entry) { return entry.check.verdict == verdict; }));
}

}  // namespace backstep
