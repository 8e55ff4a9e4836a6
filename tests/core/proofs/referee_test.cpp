// The nudge check as a referee: on thousands of random programs, with numbers of every size
// from 1e-8 to 1e8, it must not reject a right gradient, must not report a kink in a smooth
// curve, and must find every bug of the bug lab.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/passes.h"
#include "core/program/program.h"
#include "core/proofs/nudge.h"
#include "core/slips/bug.h"
#include "tests/core/program/random_program.h"

namespace backstep {
namespace {

constexpr int most_referee_ops = 14;

double scale_of(Random& random) { return std::pow(10.0, 16 * random.uniform() - 8); }

std::string matrix_text(Random& random, Shape shape, double scale) {
  const bool has_zeros = below(random, 6) == 0;
  std::string text = "[";
  for (Index row = 0; row < shape.rows; ++row) {
    text += row ? ", [" : "[";
    for (Index column = 0; column < shape.columns; ++column) {
      char number[40];
      std::snprintf(number, sizeof number, "%s%.6e", column ? ", " : "",
                    has_zeros && below(random, 2) ? 0 : scale * (2 * random.uniform() - 1));
      text += number;
    }
    text += "]";
  }
  return text + "]";
}

const char* pick(Random& random, std::initializer_list<const char*> words) {
  return words.begin()[below(random, static_cast<int>(words.size()))];
}

// A network as people write it, on raw data: inputs, weights and targets each have a scale of
// their own.
std::string network_program(std::uint64_t seed) {
  Random random(seed);
  const int rows = 1 + below(random, 4), hidden = 1 + below(random, 3);
  const auto text = [&](Shape shape, double scale) { return matrix_text(random, shape, scale); };
  const double of_inputs = below(random, 3) ? scale_of(random) : 1;
  double of_weights = below(random, 3) ? scale_of(random) : 1;
  if (below(random, 2)) of_weights = 1 / of_inputs;  // keeps activations from saturating
  std::string program = "x = input(" + text({rows, 2}, of_inputs) + ")\n";
  program += "W1 = param(" + text({2, hidden}, of_weights) + ")\n";
  program += "b1 = param(" + text({1, hidden}, below(random, 2) ? 0 : 1) + ")\n";
  program += "z1 = x @ W1 + b1\n";
  if (below(random, 4) == 0) {
    program += "g = param(" + text({1, hidden}, 1) + ")\ns = param(" + text({1, hidden}, 1) + ")\n";
    program += std::string("n1 = ") + pick(random, {"batch_norm", "layer_norm"}) + "(z1, g, s)\n";
  } else {
    program += "n1 = z1\n";
  }
  program += std::string("a1 = ") +
             pick(random, {"tanh", "sigmoid", "relu", "leaky_relu", "elu", "softplus", "gelu",
                           "silu", "softmax", "clip"}) +
             "(n1)\n";
  const bool of_classes = below(random, 4) == 0;
  const int outputs = of_classes ? 3 : 1;
  program += "W2 = param(" + text({hidden, outputs}, below(random, 3) ? 1 : scale_of(random)) +
             ")\nb2 = param(" + text({1, outputs}, 1) + ")\nz2 = a1 @ W2 + b2\n";
  if (of_classes) {
    program += "t = target([";
    for (int row = 0; row < rows; ++row)
      program +=
          std::string(row ? ", " : "") + pick(random, {"[1, 0, 0]", "[0, 1, 0]", "[0, 0, 1]"});
    return program + "])\nL = cross_entropy(z2, t)\n";
  }
  if (below(random, 2)) {
    program += "t = target([";
    for (int row = 0; row < rows; ++row)
      program += std::string(row ? ", " : "") + pick(random, {"[0]", "[1]"});
    return program + "])\n" +
           pick(random, {"L = bce(sigmoid(z2), t)\n", "L = bce_with_logits(z2, t)\n",
                         "L = half_mse(sigmoid(z2), t)\n", "L = naive_bce(sigmoid(z2), t)\n"});
  }
  program += "t = target(" + text({rows, 1}, below(random, 2) ? 1 : scale_of(random)) + ")\n";
  return program + "L = " + pick(random, {"mse", "half_mse", "mae", "huber"}) + "(z2, t)\n";
}

// A random program whose leaves are rescaled, beyond what it was made for.
Graph scaled_program(std::uint64_t seed) {
  Graph graph = read_program(random_program(seed, most_referee_ops));
  Random random(seed + 1000000);
  for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
    const Node& node = graph.nodes()[i];
    if (!node.is_editable() || below(random, 2)) continue;
    const double scale = scale_of(random);
    for (double& value : node.value) value *= scale;
  }
  return graph;
}

// The expressions at whose sign changes the op's slope jumps.
std::vector<double> corners_of(const Node& node) {
  std::vector<double> corners;
  const View first = node.call.in[0], second = node.call.in[1];
  for (Index i = 0; i < first.shape.size(); ++i) {
    const double at = first[i];
    for (const char* name : {"relu", "leaky_relu", "elu", "abs"})
      if (is_op(node, name)) corners.push_back(at);
    for (const char* name : {"maximum", "minimum", "mae"})
      if (is_op(node, name)) corners.push_back(at - second[i]);
    if (is_op(node, "clip")) {
      corners.push_back(at - node.call.options[0]);
      corners.push_back(at - node.call.options[1]);
    }
  }
  return corners;
}

// On which side of each corner the program lies when one number is set to `value`.
std::vector<int> sides_at(const Graph& graph, int leaf, Index entry, double value) {
  double& number = graph.node(leaf).value[entry];
  const double saved = std::exchange(number, value);
  forward_pass(graph);
  number = saved;
  std::vector<int> sides;
  for (int op : graph.ops())
    for (double corner : corners_of(graph.node(op))) sides.push_back((corner > 0) - (corner < 0));
  return sides;
}

// Whether a real kink lies nearer than a thousandth of the number, or a thousandth if that is
// more.
bool is_kink_within_reach(const Graph& graph, int leaf, Index entry) {
  const double at = graph.node(leaf).value[entry], reach = 1e-3 * std::max(1.0, std::abs(at));
  const std::vector<int> here = sides_at(graph, leaf, entry, at);
  for (double h = reach; h > 1e-16 * reach; h /= 10)
    for (double there : {at - h, at + h})
      if (sides_at(graph, leaf, entry, there) != here) return true;
  return false;
}

struct Counts {
  int setups = 0, entries = 0, kinks = 0;
  std::array<int, verdicts> by_verdict = {};
  std::map<std::string, int> bugs;  // how often each should have been found

  double resolved() const {
    return static_cast<double>(by_verdict[static_cast<std::size_t>(Verdict::agrees)]) / entries;
  }
};

std::string describe(std::uint64_t seed, const Graph& graph, int node, Index entry,
                     const GradientCheck& check) {
  char numbers[120];
  std::snprintf(numbers, sizeof numbers, ": %.17g against %.17g at %.17g", check.analytic,
                check.numeric, graph.node(node).value[entry]);
  return "seed " + std::to_string(seed) + ", " + graph.label(node) + " entry " +
         std::to_string(entry) + numbers;
}

// Copies of the graph, each with one of the bugs that apply to it.
std::vector<std::pair<const Bug*, Nudger>> with_bugs(const Graph& graph) {
  std::vector<std::pair<const Bug*, Nudger>> broken;
  forward_and_backward_pass(graph);
  if (!std::isfinite(graph.node(graph.loss()).value[0])) return broken;
  for (const Bug* bug : bugs_for(graph, Training())) {
    if (!bug->plant) continue;
    Graph with_bug = graph.clone();
    bug->plant(with_bug);
    broken.emplace_back(bug, Nudger(with_bug));
  }
  return broken;
}

// Checks one entry of every parameter, without a bug and with each bug that applies.
void try_setup(std::uint64_t seed, const Graph& graph, Counts& counts) {
  Nudger nudger(graph);
  auto broken = with_bugs(graph);
  Random random(seed);
  ++counts.setups;
  for (int parameter : graph.parameters()) {
    const Index entry = below(random, static_cast<int>(graph.node(parameter).value.shape.size()));
    const GradientCheck check = nudger.check(parameter, entry);
    ++counts.entries;
    ++counts.by_verdict[static_cast<std::size_t>(check.verdict)];
    EXPECT_NE(check.verdict, Verdict::differs) << describe(seed, graph, parameter, entry, check);
    if (check.verdict == Verdict::kink) {
      EXPECT_TRUE(is_kink_within_reach(graph, parameter, entry))
          << describe(seed, graph, parameter, entry, check);
    }
    if (check.verdict != Verdict::agrees) continue;
    EXPECT_LE(check.relative_error, 1e-3) << describe(seed, graph, parameter, entry, check);
    for (auto& [bug, referee] : broken) {
      const double wrong = referee.whole_pass().node(parameter).gradient[entry];
      const double size = std::max(std::abs(wrong), std::abs(check.analytic));
      if (!(std::abs(wrong - check.analytic) > 1e-5 * size + 3 * check.doubt)) continue;
      ++counts.bugs[bug->id];
      const GradientCheck with_bug = referee.check(parameter, entry);
      EXPECT_EQ(with_bug.verdict, Verdict::differs)
          << bug->id << ", " << describe(seed, graph, parameter, entry, with_bug);
    }
  }
}

void tell(const Counts& counts) {
  const auto count = [&](Verdict verdict) {
    return counts.by_verdict[static_cast<std::size_t>(verdict)];
  };
  std::cout << counts.setups << " set-ups, " << counts.entries
            << " entries: " << count(Verdict::agrees) << " agree (" << 100 * counts.resolved()
            << " %), " << count(Verdict::kink) << " at a kink, " << count(Verdict::no_number)
            << " without a number, " << count(Verdict::unresolved)
            << " cannot be nudged; bugs found:";
  for (const auto& [bug, found] : counts.bugs) std::cout << " " << bug << " " << found;
  std::cout << "\n";
}

constexpr std::uint64_t first_seed = 1, last_seed = 1000;  // for each kind of program

TEST(Referee, IsRightAboutNetworksOfRawData) {
  Counts counts;
  for (std::uint64_t seed = first_seed; seed <= last_seed; ++seed)
    try_setup(seed, read_program(network_program(seed)), counts);
  tell(counts);
  EXPECT_GT(counts.resolved(), 0.9);
  EXPECT_GT(counts.by_verdict[static_cast<std::size_t>(Verdict::kink)], 5);
  for (const char* bug : {"slope_of_z", "forgot_slope", "missing_transpose", "wrong_sign",
                          "missing_batch_mean", "bias_times_input"})
    EXPECT_GT(counts.bugs[bug], 300) << bug;
}

TEST(Referee, IsRightAboutRandomPrograms) {
  Counts counts;
  for (std::uint64_t seed = first_seed; seed <= last_seed; ++seed)
    try_setup(seed, scaled_program(seed), counts);
  tell(counts);
  EXPECT_GT(counts.resolved(), 0.9);
  EXPECT_GT(counts.bugs["overwritten"], 100);
}

}  // namespace
}  // namespace backstep
