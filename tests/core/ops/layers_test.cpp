// Layers are compared with tests/golden/layers.json, which PyTorch made: normalisation in
// training and evaluation, residuals, dropout and softmax. Further tests cover the running
// statistics that layers keep from pass to pass, and extreme numbers.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/engine/passes.h"
#include "core/program/program.h"
#include "tests/core/golden_numbers.h"

namespace backstep {
namespace {

using nlohmann::json;

// The layer whose description begins with `name`.
const json& golden_layer(const char* name) {
  static const json all = golden_file("layers").at("layers");
  return *std::find_if(all.begin(), all.end(), [&](const json& one) {
    return one.at("layer").get<std::string>().starts_with(name);
  });
}

// A plain list of numbers counts as one row.
std::vector<std::vector<double>> rows_of(const json& matrix) {
  if (matrix[0].is_number()) return {matrix.get<std::vector<double>>()};
  return matrix.get<std::vector<std::vector<double>>>();
}

// Writes "name = param([[1.5, 2], [3, 4]])\n", with all digits.
std::string leaf(const std::string& name, const json& matrix) {
  std::string text = name + " = param([";
  for (const auto& row : rows_of(matrix)) {
    text += text.back() == '[' ? "[" : ", [";
    for (double entry : row) {
      char number[32];
      std::snprintf(number, sizeof number, "%s%.17g", text.back() == '[' ? "" : ", ", entry);
      text += number;
    }
    text += "]";
  }
  return text + "])\n";
}

View value(const Graph& graph, const char* name) { return graph.node(graph.find(name)).value; }
View gradient(const Graph& graph, const char* name) {
  return graph.node(graph.find(name)).gradient;
}
View kept(const Graph& graph, const char* name) { return graph.node(graph.find(name)).call.state; }

// The graph of a layer y with a loss whose gradient at y is the golden upstream gradient.
Graph layer(const std::string& leaves, const std::string& y, const json& upstream) {
  return read_program(leaves + "y = " + y + "\n" + leaf("up", upstream) + "L = sum(y * up)\n");
}

Graph batch_norm() {
  const json& one = golden_layer("batch_norm (training)");
  return layer(leaf("x", one["input"]) + leaf("g", one["gamma"]) + leaf("b", one["beta"]),
               "batch_norm(x, g, b)", one["upstream"]);
}

TEST(Layers, BatchNormInTrainingMatchesPyTorch) {
  const json& one = golden_layer("batch_norm (training)");
  const Graph graph = batch_norm();
  forward_and_backward_pass(graph);
  expect_near(value(graph, "y"), one["output"], "output");
  expect_near(gradient(graph, "x"), one["d_input"], "d_input");
  expect_near(gradient(graph, "g"), one["d_gamma"], "d_gamma");
  expect_near(gradient(graph, "b"), one["d_beta"], "d_beta");
  const View running = kept(graph, "y");
  expect_near({running.data, {1, 4}}, one["running_mean"], "running mean");
  expect_near({running.data + 4, {1, 4}}, one["running_var"], "running variance");
}

TEST(Layers, BatchNormInEvaluationMatchesPyTorchAndKeepsItsStatistics) {
  const json& one = golden_layer("batch_norm (evaluation");
  const Graph graph = batch_norm();
  forward_pass(graph);
  const Matrix running = copy_of(kept(graph, "y"));
  graph.pass().mode = PassMode::evaluation;
  forward_and_backward_pass(graph);
  expect_near(value(graph, "y"), one["output"], "output");
  expect_near(gradient(graph, "x"), one["d_input"], "d_input");
  EXPECT_EQ(copy_of(kept(graph, "y")), running);
}

TEST(Layers, BatchNormNormalisesManyColumns) {
  const Graph wide = read_program(
      "x = param(7, 150, init=\"normal\", seed=3)\ng = param(1, 150, init=\"ones\")\n"
      "b = param(1, 150, init=\"zeros\")\ny = batch_norm(x, g, b)\nL = sum(y * x)\n");
  forward_and_backward_pass(wide);
  for (Index column = 0; column < 150; ++column) {
    double sum = 0, squares = 0, from_gradient = 0;
    for (Index r = 0; r < 7; ++r) {
      sum += value(wide, "y")(r, column);
      squares += std::pow(value(wide, "y")(r, column), 2);
      from_gradient += value(wide, "x")(r, column) * value(wide, "y")(r, column);
    }
    EXPECT_NEAR(sum, 0, 1e-14);
    EXPECT_NEAR(squares / 7, 1, 1e-3);
    EXPECT_NEAR(gradient(wide, "g")[column], from_gradient, 1e-12 * std::abs(from_gradient));
  }
}

TEST(Layers, ABatchOfOneRowNormalisesToBeta) {
  const Graph graph = read_program(
      "x = input([[3, -5]])\ny = batch_norm(x, param([[2, 2]]), param([[0.5, 1]]))\nL = sum(y)\n");
  forward_and_backward_pass(graph);
  EXPECT_EQ(copy_of(value(graph, "y")), (Matrix{{1, 2}, {0.5, 1}}));
  EXPECT_EQ(copy_of(gradient(graph, "x")), (Matrix{{1, 2}, {0, 0}}));
  EXPECT_NEAR(kept(graph, "y")[0], 0.3, 1e-15);
  EXPECT_NEAR(kept(graph, "y")[2], 0.9, 1e-15);
}

TEST(Layers, RunningStatisticsLieAfterTheParametersAndAreCloned) {
  const Graph graph = batch_norm();
  const View running = kept(graph, "y"), memory = graph.parameter_memory();
  for (int parameter : graph.parameters())
    EXPECT_LT(graph.node(parameter).value.data, running.data);
  EXPECT_LE(running.end(), memory.end());
  EXPECT_EQ(copy_of(running), (Matrix{{2, 4}, {0, 0, 0, 0, 1, 1, 1, 1}}));

  graph.pass() = {PassMode::evaluation, 7};
  const Graph copy = graph.clone();
  EXPECT_EQ(copy.pass().number, 7u);
  EXPECT_EQ(copy.pass().mode, PassMode::evaluation);
  copy.pass().mode = PassMode::training;
  forward_pass(copy);
  EXPECT_NE(kept(copy, "y")[0], 0);
  EXPECT_EQ(kept(graph, "y")[0], 0);
  EXPECT_EQ(graph.pass().mode, PassMode::evaluation);
}

TEST(Layers, LayerNormMatchesPyTorch) {
  const json& one = golden_layer("layer_norm");
  const Graph graph = layer(leaf("a", one["a"]) + leaf("g", one["gamma"]) + leaf("b", one["beta"]),
                            "layer_norm(a, g, b)", one["upstream"]);
  forward_and_backward_pass(graph);
  expect_near(value(graph, "y"), one["output"], "output");
  expect_near(gradient(graph, "a"), one["d_a"], "d_a");
  expect_near(gradient(graph, "g"), one["d_gamma"], "d_gamma");
  expect_near(gradient(graph, "b"), one["d_beta"], "d_beta");
}

TEST(Layers, SoftmaxAndItsLogarithmMatchPyTorch) {
  for (const char* name : {"softmax", "log_softmax"}) {
    const std::string start = std::string(name) + " over rows";
    const json& one = golden_layer(start.c_str());
    const Graph graph = layer(leaf("a", one["a"]), name + std::string("(a)"), one["upstream"]);
    forward_and_backward_pass(graph);
    expect_near(value(graph, "y"), one["output"], name);
    expect_near(gradient(graph, "a"), one["d_a"], name);
  }
}

TEST(Layers, AResidualMatchesPyTorch) {
  const json& one = golden_layer("residual");
  const Graph graph = layer(leaf("a", one["a"]) + leaf("W", one["W"]) + leaf("b", one["b"]),
                            "a + tanh(a @ W + b)", one["upstream"]);
  forward_and_backward_pass(graph);
  expect_near(value(graph, "y"), one["output"], "output");
  expect_near(gradient(graph, "a"), one["d_a"], "d_a");
  expect_near(gradient(graph, "W"), one["d_W"], "d_W");
  expect_near(gradient(graph, "b"), one["d_b"], "d_b");
}

// ---- dropout ----

// The number of the first pass in which the dropout node y has this mask.
std::uint64_t pass_with_mask(const Graph& graph, const json& mask) {
  const auto rows = rows_of(mask);
  for (std::uint64_t number = 0; number < 100000; ++number) {
    graph.pass().number = number;
    forward_pass(graph);
    bool same = true;
    for (Index i = 0; i < value(graph, "y").shape.size(); ++i)
      same &= (value(graph, "y")[i] != 0) ==
              (rows[static_cast<std::size_t>(i / 4)][static_cast<std::size_t>(i % 4)] != 0);
    if (same) return number;
  }
  return 0;
}

TEST(Layers, DropoutWithAGivenMaskMatchesPyTorch) {
  const json& one = golden_layer("dropout");
  const Graph graph = layer(leaf("a", one["a"]), "dropout(a, 0.4)", one["upstream"]);
  graph.pass().number = pass_with_mask(graph, one["mask"]);
  ASSERT_GT(graph.pass().number, 0u);
  forward_and_backward_pass(graph);
  expect_near(value(graph, "y"), one["output"], "output");
  expect_near(gradient(graph, "a"), one["d_a"], "d_a");
}

Graph ones_with_dropout(const std::string& options) {
  return read_program("x = param(40, 50, init=\"ones\")\ny = dropout(x" + options +
                      ")\nL = sum(y)\n");
}

Matrix dropped_in(const Graph& graph, std::uint64_t pass) {
  graph.pass().number = pass;
  forward_pass(graph);
  return copy_of(value(graph, "y"));
}

TEST(Layers, DropoutDependsOnItsSeedAndThePassAlone) {
  const Graph graph = ones_with_dropout(", 0.3, seed=5");
  const Matrix first = dropped_in(graph, 0), second = dropped_in(graph, 1);
  EXPECT_NE(first, second);
  EXPECT_EQ(dropped_in(graph, 0), first);
  EXPECT_EQ(dropped_in(ones_with_dropout(", p=0.3, seed=5"), 0), first);
  EXPECT_NE(dropped_in(ones_with_dropout(", p=0.3, seed=6"), 0), first);
  EXPECT_EQ(dropped_in(ones_with_dropout(", 0.3"), 0),
            dropped_in(ones_with_dropout(", 0.3, 1"), 0));
}

TEST(Layers, DropoutDropsTheShareItIsGiven) {
  for (double p : {0.0, 0.25, 0.5, 0.9}) {
    const Graph graph = ones_with_dropout(", " + std::to_string(p));
    int out = 0;
    for (double entry : dropped_in(graph, 9).entries) {
      out += entry == 0;
      if (entry != 0) {
        EXPECT_NEAR(entry, 1 / (1 - p), 1e-12);
      }
    }
    EXPECT_NEAR(out / 2000.0, p, 4 * std::sqrt(p * (1 - p) / 2000)) << p;
  }
}

TEST(Layers, DropoutInEvaluationChangesNothing) {
  const Graph graph = ones_with_dropout("");
  graph.pass().mode = PassMode::evaluation;
  forward_and_backward_pass(graph);
  EXPECT_EQ(copy_of(value(graph, "y")), copy_of(value(graph, "x")));
  EXPECT_EQ(copy_of(gradient(graph, "x")), copy_of(value(graph, "x")));
}

TEST(Layers, TwoDropoutsWithoutSeedsDropDifferentEntries) {
  const Graph graph = read_program(
      "x = param(40, 50, init=\"ones\")\ny = dropout(x)\nz = dropout(x)\nL = sum(y + z)\n");
  forward_pass(graph);
  EXPECT_NE(copy_of(value(graph, "y")), copy_of(value(graph, "z")));
}

// ---- extremes ----

double loss_of(const std::string& text, const char* leaf_name = nullptr, Index entry = 0) {
  const Graph graph = read_program(text);
  forward_and_backward_pass(graph);
  return leaf_name ? gradient(graph, leaf_name)[entry] : graph.node(graph.loss()).value[0];
}

TEST(Extremes, NothingOverflows) {
  EXPECT_EQ(loss_of("L = softplus(input(1000))\n"), 1000);
  EXPECT_EQ(loss_of("L = softplus(input(-1000))\n"), 0);
  EXPECT_EQ(loss_of("z = input(-1000)\nL = silu(z)\n", "z"), 0);
  EXPECT_EQ(loss_of("L = gelu(input(-1000))\n"), 0);
  EXPECT_EQ(loss_of("L = elu(input(-1000))\n"), -1);
  EXPECT_EQ(loss_of("L = bce_with_logits(input(1000), target(1))\n"), 0);
  EXPECT_EQ(loss_of("L = bce_with_logits(input(1000), target(0))\n"), 1000);
  EXPECT_EQ(loss_of("L = bce_with_logits(input(-1000), target(1))\n"), 1000);
  EXPECT_EQ(loss_of("z = input(-1000)\nL = bce_with_logits(z, target(1))\n", "z"), -1);
  EXPECT_EQ(loss_of("p = input(0)\nL = bce(p, target(1))\n"), 100);
  EXPECT_EQ(loss_of("p = input(0)\nL = bce(p, target(1))\n", "p"), -1e12);
}

TEST(Extremes, SoftmaxIsStableForLargeLogits) {
  const std::string z = "z = input([[1000, -1000, 0]])\n";
  EXPECT_EQ(loss_of(z + "L = cross_entropy(z, target([[1, 0, 0]]))\n"), 0);
  EXPECT_EQ(loss_of(z + "L = cross_entropy(z, target([[0, 1, 0]]))\n"), 2000);
  const std::string second = z + "L = cross_entropy(z, target([[0, 1, 0]]))\n";
  EXPECT_EQ(loss_of(second, "z", 0), 1);
  EXPECT_EQ(loss_of(second, "z", 1), -1);
  EXPECT_EQ(loss_of(second, "z", 2), 0);
  const Graph graph = read_program(z + "s = softmax(z)\nl = log_softmax(z)\nL = sum(s + l)\n");
  forward_pass(graph);
  EXPECT_EQ(copy_of(value(graph, "s")), (Matrix{{1, 3}, {1, 0, 0}}));
  EXPECT_EQ(copy_of(value(graph, "l")), (Matrix{{1, 3}, {0, -2000, -1000}}));
}

TEST(Extremes, NaNIsPassedOn) {
  for (const char* loss : {"mae", "huber", "bce", "bce_with_logits", "cross_entropy"})
    EXPECT_TRUE(std::isnan(loss_of(std::string("L = ") + loss + "(0 / 0, target(1))\n"))) << loss;
  for (const char* layer_of : {"softmax(z)", "log_softmax(z)"})
    EXPECT_TRUE(std::isnan(
        loss_of("z = input([[1, 2]]) * (0 / 0)\nL = sum(" + std::string(layer_of) + ")\n")));
}

// ---- how they are written ----

std::string mistake_in(const std::string& line) {
  try {
    read_program("x = input([[1, 2], [3, 4]])\n" + line);
  } catch (const ProgramError& error) {
    return error.message;
  }
  return "";
}

TEST(Layers, MistakesSayWhatIsRight) {
  EXPECT_EQ(mistake_in("z = dropout(x, 1)"), "p is a share from 0 to less than 1");
  EXPECT_EQ(mistake_in("z = dropout(x, seed=0.5)"), "seed is a whole number from 0 to 2⁵³");
  EXPECT_EQ(mistake_in("z = dropout(x, x)"),
            "dropout takes 1 operand, dropout(x, p=0.5), and got 2");
  EXPECT_EQ(mistake_in("z = dropout(x, 0.5, p=0.2)"), "'p' is given twice");
  EXPECT_EQ(mistake_in("z = leaky_relu(x, alpha=1)"),
            "leaky_relu has no option 'alpha'; it has slope=");
  EXPECT_EQ(mistake_in("z = huber(x, x, delta=0)"), "delta is more than 0");
  EXPECT_EQ(mistake_in("z = sum(x, 2)"), "axis is 0 or 1");
  EXPECT_EQ(mistake_in("z = batch_norm(x, param([[1]]), param([[1]]))"),
            "batch_norm(x, param([[1]]), param([[1]])): 2×2 and 1×1 do not fit, gamma and beta are "
            "rows with a number per column, 1×2 both");
  EXPECT_EQ(mistake_in("z = cross_entropy(x, target([[1], [0]]))"),
            "cross_entropy(x, target([[1], [0]])): 2×2 and 2×1 do not fit, logits and target have "
            "a column per class, both of them");
}

TEST(Layers, ARandomParameterMayBeScaled) {
  const auto drawn = [](const std::string& options) {
    const Graph graph = read_program("W = param(2, 3" + options + ")\nL = sum(W)\n");
    return copy_of(value(graph, "W"));
  };
  Matrix scaled = drawn(", init=\"uniform\", seed=3");
  for (double& entry : scaled.entries) entry *= 4;
  EXPECT_EQ(drawn(", init=\"uniform\", seed=3, scale=4"), scaled);
  EXPECT_EQ(drawn(", scale=-0.5, init=\"ones\""), (Matrix{{2, 3}, std::vector<double>(6, -0.5)}));
  EXPECT_EQ(mistake_in("W = param(2, 3, scale=big)"), "scale takes a number, and here is 'big'");
  EXPECT_EQ(mistake_in("W = param(2, 3, scale=2, scale=2)"), "'scale' is given twice");
  EXPECT_EQ(mistake_in("W = param(2, 3, size=2)"),
            "'size' is no option here; there are init=\"…\", seed=…, scale=… and fan_in=…");
}

}  // namespace
}  // namespace backstep
