// A Nudger asks what really happens to the loss when one number is moved: it
// has a graph of its own, so nothing one looks at is disturbed. From such
// nudges come the numeric gradients that the analytic ones are checked against.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/proofs/nudged_pass.h"
#include "core/proofs/slope_search.h"
#include "core/stepping/timeline.h"

namespace backstep {

// no_number: the loss or its slope is not a number here, so there is nothing to
// compare. unresolved: it cannot be nudged here, and nothing is known either way.
enum class Verdict { agrees, kink, differs, no_number, unresolved };
constexpr int verdicts = 5;

// What keeps nudging from an answer.
enum class Unclear {
  nothing,
  loss_not_finite,    // and so there is no slope
  slope_not_finite,   // of the chain rule, where nudging finds none either
  number_not_finite,  // what would be nudged
  too_small,          // the loss does not resolve so small a change
  edge,               // beside it the loss is not a number
  held,               // some derivative is held at a bound
  unsettled,          // smaller and smaller nudges lead to no slope
};

// One entry's gradient, from the chain rule and from nudging.
struct GradientCheck {
  double analytic = 0, numeric = 0;
  double relative_error = 0;
  double doubt = 0;  // how far the numeric one may be from the truth
  Verdict verdict = Verdict::agrees;
  Unclear unclear = Unclear::nothing;
};

class Nudger {
 public:
  explicit Nudger(const Graph& graph) : graph_(graph.clone()) {}

  // Takes over the leaves with which the timeline's present pass began.
  void follow(const Timeline& timeline);

  // Its own graph after a whole forward and backward pass.
  const Graph& whole_pass();

  // The loss when entry `entry` of `node` is `value` and everything else as it
  // was; for the result of an op, what comes after it is computed from that.
  double loss_at(int node, Index entry, double value);

  // What `entry` of `node` is in a forward pass.
  double value(int node, Index entry);

  // The loss at `count` values evenly from `from` to `to`.
  std::vector<double> curve(int node, Index entry, double from, double to, int count);

  // Compares ∂L/∂node[entry] from a backward pass, and what earlier passes `added`
  // to it, with the slope that nudging finds, always in float64. They agree where the
  // relative error is at most 1e-6 (more where numbers are rounded) or what nudging
  // cannot tell, if that is little. A slope that differs from the left and the right
  // however near is a kink and no mistake, unless the gradient lies beyond both.
  GradientCheck check(int node, Index entry, double added = 0);

  // The same in steps of one pass each.
  void begin_check(int node, Index entry, double added = 0);
  bool work_on_check();           // true when it is done
  GradientCheck checked() const;  // then

 private:
  void run_with(int node, Index entry, double value);
  bool wants_closer_look() const;

  Graph graph_;
  bool has_passed_ = false;  // graph_ holds a whole pass
  // Of the same leaves; made for the first check.
  std::unique_ptr<NudgedPass> nudged_;
  std::optional<SlopeSearch> search_;  // of the check that was begun
  double analytic_ = 0;
  Nudged here_;  // the number as it is
  bool is_held_ = false;
};

}  // namespace backstep
