// For every bug of the bug lab the nudge check marks exactly the entries it corrupts.
#include "core/slips/bug.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "core/engine/passes.h"
#include "core/program/program.h"
#include "core/proofs/gradient_checks.h"
#include "core/runs/experiment.h"

namespace backstep {
namespace {

// Has a batch, an activation of each kind, and square weight and batch matrices.
const char* const batch =
    "x = input([[0.5, -0.8, 0.3], [0.1, 0.9, -0.6], [-0.4, 0.3, 0.7]])\n"
    "y = target([[1.0], [0.0], [1.0]])\n"
    "W1 = param([[0.4, -0.7, 0.2], [0.6, 0.1, -0.3], [-0.5, 0.8, 0.9]])\n"
    "b1 = param([[0.1, 0.2, -0.1]])\n"
    "a1 = tanh(x @ W1 + b1)\n"
    "W2 = param([[0.3, -0.2, 0.7], [0.5, 0.6, -0.4], [-0.9, 0.2, 0.1]])\n"
    "b2 = param([[0.0, 0.1, 0.2]])\n"
    "a2 = silu(a1 @ W2 + b2)\n"
    "W3 = param([[0.8], [-0.6], [0.5]])\n"
    "b3 = param(0.05)\n"
    "p = sigmoid(a2 @ W3 + b3)\n"
    "L = half_mse(p, y)\n";
// One neuron whose program is written by hand.
const char* const neuron_with_target =
    "x = input(1.7)\nw = param(-0.6)\nb = param(0.4)\na = tanh(w * x + b)\nL = (target(0.9) - a) "
    "** "
    "2\n";
// Has nodes that are used more than once, and a loss written by hand.
const char* const shared =
    "x = input([[0.5, -0.8], [1.2, 0.4], [0.9, -0.3]])\nW = param([[0.7, -0.2], [0.3, 0.6]])\n"
    "h = sigmoid(x @ W)\nr = h + tanh(h @ W)\nv = param([[0.4], [-0.9]])\n"
    "L = mean((target([[0.2], [0.4], [0.1]]) - r @ v) ** 2)\n";
const char* const classes =
    "x = input([[0.5, -0.8], [1.2, 0.4]])\nt = target([[1, 0, 0], [0, 0, 1]])\n"
    "W1 = param([[0.7, -0.2], [0.3, 0.6]])\nb1 = param([[0.1, -0.1]])\nh = gelu(x @ W1 + b1)\n"
    "W2 = param([[0.7, -0.2, 0.4], [0.3, 0.6, -0.5]])\nL = cross_entropy(h @ W2, t)\n";

// Two blocks, each with a skip connection around it.
const char* const skips =
    "x = input([[0.5, -0.8], [1.2, 0.4]])\ny = target([[0.3], [0.8]])\n"
    "W1 = param([[0.7, -0.2], [0.3, 0.6]])\nb1 = param([[0.1, -0.1]])\n"
    "h1 = x + tanh(x @ W1 + b1)\n"
    "W2 = param([[-0.4, 0.9], [0.2, 0.5]])\nb2 = param([[0.3, 0.2]])\n"
    "h2 = h1 + tanh(h1 @ W2 + b2)\nL = huber(h2 @ param([[0.6], [-0.7]]), y)\n";

const char* const bug_programs[] = {batch, neuron_with_target, shared, classes, skips};

Setup setup_of(const std::string& program, const char* bug = "") {
  Setup setup;
  setup.program = program;
  setup.training.optimizer = "adam";
  setup.bug = bug;
  return setup;
}

using Entries = std::set<std::pair<int, Index>>;  // of parameters

// The parameter entries whose gradient the bug changes in the current pass.
Entries corrupted(const Timeline& broken, const Graph& right) {
  Entries entries;
  const std::vector<double> start = broken.state().optimizer;
  const double* added = broken.updater().added_up(start);
  broken.copy_leaves_to(right);
  const Graph wrong = broken.graph().clone();
  broken.copy_leaves_to(wrong);
  forward_and_backward_pass(right);
  forward_and_backward_pass(wrong);
  for (int parameter : right.parameters())
    for (Index i = 0; i < right.node(parameter).value.shape.size(); ++i) {
      const double truth = right.node(parameter).gradient[i];
      const double used = wrong.node(parameter).gradient[i] + (added ? *added++ : 0);
      if (std::abs(used - truth) > 1e-6 * std::max(std::abs(used), std::abs(truth)))
        entries.insert({parameter, i});
    }
  return entries;
}

Entries marked(const Timeline& timeline) {
  GradientChecks checks(timeline);
  checks.work(Deadline::never());
  Entries entries;
  for (const auto& [parameter, entry, check] : checks.all())
    if (check.verdict == Verdict::differs) entries.insert({parameter, entry});
  return entries;
}

TEST(BugLab, NudgingMarksExactlyWhatABugCorrupts) {
  std::map<std::string, int> fitted;
  for (const char* program : bug_programs) {
    Experiment right(setup_of(program));
    EXPECT_TRUE(marked(right.timeline()).empty()) << program;
    const auto fitting = bugs_for(right.timeline().graph(), right.setup().training);
    for (const Bug& bug : all_bugs()) {
      Experiment broken(setup_of(program, bug.id));
      broken.timeline().seek({2, 5});
      const Entries wrong = corrupted(broken.timeline(), right.timeline().graph().clone());
      EXPECT_EQ(marked(broken.timeline()), wrong) << bug.id << "\n" << program;
      const bool fits = std::find(fitting.begin(), fitting.end(), &bug) != fitting.end();
      EXPECT_EQ(!wrong.empty(), fits && bug.id != std::string("no_bias_correction"))
          << bug.id << "\n"
          << program;
      fitted[bug.id] += fits;
    }
  }
  for (const Bug& bug : all_bugs()) EXPECT_GE(fitted[bug.id], 2) << bug.id;
}

// A bug changes gradients alone; the values stay right.
TEST(BugLab, TheForwardPassStaysRight) {
  for (const Bug& bug : all_bugs()) {
    Experiment right(setup_of(batch)), broken(setup_of(batch, bug.id));
    for (Experiment* experiment : {&right, &broken})
      experiment->timeline().seek({0, experiment->timeline().forward_ticks()});
    for (std::size_t i = 0; i < right.timeline().graph().nodes().size(); ++i)
      EXPECT_EQ(copy_of(right.timeline().graph().nodes()[i].value),
                copy_of(broken.timeline().graph().nodes()[i].value));
  }
}

TEST(BugLab, NotZeroingGradientsShowsFromTheSecondPassOn) {
  Experiment broken(setup_of(batch, "not_zeroed"));
  EXPECT_TRUE(marked(broken.timeline()).empty());
  broken.timeline().seek({1, 0});
  EXPECT_FALSE(marked(broken.timeline()).empty());
}

// Only the size of the first update is wrong: m / √s is 0.1 / √0.001 times g / |g|.
TEST(BugLab, AdamWithoutBiasCorrectionMovesThreeTimesTooFarAtFirst) {
  Experiment right(setup_of(batch)), broken(setup_of(batch, "no_bias_correction"));
  for (Experiment* experiment : {&right, &broken}) experiment->timeline().train(1);
  const int w = right.timeline().graph().find("W1");
  const double before = right.timeline().leaf_at_start(w).entries[0];
  const double step = right.timeline().graph().node(w).value[0] - before;
  const double wrong = broken.timeline().graph().node(w).value[0] - before;
  EXPECT_NEAR(wrong / step, 0.1 / std::sqrt(0.001), 1e-3);
  EXPECT_TRUE(marked(broken.timeline()).empty());
}

bool fits(const char* bug, const std::string& program, const Training& training = {}) {
  return find_bug(bug)->fits(read_program(program), training);
}

TEST(BugLab, ABugFitsOnlyWhereItChangesANumber) {
  const std::string x = "x = input([[0.5, -0.8]])\n", end = "L = sum(h)\n";
  EXPECT_FALSE(fits("slope_of_z", x + "W = param(2, 2, init=\"ones\")\nh = relu(x @ W)\n" + end));
  EXPECT_FALSE(fits("forgot_slope", x + "W = param(2, 2, init=\"ones\")\nh = x @ W\n" + end));
  EXPECT_FALSE(fits("missing_transpose", x + "W = param(2, 3, init=\"ones\")\nh = x @ W\n" + end));
  const std::string symmetric = "h = tanh(x @ param([[1, 2], [3, 4]])) @ input([[1, 2], [2, 1]])\n";
  EXPECT_FALSE(fits("missing_transpose", x + symmetric + end));
  EXPECT_TRUE(fits("missing_transpose", x +
                                            "h = tanh(x @ param([[1, 2], [3, 4]])) @ "
                                            "input([[1, 2], [3, 1]])\n" +
                                            end));
  EXPECT_FALSE(fits("wrong_sign", "w = param(2.0)\nL = w * w\n"));
  EXPECT_FALSE(fits("missing_batch_mean", "w = param(2.0)\nL = mse(w, target(1.0))\n"));
  EXPECT_TRUE(fits("missing_batch_mean", "w = param([[2.0, 1]])\nL = mse(w, target([[1, 0]]))\n"));
  const std::string neuron_of_one = "w = param(2.0)\nb = param(1.0)\nL = w * input(1) + b\n";
  EXPECT_FALSE(fits("bias_times_input", neuron_of_one));
  EXPECT_FALSE(fits("overwritten", neuron_of_one));
  EXPECT_TRUE(fits("overwritten", "w = param(2.0)\nL = w * w\n"));
  EXPECT_FALSE(fits("no_bias_correction", neuron_of_one));
  Training training;
  training.zero_gradients = false;
  EXPECT_TRUE(fits("not_zeroed", neuron_of_one));
  EXPECT_FALSE(fits("not_zeroed", neuron_of_one, training));
  EXPECT_FALSE(fits("not_zeroed", "x = input(1.0)\nL = x * x\n"));
}

// The local derivatives on show are as wrong as the gradients computed from them.
TEST(BugLab, LocalDerivativesAgreeWithTheBrokenGradients) {
  for (const char* program : bug_programs)
    for (const Bug& bug : all_bugs()) {
      if (!bug.plant) continue;
      Graph graph = read_program(program);
      bug.plant(graph);
      forward_and_backward_pass(graph);
      for (const GraphEdge& edge : graph.edges()) {
        const Node& to = graph.node(edge.to);
        if (to.op->is_elementwise() || !edge.carries_gradient) continue;
        const Partial& partial = to.op->partials[static_cast<std::size_t>(edge.operand)];
        for (Index i = 0; i < edge.contribution.shape.size(); ++i) {
          double sum = 0;
          for (Index o = 0; o < to.value.shape.size(); ++o)
            sum += to.gradient[o] * partial.local_at(to.call, o, i);
          EXPECT_NEAR(sum, edge.contribution[i], 1e-12) << bug.id << "\n" << program;
        }
      }
    }
}

}  // namespace
}  // namespace backstep
