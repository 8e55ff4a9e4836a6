#include "core/proofs/gradient_checks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace backstep {

namespace {

// A network is checked completely if it has no more entries than this and the check
// takes no more multiplications, which is about 15 seconds.
constexpr Index most_entries_checked = 2000;
constexpr double most_multiplications = 1e11;
// An entry is nudged at least nine times, each a forward and a backward pass through
// what depends on it.
constexpr double passes_of_an_entry = 15;

// NaN counts as the largest error.
bool is_worse(const GradientCheck& a, const GradientCheck& b) {
  if (severity(a.verdict) != severity(b.verdict)) return severity(a.verdict) > severity(b.verdict);
  return a.verdict == b.verdict &&
         (a.relative_error > b.relative_error || std::isnan(a.relative_error));
}

// About how many multiplications a forward pass takes.
double multiplications(const Graph& graph) {
  double count = 0;
  for (int op : graph.ops()) {
    const Node& node = graph.node(op);
    const Index terms = is_op(node, "matmul") ? node.call.in[0].shape.columns : 1;
    count += static_cast<double>(node.value.shape.size() * terms);
  }
  return count;
}

// The distance from one checked entry to the next. It has no common factor with the
// number of columns, so that entries of every column are checked.
Index stride_for(Shape shape, Index wanted) {
  Index step = std::max<Index>(1, shape.size() / wanted);
  while (std::gcd(step, shape.columns) != 1) ++step;
  return step;
}

}  // namespace

int severity(Verdict verdict) {
  switch (verdict) {
    case Verdict::agrees:
      return 0;
    case Verdict::unresolved:
      return 1;
    case Verdict::kink:
    case Verdict::no_number:
      return 2;
    case Verdict::differs:
      return 3;
  }
  return 0;
}

GradientChecks::GradientChecks(const Graph& graph) : nudger_(graph) { plan(graph); }

GradientChecks::GradientChecks(const Timeline& timeline) : nudger_(timeline.graph()) {
  nudger_.follow(timeline);
  plan(timeline.graph());
  // The sums at the start of the pass do not include its own gradients yet.
  const TimelineState start = timeline.state();
  const double* added = timeline.updater().added_up(start.optimizer);
  if (!added || parts_.empty()) return;
  const Part& last = parts_.back();
  const Index size = timeline.graph().node(last.parameter).value.shape.size();
  sums_.assign(added, added + last.first_sum + static_cast<std::size_t>(size));
}

void GradientChecks::plan(const Graph& graph) {
  const auto parameters = static_cast<Index>(graph.parameters().size());
  const double affordable =
      most_multiplications / (passes_of_an_entry * std::max(1.0, multiplications(graph)));
  const Index entries = affordable < most_entries_checked ? static_cast<Index>(affordable) : most_entries_checked;
  std::size_t entries_before = 0;
  for (int parameter : graph.parameters()) {
    const Shape shape = graph.node(parameter).value.shape;
    Part part = {.parameter = parameter, .first = total_, .first_sum = entries_before};
    part.stride = stride_for(shape, std::max<Index>(1, entries / parameters));
    part.count = (shape.size() + part.stride - 1) / part.stride;
    parts_.push_back(part);
    total_ += static_cast<std::size_t>(part.count);
    entries_before += static_cast<std::size_t>(shape.size());
  }
}

const GradientChecks::Part* GradientChecks::part_of(int parameter) const {
  const auto found = std::find_if(parts_.begin(), parts_.end(),
                                  [&](const Part& part) { return part.parameter == parameter; });
  return found == parts_.end() ? nullptr : &*found;
}

Index GradientChecks::planned(int parameter) const {
  const Part* part = part_of(parameter);
  return part ? part->count : 0;
}

void GradientChecks::begin_next() {
  const auto after =
      std::upper_bound(parts_.begin(), parts_.end(), done(),
                       [](std::size_t number, const Part& part) { return number < part.first; });
  const Part& part = *std::prev(after);
  const Index entry = static_cast<Index>(done() - part.first) * part.stride;
  const double added = sums_.empty() ? 0 : sums_[part.first_sum + static_cast<std::size_t>(entry)];
  nudger_.begin_check(part.parameter, entry, added);
  begun_ = {part.parameter, entry, {}};
}

bool GradientChecks::work(const Deadline& deadline) {
  while (!finished() && !deadline.passed()) {
    if (!begun_) begin_next();
    if (!nudger_.work_on_check()) continue;
    begun_->check = nudger_.checked();
    checks_.push_back(*begun_);
    begun_.reset();
  }
  return finished();
}

const GradientCheck* GradientChecks::of(int parameter, Index entry) const {
  const Part* part = part_of(parameter);
  if (!part || entry % part->stride != 0) return nullptr;
  const std::size_t at = part->first + static_cast<std::size_t>(entry / part->stride);
  return at < done() ? &checks_[at].check : nullptr;
}

const CheckedEntry* GradientChecks::worst_of(int parameter) const {
  const Part* part = part_of(parameter);
  if (!part) return nullptr;
  const CheckedEntry* worst = nullptr;
  for (std::size_t i = part->first; i < done() && checks_[i].parameter == parameter; ++i)
    if (!worst || is_worse(checks_[i].check, worst->check)) worst = &checks_[i];
  return worst;
}

std::size_t GradientChecks::count(Verdict verdict) const {
  return static_cast<std::size_t>(
      std::count_if(checks_.begin(), checks_.end(),
                    [&](const CheckedEntry& entry) { return entry.check.verdict == verdict; }));
}

}  // namespace backstep
