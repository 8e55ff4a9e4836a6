#include "core/proofs/nudge.h"

#include <algorithm>
#include <cmath>

#include "core/engine/passes.h"

namespace backstep {

namespace {

// Nudging has an answer if its doubt is at most this share of the slope.
constexpr double largest_doubt = 1e-3;
// A gradient that differs must do so by this many times the spread that rounding
// gives to slopes close by.
constexpr double spreads_to_differ = 10;
constexpr double share_that_is_nothing = 1e-9;
// If both slopes agree, a kink is only reported if it changes the slope by this share.
constexpr double smallest_reported_jump = 1e-4;

// The relative error up to which two slopes agree. If every result is rounded, the
// chain rule's slope is some roundings away from the truth.
double largest_error(Precision precision) {
  return std::max(1e-6, std::ldexp(32.0, -format_of(precision).digits));
}

// The verdict on a gradient, once nudging has found an estimate.
class Judge {
 public:
  // `right` is the gradient by the rules of the table, without any bug.
  Judge(double analytic, double right, const SlopeEstimate& found, double tolerance)
      : analytic_(analytic),
        right_(right),
        found_(found),
        difference_(std::abs(analytic - found.slope)),
        size_(std::max(std::abs(analytic), std::abs(found.slope))),
        allowed_(tolerance * size_ + 2 * found.error),
        largest_doubt_(std::max(largest_doubt, tolerance)) {}

  bool wants_closer_look() const { return found_.may_be_kink || !(difference_ <= allowed_); }

  Verdict verdict(const CloserLook& look) const {
    if (!std::isfinite(analytic_))
      return is_resolved() && !look.kink ? Verdict::differs : Verdict::no_number;
    if (look.kink) return at_kink(look);
    if (is_nothing()) return Verdict::agrees;
    if (difference_ <= allowed_ && found_.error <= largest_doubt_ * size_) return Verdict::agrees;
    const bool is_far = difference_ > allowed_ + spreads_to_differ * look.spread;
    return is_far && is_trusted() ? Verdict::differs : Verdict::unresolved;
  }

  double relative_error() const {
    if (difference_ == 0) return 0;
    return difference_ / (is_nothing() ? found_.nearby : size_);
  }

 private:
  // At a minimum the gradient is 0, and what nudging finds is negligible compared to the
  // slopes nearby.
  bool is_nothing() const {
    if (difference_ == 0 && size_ == 0) return true;
    return analytic_ == 0 && difference_ <= allowed_ &&
           found_.error <= share_that_is_nothing * found_.nearby;
  }

  // The steps that the loss can resolve may reach across a bend or a kink nearby. Then
  // the chain rule agrees with nudging around the number and differs at the number
  // itself, without being wrong.
  bool is_trusted() const {
    const auto says_the_same = [&](double slope) {
      return std::abs(slope - found_.slope) <= allowed_;
    };
    return says_the_same(right_) || (!found_.may_be_kink && !says_the_same(found_.around));
  }

  bool is_resolved() const {
    return is_trusted() && found_.error <= largest_doubt_ * std::abs(found_.slope) &&
           found_.slope != 0;
  }

  // At a kink every slope between those of the two sides is right.
  Verdict at_kink(const CloserLook& look) const {
    const double beyond = std::max(look.least - analytic_, analytic_ - look.most);
    if (beyond > allowed_) return Verdict::differs;
    const bool is_small = difference_ <= allowed_ && look.spread <= smallest_reported_jump * size_;
    return is_small ? Verdict::agrees : Verdict::kink;
  }

  double analytic_, right_;
  const SlopeEstimate& found_;
  double difference_, size_, allowed_, largest_doubt_;
};

Unclear reason(NoSlope trouble) {
  switch (trouble) {
    case NoSlope::not_finite:
      return Unclear::number_not_finite;
    case NoSlope::edge:
      return Unclear::edge;
    case NoSlope::unsettled:
      return Unclear::unsettled;
  }
  return Unclear::unsettled;
}

}  // namespace

void Nudger::follow(const Timeline& timeline) {
  if (!graph_.shaped_like(timeline.graph())) graph_ = timeline.graph().clone();
  timeline.copy_leaves_to(graph_);
  graph_.pass() = timeline.graph().pass();  // so that dropout drops the same neurons
  has_passed_ = false;
  nudged_.reset();
}

const Graph& Nudger::whole_pass() {
  if (!has_passed_) forward_and_backward_pass(graph_);
  has_passed_ = true;
  return graph_;
}

// Runs a forward pass with the entry set by hand. A leaf keeps that number.
void Nudger::run_with(int index, Index entry, double value) {
  has_passed_ = false;
  const Node& node = graph_.node(index);
  if (node.is_leaf()) node.value[entry] = value;
  for (int op : graph_.ops()) {
    forward(graph_, op);
    if (op == index) node.value[entry] = value;
  }
}

double Nudger::loss_at(int index, Index entry, double value) {
  double& number = graph_.node(index).value[entry];
  const double saved = number;
  run_with(index, entry, value);
  const double loss = graph_.node(graph_.loss()).value[0];
  if (graph_.node(index).is_leaf()) number = saved;
  return loss;
}

double Nudger::value(int node, Index entry) { return whole_pass().node(node).value[entry]; }

std::vector<double> Nudger::curve(int node, Index entry, double from, double to, int count) {
  std::vector<double> losses;
  for (int i = 0; i < count; ++i)
    losses.push_back(loss_at(node, entry, from + (to - from) * i / (count - 1)));
  return losses;
}

void Nudger::begin_check(int node, Index entry, double added) {
  const Graph& graph = whole_pass();
  analytic_ = round_to(added + graph.node(node).gradient[entry], graph.pass().precision);
  if (!nudged_) nudged_ = std::make_unique<NudgedPass>(graph);
  nudged_->choose(node, entry);
  here_ = nudged_->at(nudged_->start());
  is_held_ = nudged_->is_held();
  search_.emplace(nudged_->start(), here_);
}

bool Nudger::work_on_check() {
  if (!search_->done()) search_->take(nudged_->at(search_->next()));
  if (search_->done() && !search_->has_looked_closer() && wants_closer_look())
    search_->look_closer();
  return search_->done();
}

bool Nudger::wants_closer_look() const {
  const SlopeEstimate found = search_->found();
  return found.exists() &&
         Judge(analytic_, here_.slope, found, largest_error(graph_.pass().precision))
             .wants_closer_look();
}

GradientCheck Nudger::checked() const {
  GradientCheck result = {analytic_, not_given, not_given, not_given};
  const auto answer = [&](Verdict verdict, Unclear unclear) {
    result.verdict = verdict;
    result.unclear = unclear;
    return result;
  };
  if (!here_.has_loss()) return answer(Verdict::no_number, Unclear::loss_not_finite);
  const SlopeEstimate found = search_->found();
  if (!found.exists())
    return std::isfinite(analytic_) ? answer(Verdict::unresolved, reason(search_->trouble()))
                                    : answer(Verdict::no_number, Unclear::slope_not_finite);
  const double tolerance = largest_error(graph_.pass().precision);
  const CloserLook look = search_->has_looked_closer() ? search_->closer_look() : CloserLook();
  const double right = here_.slope;
  const Judge judge(analytic_, right, found, tolerance);
  result = {analytic_, found.slope, judge.relative_error(), found.error, judge.verdict(look)};
  switch (result.verdict) {
    case Verdict::agrees:
    case Verdict::kink:
      break;
    case Verdict::differs:
      // It is not a mistake if the right rule differs from nudging as well.
      if (is_held_ && Judge(right, right, found, tolerance).verdict(look) == Verdict::differs)
        return answer(Verdict::unresolved, Unclear::held);
      break;
    case Verdict::no_number:
      return answer(Verdict::no_number, Unclear::slope_not_finite);
    case Verdict::unresolved:
      return answer(Verdict::unresolved,
                    found.noise > found.error / 100 ? Unclear::too_small : Unclear::unsettled);
  }
  return result;
}

GradientCheck Nudger::check(int node, Index entry, double added) {
  begin_check(node, entry, added);
  while (!work_on_check()) continue;
  return checked();
}

}  // namespace backstep
