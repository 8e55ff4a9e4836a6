// The verdicts of the nudge check on numbers of all sizes, where curves bend sharply, at kinks,
// at the edges of domains, and where rounding of the loss hides the effect of a nudge.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "core/program/program.h"
#include "core/proofs/nudge.h"
#include "core/slips/broken_rules.h"

namespace backstep {
namespace {

const char* word(Verdict verdict) {
  switch (verdict) {
    case Verdict::agrees:
      return "agrees";
    case Verdict::kink:
      return "kink";
    case Verdict::differs:
      return "differs";
    case Verdict::no_number:
      return "no number";
    case Verdict::unresolved:
      return "cannot be nudged";
  }
  return "";
}

// The verdicts on all entries of all parameters, each named once, such as "agrees, kink".
std::string verdicts_on(const Graph& graph) {
  Nudger nudger(graph);
  std::string found;
  for (int parameter : graph.parameters())
    for (Index entry = 0; entry < graph.node(parameter).value.shape.size(); ++entry) {
      const std::string verdict = word(nudger.check(parameter, entry).verdict);
      if (found.find(verdict) == std::string::npos) found += (found.empty() ? "" : ", ") + verdict;
    }
  return found;
}

std::string verdicts_on(const char* program) { return verdicts_on(read_program(program)); }

TEST(NudgeVerdicts, RightGradientsAgreeAtEveryScale) {
  for (const char* program : {
           // raw data: salaries, prices, populations
           "x = input([[52000.0, 34.0], [61000.0, 45.0]])\nW = param([[0.00001], [0.01]])\n"
           "b = param(0.0)\nL = bce(sigmoid(x @ W + b), target([[0.0], [1.0]]))\n",
           "x = input([[250000.0, 3.0]])\nW = param([[0.000001], [0.1]])\nb = param(0.1)\n"
           "L = half_mse(tanh(x @ W + b), target(0.5))\n",
           "x = input([[120.0, 3], [45, 1], [210, 5]])\nW = param([[0.1], [-0.2]])\nb = "
           "param(0.0)\n"
           "L = mse(x @ W + b, target([[289000.0], [114000], [1250000]]))\n",
           "x = input([[1.0], [2.0]])\nW = param([[1e9]])\n"
           "L = mse(x @ W, target([[2.5e9], [1.9e9]]))\n",
           "x = input([[7.8e9, 3.3e8]])\nW = param([[1e-10], [2e-9]])\n"
           "L = half_mse(tanh(x @ W), target(0.1))\n",
           // normalised values that hardly differ
           "x = param([[0.000001, 0.000002, 0.000003]])\ng = param([[1.0, 2.0, 3.0]])\n"
           "h = param([[0.0, 0.0, 0.0]])\n"
           "L = mse(layer_norm(1000 * x, g, h), target([[1.0, 0.0, -1.0]]))\n",
           "x = param([[1.0, 2.0], [1.00001, 2.00003], [0.99998, 2.00001]])\n"
           "g = param([[1.0, 2.0]])\nh = param([[0.1, 0.2]])\n"
           "L = mse(batch_norm(x, g, h), target([[1.0, 0.0], [0.3, 1.0], [-0.7, 0.5]]))\n",
           // near the edge of a domain
           "p = param([[0.0000001, 0.9999999]])\nL = sum(-target([[1.0, 0.0]]) * log(p))\n",
           "p = param(1e-300)\nL = log(p)\n",
           "p = param(1e-12)\nL = sqrt(p) * 3 + 1\n",
           "p = param(1e-9)\nL = p ** 1.5\n",
           "p = param(1e-8)\nL = 1 / p\n",
           // smooth, but bending sharply
           "x = param(0.00001)\nL = sigmoid(1e4 * x)\n",
           "x = param(0.0)\nL = tanh(1e8 * x) + x\n",
           "x = param(1e-7)\nL = softplus(1e6 * x) + 2\n",
           "x = param(20.0)\nL = exp(x)\n",
           "x = param(100000.00003)\nL = sigmoid(1e4 * (x - 100000))\n",
           "x = param(3e-10)\nL = sum(exp(input([[1e9, -1e9]]) * x))\n",
           // logits far apart, and a loss that is nearly 0
           "z = param([[1000.0, -1000.0, 998.0]])\n"
           "L = cross_entropy(z, target([[0.0, 0.0, 1.0]]))\n",
           "z = param([[40.0]])\nL = bce_with_logits(z, target([[1.0]]))\n",
           // very large and very small gradients in one program
           "a = param(1e8)\nb = param(1e-8)\nL = a * b * b + b * a * a\n",
           "a = param(1e-8)\nb = param(3e7)\nL = (a * b) ** 2 + tanh(a)\n",
           // very near a kink
           "x = param(1e-9)\nL = relu(x)\n",
           "x = param(-1e-9)\nL = relu(x) + 1\n",
           "x = param(1e-7)\nL = abs(x) + 3\n",
           "x = param(1.00000001)\nL = clip(x) * x\n",
           "x = param(0.99999999)\nL = huber(x, target(0.0))\n",
           "x = param(0.5)\nL = maximum(x, 0.4999999)\n",
           // a parameter without effect on the loss
           "a = param(2.0)\nb = param(3.0)\nunused = a * b\nL = b * b\n",
           "x = param(-3.0)\nL = relu(x) + 5\n",
           "x = param(40.0)\nL = half_mse(sigmoid(x), "
           "target(1.0))\n",
           "x = param(0.3)\nL = (x - 0.3) ** 2\n",
           "x = param(0.0)\nL = abs(x) * x\n",
       })
    EXPECT_EQ(verdicts_on(program), "agrees") << program;
}

TEST(NudgeVerdicts, KinksAndOnlyKinksAreCalledKinks) {
  for (const char* program :
       {"x = param(0.0)\nL = relu(1e6 * x) + 3\n", "x = param(0.0)\nL = abs(1e-6 * x)\n",
        "x = param(1.0)\nL = clip(x) * 5\n", "x = param(2.0)\nL = maximum(x, 2 * x - 2)\n",
        "x = param(0.0)\nL = relu(x) - relu(-x)\n",
        "x = param(0.0)\nL = sigmoid(x) + leaky_relu(x)\n",
        "x = param(250000.0)\nL = mae(x, target(250000.0))\n",
        "x = param(0.0)\nL = sum(relu(input([[52000.0, -3.0]]) * x) * 0.001)\n"})
    EXPECT_EQ(verdicts_on(program), "kink") << program;
}

TEST(NudgeVerdicts, UnresolvedNudgesGetNoVerdict) {
  for (const char* program :
       {// effects below the rounding of the loss
        "x = param(30.0)\nL = sigmoid(x) + 1000\n", "x = param(1e-9)\nL = x ** 3 + 1\n",
        "x = param(-18.0)\nL = (tanh(x) - 0.3) ** 2\n",
        // the slope or the curve itself ends right here
        "w = param(0.0)\nL = w ** 1.5\n", "w = param(0.0)\nL = sqrt(w) ** 4\n",
        "w = param(0.0)\nL = (w * w) ** 0.25 * 0 + sqrt(w) ** 3\n",
        // bce limits its slope there
        "z = param(30.0)\nL = bce(sigmoid(z), target(0.0))\n"}) {
    const std::string found = verdicts_on(program);
    EXPECT_TRUE(found == "cannot be nudged" || found == "no number") << program << found;
  }
}

TEST(NudgeVerdicts, NoNumberOnBothSidesIsNoDifference) {
  for (const char* program :
       {"a = input(-2.0)\nb = param(-3.0)\nL = a ** b\n", "x = param(-1.0)\nL = log(x)\n",
        "x = param(0.0)\nL = sqrt(x)\n", "x = param([[0.0, 0.0]])\nL = sqrt(sum(x * x))\n"})
    EXPECT_EQ(verdicts_on(program), "no number") << program;
}

// The nudges give a number where the chain rule gives none: that is a mistake.
TEST(NudgeVerdicts, NoNumberDiffersFromANumber) {
  EXPECT_EQ(verdicts_on("x = param(2.0)\nL = x * x + 0 * sqrt(0 * x)\n"), "differs");
}

TEST(NudgeVerdicts, NumbersThatAreNotFiniteAreNotNudged) {
  for (const double value : {std::numeric_limits<double>::infinity(),
                             -std::numeric_limits<double>::infinity(), not_given, 1.7e308, -1e308})
    for (const char* program :
         {"x = param(1.0)\nL = sigmoid(x)\n", "x = param(1.0)\nL = x * 1e-300\n",
          "x = param(1.0)\ny = param(2.0)\nu = x * y\nL = y * 3\n"}) {
      const Graph graph = read_program(program);
      graph.node(0).value[0] = value;
      const GradientCheck check = Nudger(graph).check(0, 0);
      EXPECT_NE(check.verdict, Verdict::differs) << program << value;
      EXPECT_NE(check.verdict, Verdict::kink) << program << value;
      if (check.verdict == Verdict::agrees) {
        EXPECT_LE(check.relative_error, 1e-6);
      }
    }
}

// At a kink a gradient is still wrong when it lies beyond the slopes of both sides.
TEST(NudgeVerdicts, AWrongSignIsFoundAtAKinkToo) {
  Graph graph =
      read_program("x = param(0.3)\ny = param(1.0)\nL = mae(x, target(0.3)) + 5 - 2 * x\n");
  for (int op : graph.ops()) turn_sign(graph, op);
  Nudger nudger(graph);
  EXPECT_EQ(nudger.check(0, 0).verdict, Verdict::differs);
}

// A verdict of "agrees" never comes with a relative error near 1, even where both are near 0.
TEST(NudgeVerdicts, AgreementMeansASmallRelativeError) {
  int agree = 0;
  for (const char* program :
       {"x = param(0.0)\nL = abs(x) * x\n", "x = param(0.3)\nL = (x - 0.3) ** 2\n",
        "x = param(12.0)\nL = tanh(x)\n", "x = param(0.7)\nL = sigmoid(x)\n"}) {
    const GradientCheck check = Nudger(read_program(program)).check(0, 0);
    agree += check.verdict == Verdict::agrees;
    if (check.verdict == Verdict::agrees) {
      EXPECT_LE(check.relative_error, 1e-3) << program;
    }
  }
  EXPECT_GE(agree, 2);
}

}  // namespace
}  // namespace backstep
