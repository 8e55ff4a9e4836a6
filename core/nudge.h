// A Nudger asks what really happens to the loss when one number is moved: it
// has a graph of its own, so nothing one looks at is disturbed. From such
// nudges come the numeric gradients that the analytic ones are checked against.
#pragma once

#include <vector>

#include "core/timeline.h"

namespace backstep {

// no_number: the loss is not a number here, so there is nothing to compare.
enum class Verdict { agrees, kink, differs, no_number };
constexpr int verdicts = 4;

// One entry's gradient, from the chain rule and from nudging.
struct GradientCheck {
  double analytic = 0, numeric = 0;
  double relative_error = 0;
  Verdict verdict = Verdict::agrees;
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

  // Compares ∂L/∂node[entry] from a backward pass, and what earlier passes
  // `added` to it, with central differences, which are always taken in float64.
  // Agreement is a relative error of at most 1e-6 (more where numbers are
  // rounded); a slope that differs from the left and the right however near is a
  // kink, even where both ways happen to agree, and no mistake.
  GradientCheck check(int node, Index entry, double added = 0);

 private:
  void run_with(int node, Index entry, double value);
  double numeric_gradient(int node, Index entry, double at);
  double slope_at(int node, Index entry, double value);
  double bend(int node, Index entry, double at, double h);
  Verdict verdict_of(int node, Index entry, double at, const GradientCheck& found,
                     double tolerance);

  Graph graph_;
};

}  // namespace backstep
