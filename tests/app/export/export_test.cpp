// What `export` writes: every op has a line of PyTorch, scripts contain the current numbers, and
// the numbers of a derivation are right.
#include <gtest/gtest.h>

#include <sstream>

#include "app/export/derivation.h"
#include "app/export/metrics.h"
#include "app/export/pytorch.h"
#include "app/export/pytorch_ops.h"
#include "core/ops/op_table.h"
#include "core/program/program.h"
#include "tests/app/graph/graph_programs.h"

namespace backstep {
namespace {

void expect_parts(const std::string& text, const std::vector<std::string>& parts) {
  for (const std::string& part : parts)
    EXPECT_NE(text.find(part), std::string::npos) << part << "\nis not in\n" << text;
}

Setup setup_of(const std::string& program) {
  Setup setup;
  setup.program = program;
  setup.training.learning_rate = 0.5;
  return setup;
}

TEST(PyTorch, HasALineForEveryOp) {
  for (const Op& op : all_ops()) {
    ASSERT_TRUE(op.pytorch || op.spelling != Spelling::call) << op.name;
    const std::string definition = pytorch_definition(op);
    const bool is_call = op.spelling == Spelling::call;
    EXPECT_EQ(definition.empty(), !op.pytorch) << op.name;
    EXPECT_FALSE(is_call && definition.empty()) << op.name;
    if (definition.empty()) continue;
    expect_parts(definition, {"def " + std::string(is_call ? op.token : op.name) + "("});
    for (const char* operand : op.operands)
      expect_parts(definition, {"matrix(" + std::string(operand) + ")"});
    EXPECT_EQ(definition.find('{'), std::string::npos) << definition;
  }
}

TEST(PyTorch, AScriptContainsTheProgramAndItsCurrentNumbers) {
  backstep::Setup setup = setup_of(
      "x = input(\"x\")\r\nb = input([[1.0]])\n\nw = param(2, 1, init=\"he\", seed=4)\n"
      "L = mean(dropout(batch_norm(x @ w, b, target(0.5)), 0.5))\n");
  setup.train = {{"x", {{2, 2}, {1, -0.0, 1e-300, 0.1}}}};
  setup.parameters = {{"w", {{2, 1}, {0.25, -3}}}, {"b", {{1, 1}, {2.5}}}};
  const std::string script = pytorch_script(Experiment(setup), "A \"title\"\nof two lines", 0);
  expect_parts(script,
               {"# A \"title\" of two lines, as Backstep",
                "    x = input(\"x\")\n    b = input([[1.0]])\n\n    w = param(2, 1, init",
                "    return locals()", "PARAMETERS = [\n    [[0.25], [-3]],\n]",
                "\"x\": [[1, -0.0], [1e-300, 0.1]],", "TEST = {}", "EDITED = {\n    1: [[2.5]],\n}",
                "RUNNING = [\n    [[0], [1]],\n]", "torch.optim.SGD(parameters, lr=0.5)"});
  EXPECT_EQ(script.find("ast"), std::string::npos) << "no number has a name here";
}

TEST(PyTorch, AScriptDeclaresItsEncodingBeforeTheTitle) {
  const std::string script =
      pytorch_script(Experiment(setup_of("L = sum(param(1))\n")), "Label encoding: one-hot", 0);
  EXPECT_TRUE(script.starts_with("# -*- coding: utf-8 -*-\n# Label encoding: one-hot, as"));
}

TEST(PyTorch, WhatPythonCannotExpressIsRefused) {
  const auto answer = [](const std::string& program) {
    try {
      const std::string script = pytorch_script(Experiment(setup_of(program)), "", 0);
      return std::string(script.find("torch.") == std::string::npos ? "no script" : "a script");
    } catch (const ProgramError& error) {
      return std::string(error.what());
    }
  };
  EXPECT_EQ(answer("x = input(2)\nL = x @ 3\n"),
            "line 2, column 5: x @ 3: PyTorch does this with matrices only; write its number as "
            "input(2.0)");
  EXPECT_EQ(answer("x = input(2)\nL = x * (0 / 0)\n"),
            "line 2, column 10: 0 / 0: Python stops at this number; write one of its numbers as "
            "input(2.0)");
  EXPECT_EQ(answer("x = 2\nthree = 3\nL = three @ x * (1 / 3)\n"), "a script");
}

TEST(Derivation, WorksOutTheTextbookExample) {
  Timeline timeline(read_program(two_inputs), 0.5);
  timeline.seek({0, 5});  // the text does not depend on the cursor
  const std::string text = derivation(timeline, two_inputs, "Two inputs");
  EXPECT_EQ(timeline.position(), (Position{0, 5}));
  expect_parts(text,
               {"# Two inputs: one pass, worked out", two_inputs, "x = [ 0.500000  0.800000 ]\n",
                "### 3. a₁ = σ(z₁)\n\n```text\na₁ = 1 / (1 + exp(−z₁))\n"
                "   = 1 / (1 + exp(−0.7800))\n   = 0.6857\n```",
                "The loss is L = 0.05380158929464125.",
                "∂L/∂z₁ = ∂L/∂a₁ · σ′(z₁)\n       = ∂L/∂a₁ · a₁·(1 − a₁)\n"
                "       = −0.0651 · 0.2155\n       = −0.0140\n",
                "∂L/∂W₁[0,0] = −0.0140 · 0.5\n            = −0.0070\n\n"
                "∂L/∂W₁ = [ −0.007013 ]\n         [ −0.011220 ]\n",
                "| a₁ | 0.685680 | −0.065076 |", "| W₁ | 2×1 | ", " | agrees |",
                "W₂ ← W₂ − 0.5 · ∂L/∂W₂\nW₂ = 0.9 − 0.5·(−0.0496) = 0.9248\n\n"
                "W₂ before = 0.900000\nW₂ after  = 0.924789\n"});
}

TEST(Derivation, AddsUpContributionsAndLeavesOutLargeMatrices) {
  const char* const program = "w = param(9, 1, init=\"ones\")\nz = w * w\nL = sum(z * w)\n";
  Timeline timeline(read_program(program), 0.1);
  const std::string text = derivation(timeline, program, "Cubes");
  expect_parts(text, {"w is 9×1, not written out", "Matrices of more than 8 rows",
                      "∂L/∂w[0,0] = 1 + 1 + 1\n           = 3\n", "| w | 9×1 | "});
}

TEST(Metrics, OfAKeptRunEqualThoseWrittenDuringTraining) {
  Experiment written(setup_of(two_inputs)), kept(setup_of(two_inputs));
  std::ostringstream one, two;
  write_metrics(one, written, 5);
  kept.work(0, Deadline::never());
  for (long epoch = 1; epoch <= 5; ++epoch) kept.work(epoch, Deadline::never());
  write_history(two, kept);
  EXPECT_EQ(one.str(), two.str());
}

}  // namespace
}  // namespace backstep
