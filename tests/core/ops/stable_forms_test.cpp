// Values and gradients at extreme operands are compared with exact ones, computed with sixty
// digits: any digits that an op loses there are lost to training and the nudge check too.
#include <gtest/gtest.h>

#include <cmath>

#include "core/engine/passes.h"
#include "core/program/program.h"
#include "tests/extremes.h"

namespace backstep {
namespace {

// The graph of `program` after one forward and one backward pass.
struct Passed {
  Graph graph;
  explicit Passed(const std::string& program) : graph(read_program(program)) {
    forward_and_backward_pass(graph);
  }
  double loss() const { return graph.node(graph.loss()).value[0]; }
  Matrix value(const char* name) const { return copy_of(graph.node(graph.find(name)).value); }
  Matrix gradient(const char* name) const { return copy_of(graph.node(graph.find(name)).gradient); }
};

void expect_digits(double found, double exact, const std::string& what, double relative = 1e-13) {
  EXPECT_TRUE(found == exact || std::abs(found - exact) <= relative * std::abs(exact))
      << what << ": " << found << ", not " << exact;
}

void expect_digits(const Matrix& found, const std::vector<double>& exact, const std::string& what,
                   double relative = 1e-13) {
  ASSERT_EQ(found.entries.size(), exact.size()) << what;
  for (std::size_t i = 0; i < exact.size(); ++i)
    expect_digits(found.entries[i], exact[i], what + ", entry " + std::to_string(i), relative);
}

TEST(StableForms, FunctionsOfOneNumberAndTheirSlopes) {
  const struct {
    const char* function;
    const char* x;
    double value, slope;
  } rows[] = {
      {"sigmoid", "20", 0.9999999979388464, 2.061153613941849e-09},
      {"sigmoid", "40", 1, 4.248354255291589e-18},
      {"sigmoid", "300", 1, 5.148200222412013e-131},
      {"sigmoid", "-40", 4.248354255291589e-18, 4.248354255291589e-18},
      {"sigmoid", "-300", 5.148200222412013e-131, 5.148200222412013e-131},
      {"sigmoid", "-1e300", 0, 0},
      {"sigmoid", "1e300", 1, 0},
      {"tanh", "5", 0.9999092042625951, 0.0001815832309438067},
      {"tanh", "10", 0.9999999958776927, 8.244614455767397e-09},
      {"tanh", "20", 1, 1.6993417021166355e-17},
      {"tanh", "-40", -1, 7.219405551381661e-35},
      {"tanh", "-1e300", -1, 0},
      {"tanh", "0.000000001", 1e-9, 1},
      {"softplus", "-40", 4.248354255291589e-18, 4.248354255291589e-18},
      {"softplus", "-300", 5.148200222412013e-131, 5.148200222412013e-131},
      {"softplus", "-1e300", 0, 0},
      {"softplus", "1e300", 1e300, 1},
      {"gelu", "-5", -1.4332578593959695e-06, -7.146946001792295e-06},
      {"gelu", "-10", -7.619853024160526e-23, -7.618400096464814e-22},
      {"gelu", "-20", -5.507248237212468e-88, -1.1014360483133464e-86},
      {"gelu", "-1e200", 0, 0},
      {"gelu", "1e200", 1e200, 1},
      {"silu", "-40", -1.6993417021166355e-16, -1.6568581595637197e-16},
      {"silu", "-300", -1.5444600667236042e-128, -1.5393118665011922e-128},
      {"silu", "-1e300", 0, 0},
      {"silu", "1e300", 1e300, 1},
      {"elu", "-0.000000001", -9.999999995e-10, 0.999999999},
      {"elu", "-0.00001", -9.999950000166666e-06, 0.9999900000499998},
      {"elu", "-300", -1, 5.148200222412013e-131},
      {"exp", "-710", 4.47628622567513e-309, 4.47628622567513e-309},
      {"exp", "-740", 4.2e-322, 4.2e-322},
      {"log", "1e-308", -709.1962086421661, 1e308},
      {"log", "1e-310", -713.8013788281542, infinity},
      {"log", "0", -infinity, infinity},
      {"sqrt", "0", 0, infinity},
      {"sqrt", "1e-300", 1e-150, 5e149},
      {"abs", "-1e300", 1e300, -1},
  };
  for (const auto& row : rows) {
    const std::string what = std::string(row.function) + "(" + row.x + ")";
    const Passed passed("x = param(" + std::string(row.x) + ")\nL = " + row.function + "(x)\n");
    expect_digits(passed.loss(), row.value, what);
    expect_digits(passed.gradient("x").entries[0], row.slope, "slope of " + what);
  }
}

TEST(StableForms, PowersAtZero) {
  const struct {
    const char* exponent;
    double value, slope, slope_by_exponent;
  } rows[] = {{"0", 1, 0, 0},
              {"1", 0, 1, 0},
              {"2", 0, 0, 0},
              {"3", 0, 0, 0},
              {"0.5", 0, infinity, 0},
              {"1.5", 0, 0, 0},
              {"-1", infinity, -infinity, -infinity}};
  for (const auto& row : rows) {
    const Passed passed("x = param(0)\nn = param(" + std::string(row.exponent) + ")\nL = x ** n\n");
    expect_digits(passed.loss(), row.value, row.exponent);
    expect_digits(passed.gradient("x").entries[0], row.slope, row.exponent);
    expect_digits(passed.gradient("n").entries[0], row.slope_by_exponent, row.exponent);
  }
}

TEST(StableForms, CrossEntropyOfLogitsOfAnySize) {
  for (const char* size : {"0", "800", "1e16", "-1e16", "1e300"}) {
    const std::string z = "[[" + std::string(size) + ", " + size + "]]";
    const Passed two("z = param(" + z + ")\nt = target([[0, 1]])\nL = cross_entropy(z, t)\n");
    expect_digits(two.loss(), 0.6931471805599453, size);
    expect_digits(two.gradient("z"), {0.5, -0.5}, size);
    expect_digits(two.gradient("t"), {0.6931471805599453, 0.6931471805599453}, size);
    const Passed log("z = param(" + z + ")\ny = log_softmax(z)\nL = -sum(y[:, 1:])\n");
    expect_digits(log.value("y"), {-0.6931471805599453, -0.6931471805599453}, size);
    expect_digits(log.gradient("z"), {0.5, -0.5}, size);
  }
}

TEST(StableForms, ANearlyCertainPredictionKeepsTheDigitsOfItsLoss) {
  const double loss = 5.811236444626578e-18;
  const std::vector<double> gradient = {-loss, 4.248354255291589e-18, 1.5628821893349888e-18};
  const std::string leaves = "z = param([[40, 0, -1]])\nt = target([[1, 0, 0]])\n";
  const Passed whole(leaves + "L = cross_entropy(z, t)\n");
  expect_digits(whole.loss(), loss, "cross_entropy");
  expect_digits(whole.gradient("z"), gradient, "cross_entropy");
  const Passed log(leaves + "L = -sum(t * log_softmax(z))\n");
  expect_digits(log.loss(), loss, "log_softmax");
  expect_digits(log.gradient("z"), gradient, "log_softmax");
  // −ln y loses all digits of so small a loss, but its slope at y = 1 keeps them.
  const Passed parts(leaves + "L = -sum(t * log(softmax(z) + 1e-300))\n");
  expect_digits(parts.gradient("z"), gradient, "softmax");
}

TEST(StableForms, LogitsThatAreFarApart) {
  const Passed right("z = param([[1000, 0]])\nL = cross_entropy(z, target([[1, 0]]))\n");
  EXPECT_EQ(right.loss(), 0);
  EXPECT_EQ(right.gradient("z"), (Matrix{{1, 2}, {0, 0}}));
  const Passed wrong("z = param([[1e16, 0]])\nL = cross_entropy(z, target([[0, 1]]))\n");
  EXPECT_EQ(wrong.loss(), 1e16);
  EXPECT_EQ(wrong.gradient("z"), (Matrix{{1, 2}, {1, -1}}));
  // A class with a logit of −∞ is ruled out and leaves the other shares unchanged.
  const Passed ruled_out(
      "z = concat(input([[0, 0]]), log(input([[0.0]])))\ns = softmax(z)\ny = log_softmax(z)\n"
      "L = sum(s)\n");
  EXPECT_EQ(ruled_out.value("s"), (Matrix{{1, 3}, {0.5, 0.5, 0}}));
  expect_digits(ruled_out.value("y"), {-0.6931471805599453, -0.6931471805599453, -infinity}, "y");
}

TEST(StableForms, BceOfLargeLogits) {
  const struct {
    const char *z, *t;
    double loss, slope;
  } rows[] = {{"40", "1", 4.248354255291589e-18, -4.248354255291589e-18},
              {"-40", "0", 4.248354255291589e-18, 4.248354255291589e-18},
              {"40", "0", 40, 1},
              {"-40", "1", 40, -1},
              {"1e16", "1", 0, 0},
              {"-1e16", "0", 0, 0},
              {"1e16", "0", 1e16, 1},
              {"-1e16", "1", 1e16, -1},
              {"1e16", "0.75", 2.5e15, 0.25},
              {"20", "1", 2.061153620314381e-09, -2.0611536181902037e-09}};
  for (const auto& row : rows) {
    const std::string what = std::string(row.z) + " against " + row.t;
    const Passed passed("z = param(" + std::string(row.z) + ")\nL = bce_with_logits(z, target(" +
                        row.t + "))\n");
    expect_digits(passed.loss(), row.loss, what);
    expect_digits(passed.gradient("z").entries[0], row.slope, what);
  }
}

TEST(StableForms, MeansWhoseSumIsTooLargeForADouble) {
  const Passed mean("x = param([[1.5e308, 1.5e308], [1e308, 1e308]])\nL = mean(x)\n");
  expect_digits(mean.loss(), 1.25e308, "mean");
  const Passed rows("x = param([[1.5e308, 1.5e308], [1, 3]])\nm = mean(x, axis=1)\nL = sum(m)\n");
  expect_digits(rows.value("m"), {1.5e308, 2}, "mean of rows");
  for (const char* loss : {"mse", "half_mse", "mae", "huber"}) {
    const bool squares = std::string(loss).ends_with("mse");
    const std::string size = squares ? "1e154" : "1.2e308";
    const Passed passed("p = param([[" + size + ", -" + size + "], [0, 0]])\nL = " + loss +
                        "(p, target([[0, 0], [0, 0]]))\n");
    const double half = loss == std::string("half_mse") ? 0.5 : 1;
    expect_digits(passed.loss(), squares ? half * 5e307 : 6e307, loss);
  }
  EXPECT_EQ(Passed("x = param([[1e308, 1e308]])\nL = sum(x)\n").loss(), infinity);
  EXPECT_EQ(Passed("p = param(1e200)\nL = mse(p, target(0.0))\n").loss(), infinity);
}

TEST(StableForms, NormsOfValuesWithALargeOffset) {
  // Normalising (−1, 0, 1) divides by √(2/3 + 0.00001), which gives (−u, 0, u).
  const double u = 1.2247356859083902;
  for (const char* offset : {"0", "1e8", "-1e12", "1e15"}) {
    const std::string x = std::string("x = param([[-1, 0, 1]]) + ") + offset + "\n";
    const Passed layer(x + "y = layer_norm(x, param(1, 3, init=\"ones\"), param(1, 3, " +
                       "init=\"zeros\"))\nL = sum(y)\n");
    expect_digits(layer.value("y"), {-u, 0, u}, std::string("layer_norm + ") + offset);
    const Passed batch(x + "y = batch_norm(x.T, param(1.0), param(0.0))\nL = sum(y)\n");
    expect_digits(batch.value("y"), {-u, 0, u}, std::string("batch_norm + ") + offset);
  }
  // Equal entries normalise to exactly 0, even where their mean is rounded.
  const Passed alike(
      "x = param([[0.1], [0.1], [0.1]])\ny = batch_norm(x, param(1.0), "
      "param(0.0))\nL = sum(y)\n");
  EXPECT_EQ(alike.value("y"), (Matrix{{3, 1}, {0, 0, 0}}));
}

TEST(StableForms, HuberOfLargeErrorsAndAtItsCorner) {
  const Passed far("p = param([[-1e300, 1e200]])\nL = huber(p, target([[0, 0]]), delta=2)\n");
  expect_digits(far.loss(), 1e300, "huber");
  EXPECT_EQ(far.gradient("p"), (Matrix{{1, 2}, {-1, 1}}));
  const Passed corner("p = param([[2, -2]])\nL = huber(p, target([[0, 0]]), delta=2)\n");
  EXPECT_EQ(corner.loss(), 2);
  EXPECT_EQ(corner.gradient("p"), (Matrix{{1, 2}, {1, -1}}));
}

}  // namespace
}  // namespace backstep
