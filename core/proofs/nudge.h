// A Nudger finds out what happens to the loss when one number is changed a little. It
// has a graph of its own, so that the graph on screen is not disturbed. Nudges give the
// numeric gradients that analytic ones are checked against.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/proofs/nudged_pass.h"
#include "core/proofs/slope_search.h"
#include "core/stepping/timeline.h"

namespace backstep {

// no_number: the loss or its slope is not a finite number, so there is nothing to
// compare. unresolved: nudging has no answer here, so the gradient may be right or wrong.
enum class Verdict { agrees, kink, differs, no_number, unresolved };
constexpr int verdicts = 5;

// Why nudging has no answer.
enum class Unclear {
  nothing,
  loss_not_finite,    // so there is no slope
  slope_not_finite,   // by the chain rule, and nudging finds none either
  number_not_finite,  // the number that is to be nudged
  too_small,          // the loss does not resolve such a small change
  edge,               // next to it the loss is not a number
  held,               // some derivative is clamped at a bound
  unsettled,          // smaller and smaller nudges do not converge to a slope
};

// One entry's gradient, from the chain rule and from nudging.
struct GradientCheck {
  double analytic = 0, numeric = 0;
  double relative_error = 0;
  double doubt = 0;  // how far the numeric gradient may be from the truth
  Verdict verdict = Verdict::agrees;
  Unclear unclear = Unclear::nothing;
};

class Nudger {
 public:
  explicit Nudger(const Graph& graph) : graph_(graph.clone()) {}

  // Takes over the leaves at the start of the timeline's present pass.
  void follow(const Timeline& timeline);

  // Its own graph after a whole forward and backward pass.
  const Graph& whole_pass();

  // The loss if entry `entry` of `node` is `value`: other leaves stay as they are, and
  // what depends on the entry is computed from `value`.
  double loss_at(int node, Index entry, double value);

  // What `entry` of `node` is in a forward pass.
  double value(int node, Index entry);

  // The loss at `count` values evenly from `from` to `to`.
  std::vector<double> curve(int node, Index entry, double from, double to, int count);

  // Compares ∂L/∂node[entry] from a backward pass, plus what earlier passes `added` to
  // it, with the slope that nudging finds, always in float64. They agree if the relative
  // error is at most 1e-6 (more if numbers are rounded) or within the doubt of the
  // numeric slope, if that is small. If the slopes from the left and the right differ
  // at any distance, it is a kink and not a mistake, unless the gradient lies outside
  // of both.
  GradientCheck check(int node, Index entry, double added = 0);

  // The same in steps of one pass each: work_on_check() returns whether the check is done,
  // and then checked() is its result.
  void begin_check(int node, Index entry, double added = 0);
  bool work_on_check();
  GradientCheck checked() const;

 private:
  void run_with(int node, Index entry, double value);
  bool wants_closer_look() const;

  Graph graph_;
  bool has_passed_ = false;             // graph_ holds the results of a whole pass
  std::unique_ptr<NudgedPass> nudged_;  // with the same leaves; made for the first check
  std::optional<SlopeSearch> search_;   // of the current check
  double analytic_ = 0;
  Nudged here_;  // with the number as it is
  bool is_held_ = false;
};

}  // namespace backstep
