// What a program means: Python's precedence, NumPy's broadcasting, and how
// lines, names and layers become nodes.
#include <gtest/gtest.h>

#include "core/engine/passes.h"
#include "core/program/program.h"

namespace backstep {
namespace {

double value_of(const std::string& expression) {
  const Graph graph = read_program("x = input(3.0)\nL = (" + expression + ") * 1\n");
  forward_pass(graph);
  return graph.node(graph.loss()).value[0];
}

TEST(Grammar, PrecedenceFollowsPython) {
  EXPECT_EQ(value_of("-x**2"), -9);
  EXPECT_EQ(value_of("(-x)**2"), 9);
  EXPECT_EQ(value_of("-3**2"), -9);
  EXPECT_EQ(value_of("2**-1"), 0.5);
  EXPECT_EQ(value_of("2**3**2"), 512);
  EXPECT_EQ(value_of("2**-3**2"), 1.0 / 512);
  EXPECT_EQ(value_of("-2**-2"), -0.25);
  EXPECT_EQ(value_of("10 - 4 - 3"), 3);
  EXPECT_EQ(value_of("24 / 4 / 3"), 2);
  EXPECT_EQ(value_of("24 / 4 * 3"), 18);
  EXPECT_EQ(value_of("1 + 2 * 3"), 7);
  EXPECT_EQ(value_of("2 * -x"), -6);
  EXPECT_EQ(value_of("- - x"), 3);
  EXPECT_EQ(value_of("--2"), 2);
  EXPECT_EQ(value_of("1 - -1"), 2);
  EXPECT_EQ(value_of("2 @ x * 2 @ x"), 36);
  EXPECT_EQ(value_of("-x @ x"), -9);
  EXPECT_EQ(value_of("-x.T**2"), -9);
  EXPECT_EQ(value_of(".5 + 5. + 1e-1 + 1E+1"), 0.5 + 5 + 0.1 + 10);
}

TEST(Grammar, TransposeBindsTighterThanAnything) {
  const Graph graph =
      read_program("x = input([[1, 2]])\nw = input([[3, 4]])\nL = x @ w.T\nz = -w.T\nloss(L)\n");
  forward_pass(graph);
  EXPECT_EQ(graph.node(graph.loss()).value[0], 11);
  EXPECT_EQ(graph.node(graph.find("z")).value.shape, (Shape{2, 1}));
}

TEST(Grammar, MatrixProductAndTimesHaveTheSamePrecedence) {
  const Graph graph = read_program("x = input([[1, 2]])\nW = param([[1], [1]])\nL = x @ W * 2\n");
  forward_pass(graph);
  EXPECT_EQ(graph.node(graph.loss()).value[0], 6);
  EXPECT_EQ(graph.node(graph.loss()).op->name, std::string("multiply"));
}

TEST(Grammar, LinesMayBreakInsideBrackets) {
  const Graph graph = read_program(
      "x = input([[1.0,   # first\n"
      "            2.0],  # the row ends\n"
      "\n"
      "           [3.0, 4.0],\n"
      "          ])\n"
      "L = sum(\n"
      "    x,\n"
      "    axis=0,\n"
      "  ) @ (x.T\n"
      "  @ param([[1], [0]]))\n");
  forward_pass(graph);
  EXPECT_EQ(graph.node(graph.find("x")).value.shape, (Shape{2, 2}));
  EXPECT_EQ(graph.node(graph.loss()).value[0], 4 * 1 + 6 * 2);
  EXPECT_EQ(graph.node(graph.loss()).source.line, 6);
}

TEST(Grammar, WindowsLineEndsAndAByteOrderMarkAreRead) {
  const Graph graph = read_program("\ufeffx = input(2.0)\r\n\r\n# note\r\nL = x * x\r\n");
  forward_pass(graph);
  EXPECT_EQ(graph.node(graph.loss()).value[0], 4);
  EXPECT_EQ(graph.node(graph.loss()).source.line, 4);
  EXPECT_EQ(graph.node(graph.loss()).source.column, 5);
}

TEST(Grammar, NamesMayBeGreekOrAccented) {
  const Graph graph = read_program("η = param(0.5)\nétat_2 = η * 2\n_L = état_2**2\n");
  EXPECT_EQ(graph.find("η"), 0);
  EXPECT_GT(graph.find("état_2"), 0);
}

TEST(Grammar, ALineNamesItsLastNodeAndNumbersArePartOfTheirOp) {
  const Graph graph = read_program("x = input(2.0)\nz = x * 3 + 1\nthree = 3\nL = z * three\n");
  EXPECT_EQ(graph.label(graph.find("z")), "z");
  int bare = 0;
  for (const Node& node : graph.nodes()) bare += !node.has_gradient;
  EXPECT_EQ(bare, 2);
  EXPECT_TRUE(graph.node(graph.find("three")).has_gradient);
  EXPECT_EQ(graph.node(graph.find("z")).text, "x * 3 + 1");
}

TEST(Grammar, ANodeKnowsItsPlaceInTheText) {
  const std::string text = "x = input(2.0)\nz = -(x * -3)  # note\nL = z + (x)\n";
  const Graph graph = read_program(text);
  for (const Node& node : graph.nodes()) {
    const std::string part = text.substr(node.source.begin, node.source.end - node.source.begin);
    if (node.op) {
      EXPECT_EQ(part, node.text);
    }
    if (node.kind == NodeKind::constant) {
      EXPECT_EQ(part, "-3");
      EXPECT_EQ(node.text, "-3");
      EXPECT_EQ(node.source.column, 11);
    }
  }
}

TEST(Grammar, OneNodeMayHaveTwoNames) {
  const Graph graph = read_program("x = input(2.0)\na = x * x\np = a\nL = p + a\n");
  EXPECT_EQ(graph.find("p"), graph.find("a"));
  EXPECT_EQ(graph.node(graph.find("p")).name, "a");
}

TEST(Grammar, LayersHoldWhatFollowsThem) {
  const Graph graph = read_program(
      "x = input(1.0)\nlayer(\"one\")\na = x * 2\nlayer('two')\nb = a * 2\nlayer(\"one\")\nL = b * "
      "x\n");
  EXPECT_EQ(graph.layers(), (std::vector<std::string>{"", "one", "two"}));
  EXPECT_EQ(graph.node(graph.find("x")).layer, 0);
  EXPECT_EQ(graph.node(graph.find("a")).layer, 1);
  EXPECT_EQ(graph.node(graph.find("b")).layer, 2);
  EXPECT_EQ(graph.node(graph.find("L")).layer, 1);
}

TEST(Grammar, TheLossIsTheLastNameOrTheOneGiven) {
  EXPECT_EQ(read_program("x = input(1.0)\nL = x * x\n").loss(), 1);
  const Graph graph = read_program("x = input(1.0)\nL = x * x\nM = L * x\nloss(L)\n");
  EXPECT_EQ(graph.loss(), graph.find("L"));
  EXPECT_FALSE(graph.node(graph.find("M")).reaches_loss);
}

TEST(Grammar, DataComesByName) {
  const NamedData data = {{"points", {{2, 1}, {5, 6}}}, {"labels", {{2, 1}, {1, 2}}}};
  const Graph graph =
      read_program("x = input(\"points\")\ny = target('labels')\nL = mse(x, y)\n", data);
  EXPECT_EQ(copy_of(graph.node(0).value), data.at("points"));
  EXPECT_EQ(graph.node(1).kind, NodeKind::target);
  EXPECT_EQ(graph.node(1).data_name, "labels");
}

TEST(Grammar, ReductionsKeepTwoDimensions) {
  const Graph graph = read_program(
      "x = input([[1, 2, 3], [4, 5, 6]])\nr = sum(x, axis=0)\nc = mean(x, axis=1)\nL = sum(x)\n");
  forward_pass(graph);
  EXPECT_EQ(copy_of(graph.node(graph.find("r")).value), (Matrix{{1, 3}, {5, 7, 9}}));
  EXPECT_EQ(copy_of(graph.node(graph.find("c")).value), (Matrix{{2, 1}, {2, 5}}));
  EXPECT_EQ(graph.node(graph.loss()).value[0], 21);
}

Matrix matrix_of(const std::string& expression) {
  const Graph graph =
      read_program("x = input([[1, 2, 3], [4, 5, 6]])\nb = input([[7, 8, 9]])\nz = " + expression +
                   "\nL = sum(z)\n");
  forward_pass(graph);
  return copy_of(graph.node(graph.find("z")).value);
}

TEST(Grammar, SlicesFollowPython) {
  EXPECT_EQ(matrix_of("x[:, 0:2]"), (Matrix{{2, 2}, {1, 2, 4, 5}}));
  EXPECT_EQ(matrix_of("x[0:1, :]"), (Matrix{{1, 3}, {1, 2, 3}}));
  EXPECT_EQ(matrix_of("x[1:2]"), (Matrix{{1, 3}, {4, 5, 6}}));
  EXPECT_EQ(matrix_of("x[:-1]"), (Matrix{{1, 3}, {1, 2, 3}}));
  EXPECT_EQ(matrix_of("x[-1:, 1:]"), (Matrix{{1, 2}, {5, 6}}));
  EXPECT_EQ(matrix_of("x[:, -2:-1]"), (Matrix{{2, 1}, {2, 5}}));
  EXPECT_EQ(matrix_of("x[:, 1:100]"), (Matrix{{2, 2}, {2, 3, 5, 6}}));
  EXPECT_EQ(matrix_of("x.T[1:2].T"), (Matrix{{2, 1}, {2, 5}}));
  EXPECT_EQ(matrix_of("-x[:, 2:]**2"), (Matrix{{2, 1}, {-9, -36}}));
  EXPECT_EQ(matrix_of("(x + b)[\n  1:,  # the last row\n  :1][:]"), (Matrix{{1, 1}, {11}}));
}

TEST(Grammar, ConcatPutsColumnsOrRowsTogether) {
  EXPECT_EQ(matrix_of("concat(x[0:1], b)"), (Matrix{{1, 6}, {1, 2, 3, 7, 8, 9}}));
  EXPECT_EQ(matrix_of("concat(x, b, axis=0)"), (Matrix{{3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9}}));
  EXPECT_EQ(matrix_of("concat(x[:, 2:], x, 1)"), (Matrix{{2, 4}, {3, 1, 2, 3, 6, 4, 5, 6}}));
}

TEST(Grammar, GradientsOfABroadcastOperandAreSummed) {
  const Graph graph = read_program(
      "x = input([[1, 2, 3], [4, 5, 6]])\nrow = param([[1, 1, 1]])\ncolumn = param([[1], [1]])\n"
      "number = param(1.0)\nL = sum(x * row * column * number)\n");
  forward_and_backward_pass(graph);
  const auto gradient = [&](const char* name) {
    return copy_of(graph.node(graph.find(name)).gradient);
  };
  EXPECT_EQ(gradient("row"), (Matrix{{1, 3}, {5, 7, 9}}));
  EXPECT_EQ(gradient("column"), (Matrix{{2, 1}, {6, 15}}));
  EXPECT_EQ(gradient("number"), (Matrix{{1, 1}, {21}}));
}

}  // namespace
}  // namespace backstep
