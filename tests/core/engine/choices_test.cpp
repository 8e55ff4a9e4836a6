// Comparisons, where(), and options that NumPy and PyTorch need: keepdims, which is always
// so here, and gelu's approximate.
#include <gtest/gtest.h>

#include <cmath>

#include "core/engine/passes.h"
#include "core/program/program.h"
#include "tests/extremes.h"

namespace backstep {
namespace {

double value_of(const std::string& expression) {
  const Graph graph = read_program("x = input(3.0)\nL = (" + expression + ") * 1\n");
  forward_pass(graph);
  return graph.node(graph.loss()).value[0];
}

Matrix gradient_of(const std::string& program, const char* name) {
  const Graph graph = read_program(program);
  forward_and_backward_pass(graph);
  return copy_of(graph.node(graph.find(name)).gradient);
}

TEST(Comparisons, GiveOneOrZero) {
  EXPECT_EQ(value_of("x > 2"), 1);
  EXPECT_EQ(value_of("x > 3"), 0);
  EXPECT_EQ(value_of("x >= 3"), 1);
  EXPECT_EQ(value_of("x < 3"), 0);
  EXPECT_EQ(value_of("x <= 3"), 1);
  EXPECT_EQ(value_of("x == 3"), 1);
  EXPECT_EQ(value_of("x != 3"), 0);
  for (const char* sign : {">", "<", ">=", "<=", "=="})
    EXPECT_EQ(value_of("0 / 0 " + std::string(sign) + " x"), 0) << sign;
  EXPECT_EQ(value_of("0 / 0 != x"), 1);
}

TEST(Comparisons, BindLoosestAsInPython) {
  EXPECT_EQ(value_of("1 + x > 3"), 1);
  EXPECT_EQ(value_of("x > 1 + 2"), 0);
  EXPECT_EQ(value_of("-x < 2 * x - 8"), 1);
  EXPECT_EQ(value_of("(x > 2) + (x > 1) * 4"), 5);
  EXPECT_EQ(value_of("(x > 2) == (x > 1)"), 1);
  EXPECT_EQ(value_of("mean(x >= 3)"), 1);
}

TEST(Comparisons, BroadcastAsEveryOperatorAndPassNoGradient) {
  const std::string program =
      "x = param([[1, 5], [3, 2]])\nb = param([[2, 2]])\nm = x > b\nL = sum(m * x)\n";
  const Graph graph = read_program(program);
  forward_pass(graph);
  EXPECT_EQ(copy_of(graph.node(graph.find("m")).value), (Matrix{{2, 2}, {0, 1, 1, 0}}));
  EXPECT_EQ(graph.node(graph.loss()).value[0], 8);
  EXPECT_EQ(gradient_of(program, "x"), (Matrix{{2, 2}, {0, 1, 1, 0}}));
  EXPECT_EQ(gradient_of(program, "b"), (Matrix{{1, 2}, {0, 0}}));
  EXPECT_EQ(gradient_of(program, "m"), (Matrix{{2, 2}, {1, 5, 3, 2}}));
}

TEST(Where, TakesOneSideAndPassesItTheGradient) {
  const std::string program =
      "x = param([[-2, 3]])\nz = param(10.0)\ny = where(x > 0, x * x, z)\nL = sum(y)\n";
  const Graph graph = read_program(program);
  forward_pass(graph);
  EXPECT_EQ(copy_of(graph.node(graph.find("y")).value), (Matrix{{1, 2}, {10, 9}}));
  EXPECT_EQ(gradient_of(program, "x"), (Matrix{{1, 2}, {0, 6}}));
  EXPECT_EQ(gradient_of(program, "z"), (Matrix{{1, 1}, {1}}));
}

TEST(Where, TreatsAnyNumberButZeroAsTrueAsNumPyDoes) {
  EXPECT_EQ(value_of("where(0.5, x, -x)"), 3);
  EXPECT_EQ(value_of("where(-1, x, -x)"), 3);
  EXPECT_EQ(value_of("where(0, x, -x)"), -3);
  EXPECT_EQ(value_of("where(0 / 0, x, -x)"), 3);
}

TEST(Keepdims, ChangesNothing) {
  for (const char* function : {"sum", "mean"})
    for (const char* word : {"keepdims", "keepdim"})
      for (const char* axis : {"", "axis=0, ", "axis=1, ", "1, "}) {
        const std::string call = std::string(function) + "(x, " + axis;
        const std::string leaves = "x = param([[1, 2], [3, 5]])\nm = ";
        const Graph with = read_program(leaves + call + word + "=True)\nL = sum(m)\n");
        const Graph without =
            read_program(leaves + call.substr(0, call.rfind(',')) + ")\nL = sum(m)\n");
        forward_pass(with);
        forward_pass(without);
        EXPECT_EQ(copy_of(with.node(with.find("m")).value),
                  copy_of(without.node(without.find("m")).value));
      }
}

// The expected values were computed with sixty digits.
TEST(GeluTanh, IsPyTorchsApproximation) {
  const struct {
    const char* x;
    double value, slope;
  } rows[] = {{"0", 0, 0.5},
              {"1", 0.8411919906082767, 1.0829640838457826},
              {"-0.5", -0.15428599017485609, 0.1326300964653577},
              {"-3", -0.003637392081773019, -0.011584166630969726},
              {"-10", -1.204092348209806e-37, -2.7576380638540315e-36},
              {"1e200", 1e200, 1},
              {"-1e200", 0, 0}};
  for (const char* call : {"gelu_tanh(x)", "gelu(x, approximate=\"tanh\")"})
    for (const auto& row : rows) {
      const std::string program = "x = param(" + std::string(row.x) + ")\nL = " + call + "\n";
      const Graph graph = read_program(program);
      forward_and_backward_pass(graph);
      EXPECT_NEAR(graph.node(graph.loss()).value[0], row.value, 1e-12 * std::abs(row.value));
      EXPECT_NEAR(graph.node(0).gradient[0], row.slope, 1e-12 * std::abs(row.slope)) << row.x;
    }
  const Graph exact = read_program("x = param(1.0)\nL = gelu(x, approximate=\"none\")\n");
  forward_pass(exact);
  EXPECT_NEAR(exact.node(exact.loss()).value[0], 0.8413447460685429, 1e-15);
}

}  // namespace
}  // namespace backstep
