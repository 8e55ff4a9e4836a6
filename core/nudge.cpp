#include "core/nudge.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/passes.h"

namespace backstep {

void Nudger::follow(const Timeline& timeline) {
  timeline.copy_leaves_to(graph_);
  graph_.pass() = timeline.graph().pass();  // the same neurons dropped out
}

double Nudger::loss_at(int index, Index entry, double value) {
  const Node& node = graph_.node(index);
  if (node.is_leaf()) {
    const double saved = std::exchange(node.value[entry], value);
    forward_pass(graph_);
    node.value[entry] = saved;
  } else {
    for (int op : graph_.ops()) {
      forward(graph_, op);
      if (op == index) node.value[entry] = value;
    }
  }
  return graph_.node(graph_.loss()).value[0];
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

bool Nudger::has_kink(int node, Index entry, double at) {
  const double here = loss_at(node, entry, at);
  const auto jump = [&](double h) {
    const double right = (loss_at(node, entry, at + h) - here) / h;
    const double left = (here - loss_at(node, entry, at - h)) / h;
    return std::abs(right - left) / std::max({std::abs(right), std::abs(left), 1e-300});
  };
  // On a smooth curve the two slopes close in on each other as h shrinks.
  const double scale = std::max(1.0, std::abs(at));
  return jump(1e-5 * scale) > 1e-2 && jump(1e-6 * scale) > 0.5 * jump(1e-5 * scale);
}

GradientCheck Nudger::check(int node, Index entry) {
  forward_and_backward_pass(graph_);
  GradientCheck result;
  result.analytic = graph_.node(node).gradient[entry];
  const double at = graph_.node(node).value[entry];
  const double loss = graph_.node(graph_.loss()).value[0];
  result.numeric = numeric_gradient(node, entry, at);
  const double difference = std::abs(result.analytic - result.numeric);
  const double size = std::max(std::abs(result.analytic), std::abs(result.numeric));
  result.relative_error = difference == 0 ? 0 : difference / size;
  // Below what rounding of the loss leaves to see, two slopes cannot be told apart.
  const double noise = 1e-11 * std::abs(loss) + 1e-300;
  if (difference <= 1e-6 * size + noise) return result;
  result.verdict = has_kink(node, entry, at) ? Verdict::kink : Verdict::differs;
  return result;
}

}  // namespace backstep
