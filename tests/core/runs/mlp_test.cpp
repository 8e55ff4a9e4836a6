// The network of tests/golden/mlp.json as a program: with every activation and every loss its
// output, loss and gradients match PyTorch's.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/engine/passes.h"
#include "core/program/program.h"
#include "tests/core/golden_numbers.h"

namespace backstep {
namespace {

using nlohmann::json;

// Writes "[[1.5, 2], [3, 4]]", with all digits.
std::string matrix_text(const json& matrix) {
  std::string text = "[";
  for (const json& row : matrix) {
    text += text.size() > 1 ? ", [" : "[";
    for (std::size_t column = 0; column < row.size(); ++column) {
      char number[32];
      std::snprintf(number, sizeof number, "%s%.17g", column ? ", " : "",
                    row[column].get<double>());
      text += number;
    }
    text += "]";
  }
  return text + "]";
}

std::string mlp_program(const json& one) {
  const json& initial = golden_mlp().at("initial");
  const std::string activation = one.at("activation"), loss = one.at("loss");
  std::string text = "a0 = input(" + matrix_text(golden_mlp().at("X")) + ")\n";
  text += "t = target(" + matrix_text(golden_mlp().at("targets").at(one.at("target"))) + ")\n";
  for (int layer = 1; layer <= 3; ++layer) {
    const std::string n = std::to_string(layer), before = "a" + std::to_string(layer - 1);
    const std::size_t weights = 2 * static_cast<std::size_t>(layer) - 2;
    text += "W" + n + " = param(" + matrix_text(initial[weights]) + ")\n";
    text += "b" + n + " = param(" + matrix_text(initial[weights + 1]) + ")\n";
    text += "z" + n + " = " + before + " @ W" + n + " + b" + n + "\n";
    if (layer < 3)
      text += "a" + n + " = " + (activation == "linear" ? "1 * z" : activation + "(z") + n +
              (activation == "linear" ? "\n" : ")\n");
  }
  if (loss == "bce") return text + "L = bce(sigmoid(z3), t)\n";
  return text + "L = " + (loss == "softmax_cross_entropy" ? "cross_entropy" : loss) + "(z3, t)\n";
}

TEST(Mlp, EveryActivationWithEveryLossMatchesPyTorch) {
  const char* const parameters[] = {"W1", "b1", "W2", "b2", "W3", "b3"};
  EXPECT_EQ(golden_mlp().at("cases").size(), 45u);
  for (const json& one : golden_mlp().at("cases")) {
    const std::string text = mlp_program(one);
    SCOPED_TRACE(text);
    const Graph graph = read_program(text);
    forward_and_backward_pass(graph);
    expect_near(graph.node(graph.find("z3")).value, one.at("output"), "output");
    const double loss = one.at("L");
    EXPECT_NEAR(graph.node(graph.loss()).value[0], loss, 1e-12 * std::abs(loss));
    for (std::size_t i = 0; i < 6; ++i)
      expect_near(graph.node(graph.find(parameters[i])).gradient, one.at("gradients")[i],
                  parameters[i]);
  }
}

}  // namespace
}  // namespace backstep
