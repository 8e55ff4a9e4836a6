// How a user's predictions are judged: which are right, and which slip explains a wrong one.
#include "core/slips/prediction.h"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "core/engine/passes.h"
#include "core/program/program.h"

namespace backstep {
namespace {

// One neuron with z = 1, so that a = tanh(1) = 0.7616 and the slope is 0.42.
const char* const neuron =
    "x = input(1.5)\nw = param(-2.0)\nb = param(4.0)\nz = w * x + b\na = tanh(z)\nL = a * 3\n";
// Two layers and a batch of two rows.
const char* const layers =
    "x = input([[0.5, -0.8], [0.1, 0.9]])\nW1 = param([[0.4, -0.7], [0.6, 0.2]])\n"
    "b1 = param([[0.1, 0.2]])\nz1 = x @ W1 + b1\na1 = sigmoid(z1)\n"
    "W2 = param([[0.3], [-0.9]])\nz2 = a1 @ W2\np = tanh(z2)\n"
    "L = half_mse(p, target([[1.0], [0.0]]))\n";
// A number that reaches the loss along several paths.
const char* const fork = "x = param(0.7)\nu = x * 3\nv = x ** 2\nL = u * v + exp(x)\n";

struct Asking {
  Graph graph;
  explicit Asking(const char* program) : graph(read_program(program)) {
    forward_and_backward_pass(graph);
  }
  Question about(const char* name, Index entry = 0, Asked asked = Asked::gradient) const {
    return {asked, graph.find(name), entry};
  }
  Judgement operator()(const char* name, const std::string& answer, Index entry = 0,
                       Asked asked = Asked::gradient) const {
    return judge(graph, about(name, entry, asked), answer);
  }
  Judgement operator()(const char* name, double answer, Index entry = 0,
                       Asked asked = Asked::gradient) const {
    std::ostringstream text;
    text.precision(4);
    text << answer;
    return (*this)(name, text.str(), entry, asked);
  }
  double gradient(const char* name, Index entry = 0) const {
    return truth_of(graph, about(name, entry));
  }
  double value(const char* name, Index entry = 0) const {
    return truth_of(graph, about(name, entry, Asked::value));
  }
};

void expect_slip(const Judgement& judgement, Slip slip) {
  EXPECT_FALSE(judgement.right);
  EXPECT_EQ(judgement.slip, slip) << judgement.words;
  EXPECT_FALSE(judgement.words.empty());
}

TEST(Prediction, IsRightToTheDigitsTyped) {
  const Asking asking("w = param(0.42345)\nL = w * 1\n");
  const auto is_right = [&](const char* answer) {
    return asking("L", answer, 0, Asked::value).right;
  };
  for (const char* answer :
       {"0.42", "0.423", "0.4235", "+0.42345", "4.2e-1", " 0,42 ", "0.42345001"})
    EXPECT_TRUE(is_right(answer)) << answer;
  EXPECT_TRUE(is_right("0.4236")) << "within half a percent";
  for (const char* answer : {"0.4", "0.43", "0.41", "0.45", "-0.42", "0", "4.2"})
    EXPECT_FALSE(is_right(answer)) << answer;
}

TEST(Prediction, ZeroIsRightOnlyWhereItIsZero) {
  const Asking asking("w = param(-1.0)\nv = param(1e-5)\nL = relu(w) + v * v\n");
  EXPECT_TRUE(asking("w", "0").right);
  EXPECT_TRUE(asking("w", "0.0").right);
  EXPECT_FALSE(asking("w", "0.001").right);
  EXPECT_FALSE(asking("v", "0").right);
  EXPECT_TRUE(asking("v", "2e-5").right);
}

TEST(Prediction, AnExponentOutOfRangeIsRead) {
  const Asking asking("w = param(-1.0)\nv = param(2.0)\nL = relu(w) + v * 1\n");
  EXPECT_TRUE(asking("w", "0e99999999999").right);
  EXPECT_TRUE(asking("w", "0e-99999999999").right);
  EXPECT_FALSE(asking("v", "0e99999999999").right);
  EXPECT_TRUE(asking("v", "1e+0").right);
  EXPECT_FALSE(asking("v", "1.5e+0").right);
  for (const char* answer : {"1e99999999999", "1e-99999999999", "1e999", "-1e999", "1e"}) {
    const Judgement judgement = asking("v", answer);
    expect_slip(judgement, Slip::unknown);
    EXPECT_NE(judgement.words.find("not a number"), std::string::npos) << answer;
  }
  EXPECT_TRUE(asking("v", "0e99999999999", 0, Asked::sign_of_gradient).slip != Slip::none);
}

TEST(Prediction, ARightAnswerIsExplainedWithItsNumbers) {
  EXPECT_EQ(Asking(neuron)("a", "3").words, "Right: upstream times slope, 1 × 3, is 3.");
  const Judgement two = Asking(fork)("x", Asking(fork).gradient("x"));
  EXPECT_TRUE(two.right);
  EXPECT_NE(two.words.find(" + "), std::string::npos) << two.words;
  EXPECT_EQ(Asking(neuron)("z", "1", 0, Asked::value).words, "Right: z is 1.");
}

TEST(Prediction, TextThatIsNotANumberIsRefused) {
  const Asking asking(neuron);
  for (const char* answer : {"", "abc", "1.2.3", "+", "--3", "nan"}) {
    const Judgement judgement = asking("w", answer);
    expect_slip(judgement, Slip::unknown);
    EXPECT_NE(judgement.words.find("not a number"), std::string::npos);
  }
  expect_slip(asking("w", "perhaps", 0, Asked::sign_of_gradient), Slip::unknown);
}

TEST(Prediction, SignsCanBeTypedInManyWays) {
  const Asking asking("w = param(2.0)\nv = param(3.0)\nu = param(-1.0)\nL = w - v + relu(u)\n");
  const auto judged = [&](const char* name, const char* answer) {
    return asking(name, answer, 0, Asked::sign_of_gradient);
  };
  for (const char* answer : {"+", "positive", "Up", " plus ", "0.3", "+1"}) {
    EXPECT_TRUE(judged("w", answer).right) << answer;
    expect_slip(judged("v", answer), Slip::wrong_sign);
    expect_slip(judged("u", answer), Slip::unknown);
  }
  for (const char* answer : {"-", "−", "negative", "down", "-2"}) {
    EXPECT_TRUE(judged("v", answer).right) << answer;
    expect_slip(judged("w", answer), Slip::wrong_sign);
  }
  for (const char* answer : {"0", "zero", "none"}) EXPECT_TRUE(judged("u", answer).right) << answer;
  EXPECT_NE(judged("w", "+").words.find("a larger w makes the loss larger"), std::string::npos);
}

TEST(Prediction, AWrongSign) {
  for (const char* program : {neuron, layers, fork}) {
    const Asking asking(program);
    for (int parameter : asking.graph.parameters()) {
      const char* name = asking.graph.node(parameter).name.c_str();
      expect_slip(asking(name, -asking.gradient(name)), Slip::wrong_sign);
    }
  }
  expect_slip(Asking(neuron)("a", -Asking(neuron).value("a"), 0, Asked::value), Slip::wrong_sign);
}

TEST(Prediction, AForgottenSlope) {
  const Asking one(neuron);
  expect_slip(one("z", 3.0), Slip::forgot_slope);
  expect_slip(one("w", 3 * 1.5), Slip::forgot_slope);
  expect_slip(one("a", "1"), Slip::forgot_slope);  // the upstream gradient passed on unchanged
  EXPECT_NE(one("w", 4.5).words.find("a = tanh(z)"), std::string::npos);
  // In two layers either slope may be left out, or both.
  const Asking two(layers);
  double without_first = 0, without_second = 0, without_both = 0;
  for (Index row = 0; row < 2; ++row) {
    const double p = two.value("p", row), a = two.value("a1", 2 * row), x = two.value("x", 2 * row);
    const double error = (p - (row == 0)) / 2, w = two.value("W2");
    const double second = 1 - p * p, first = a * (1 - a);
    without_first += error * second * w * x;
    without_second += error * w * first * x;
    without_both += error * w * x;
  }
  for (double answer : {without_first, without_second, without_both})
    expect_slip(two("W1", answer), Slip::forgot_slope);
  EXPECT_NE(two("W1", without_second).words.find("p = tanh(z2)"), std::string::npos);
  const Asking three(fork);
  const double truth = three.gradient("v");
  ASSERT_NEAR(truth, 2.1, 1e-12);
  expect_slip(three("x", 3 * 0.49 + 2.1 * 1 + std::exp(0.7)), Slip::forgot_slope);
}

TEST(Prediction, TheWeightInPlaceOfTheInput) {
  const Asking one(neuron);
  const double upstream = one.gradient("z");
  expect_slip(one("w", upstream * -2), Slip::weight_for_input);
  expect_slip(one("x", upstream * 1.5), Slip::weight_for_input);
  const Asking two(layers);
  const double back = two.gradient("z1") + two.gradient("z1", 2);
  expect_slip(two("W1", back * 0.4), Slip::weight_for_input);
  expect_slip(two("x", (two.gradient("z1") + two.gradient("z1", 1)) * 0.5), Slip::weight_for_input);
  EXPECT_NE(one("w", upstream * -2).words.find("w * x"), std::string::npos);
  // With two weights in a row the slip is possible at either.
  const Asking chain("x = input(1.3)\nv = param(0.7)\nw = param(-0.4)\nL = w * (v * x)\n");
  expect_slip(chain("v", 0.7 * -0.4), Slip::weight_for_input);
  expect_slip(chain("v", 1.3 * 0.7 * 1.3), Slip::weight_for_input);
}

TEST(Prediction, OnePathOnly) {
  const Asking asking(fork);
  const double v = 0.49, u = 2.1;
  for (double answer : {3 * v, u * 1.4, std::exp(0.7)})
    expect_slip(asking("x", answer), Slip::one_path_only);
  const Asking batch(layers);  // the answers are contributions of single rows
  expect_slip(batch("W1", 0.5 * batch.gradient("z1")), Slip::one_path_only);
  expect_slip(batch("b1", batch.gradient("z1", 2)), Slip::one_path_only);
  expect_slip(Asking("x = param(5.0)\nL = x * x\n")("x", "5"), Slip::one_path_only);
  expect_slip(batch("z2", 0.3 * batch.value("a1"), 0, Asked::value), Slip::one_path_only);
}

TEST(Prediction, TheForgottenMean) {
  const Asking asking(layers);
  for (const char* name : {"W1", "W2", "b1", "p"}) {
    expect_slip(asking(name, 2 * asking.gradient(name)), Slip::forgot_mean);
    EXPECT_NE(asking(name, 2 * asking.gradient(name)).words.find("divides by 2"),
              std::string::npos);
  }
  const Asking classes(
      "x = input([[0.5, -0.8], [1.2, 0.4], [0.3, 0.2]])\nW = param([[0.7, -0.2], [0.3, 0.6]])\n"
      "L = cross_entropy(x @ W, target([[1, 0], [0, 1], [1, 0]]))\n");
  expect_slip(classes("W", 3 * classes.gradient("W", 1), 1), Slip::forgot_mean);
  const Asking by_hand("w = param([[0.5, 0.2, 0.9]])\nL = mean(w ** 3)\n");
  expect_slip(by_hand("w", 3 * 0.25), Slip::forgot_mean);
  expect_slip(by_hand("L", 3 * by_hand.value("L"), 0, Asked::value), Slip::forgot_mean);
}

TEST(Prediction, AnAnswerThatFitsNoSlipIsUnknown) {
  expect_slip(Asking(neuron)("w", "17.3"), Slip::unknown);
  expect_slip(Asking(layers)("W1", "17.3"), Slip::unknown);
}

}  // namespace
}  // namespace backstep
