#include "core/nudge.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/passes.h"

namespace backstep {

namespace {

// Up to which relative error two slopes agree. Where every result is rounded,
// the chain rule's is some roundings away from the truth.
double largest_error(Precision precision) {
  return std::max(1e-6, std::ldexp(32.0, -format_of(precision).digits));
}

}  // namespace

void Nudger::follow(const Timeline& timeline) {
  timeline.copy_leaves_to(graph_);
  graph_.pass() = timeline.graph().pass();  // the same neurons dropped out
}

const Graph& Nudger::whole_pass() {
  forward_and_backward_pass(graph_);
  return graph_;
}

// A forward pass with the entry set by hand. Only a leaf keeps its number.
void Nudger::run_with(int index, Index entry, double value) {
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

double Nudger::value(int node, Index entry) {
  forward_pass(graph_);
  return graph_.node(node).value[entry];
}

std::vector<double> Nudger::curve(int node, Index entry, double from, double to, int count) {
  std::vector<double> losses;
  for (int i = 0; i < count; ++i)
    losses.push_back(loss_at(node, entry, from + (to - from) * i / (count - 1)));
  return losses;
}

// Central differences at h and h/2, extrapolated (Richardson), with the h whose
// own estimate of its error, of truncation and of rounding, is smallest.
double Nudger::numeric_gradient(int node, Index entry, double at) {
  const double epsilon = std::numeric_limits<double>::epsilon();
  double best = std::numeric_limits<double>::quiet_NaN(),
         least = std::numeric_limits<double>::infinity();
  for (double h = 1e-2 * std::max(1.0, std::abs(at)); h > 1e-6; h /= 8) {
    const auto slope = [&](double step) {
      return (loss_at(node, entry, at + step) - loss_at(node, entry, at - step)) / (2 * step);
    };
    const double wide = slope(h), narrow = slope(h / 2);
    const double estimate = (4 * narrow - wide) / 3;
    const double error =
        std::abs(estimate - narrow) + epsilon * std::abs(loss_at(node, entry, at)) / h;
    if (error < least) {
      least = error;
      best = estimate;
    }
  }
  return best;
}

// ∂L/∂node[entry] by the chain rule where the entry is `value`.
double Nudger::slope_at(int index, Index entry, double value) {
  const Node& node = graph_.node(index);
  const double saved = node.value[entry];
  run_with(index, entry, value);
  begin_backward(graph_);
  for (int op : graph_.backward_ops()) backward(graph_, op);
  if (node.is_leaf()) node.value[entry] = saved;
  return node.gradient[entry];
}

// How far the slope at `h` from here, on either side, is from the one here.
// Slopes are the chain rule's: no rounding of the loss gets between them, and
// what is wrong with a rule is wrong on both sides.
double Nudger::bend(int node, Index entry, double at, double h) {
  const double here = slope_at(node, entry, at);
  return std::max(std::abs(slope_at(node, entry, at + h) - here),
                  std::abs(slope_at(node, entry, at - h) - here));
}

Verdict Nudger::verdict_of(int node, Index entry, double at, const GradientCheck& found,
                           double tolerance) {
  const double difference = std::abs(found.analytic - found.numeric);
  const double size = std::max(std::abs(found.analytic), std::abs(found.numeric));
  // Below what rounding of the loss leaves to see, two slopes cannot be told apart.
  const double noise =
      1e-11 * std::abs(graph_.node(graph_.loss()).value[0]) + std::numeric_limits<double>::min();
  const bool agrees = difference <= tolerance * size + noise;
  const double scale = std::max(1.0, std::abs(at));
  const double near = bend(node, entry, at, 1e-6 * scale);
  // Where both agree, only a kink that bends the slope itself is worth a word. On
  // a smooth curve the bend shrinks with the distance; at a kink it does not.
  const bool worth_a_word = near > (agrees ? 1e-4 * size + noise : 0.5 * difference);
  if (worth_a_word && near > 0.5 * bend(node, entry, at, 1e-5 * scale)) return Verdict::kink;
  return agrees || difference <= near ? Verdict::agrees : Verdict::differs;
}

GradientCheck Nudger::check(int node, Index entry, double added) {
  Precision& precision = graph_.pass().precision;
  GradientCheck result;
  forward_and_backward_pass(graph_);
  result.analytic = rounded(added + graph_.node(node).gradient[entry], precision);
  const Precision usual = std::exchange(precision, Precision::float64);
  const double at = value(node, entry);
  if (!std::isfinite(graph_.node(graph_.loss()).value[0])) {
    precision = usual;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    return {result.analytic, nan, nan, Verdict::no_number};
  }
  result.numeric = numeric_gradient(node, entry, at);
  const double difference = std::abs(result.analytic - result.numeric);
  const double size = std::max(std::abs(result.analytic), std::abs(result.numeric));
  result.relative_error = difference == 0 ? 0 : difference / size;
  result.verdict = verdict_of(node, entry, at, result, largest_error(usual));
  precision = usual;
  return result;
}

}  // namespace backstep
