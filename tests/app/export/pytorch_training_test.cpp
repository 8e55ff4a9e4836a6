// Exported scripts tell PyTorch every setting of training. (tests/scripts/export.sh runs such
// scripts.)
#include <gtest/gtest.h>

#include <algorithm>

#include "app/export/pytorch.h"
#include "core/stepping/optimizers.h"

namespace backstep {
namespace {

std::string script_with(const Training& training) {
  Setup setup;
  setup.program =
      "x = input(\"x\")\nw = param([[1.0]])\nb = param([[0.5]])\nL = mean((x @ w + b)**2)\n";
  setup.train = {{"x", {{5, 1}, {1, 2, 3, 4, 5}}}};
  setup.training = training;
  return pytorch_script(Experiment(setup), "five rows", 0);
}

void expect_part(const std::string& script, const std::string& part) {
  EXPECT_NE(script.find(part), std::string::npos) << part << "\nis not in\n" << script;
}

TEST(PyTorchTraining, KnowsEveryOptimizer) {
  for (const Optimizer& row : all_optimizers()) {
    const std::string call = row.pytorch;
    EXPECT_NE(call.find("({parameters}, lr={rate}"), std::string::npos) << row.name;
    for (const bool weights_only : {false, true}) {
      Training training;
      training.optimizer = row.name;
      training.weight_decay = 0.25;
      training.weights_only = weights_only;
      const std::string script = script_with(training);
      const auto begin = script.find("optimizer = torch.optim.");
      ASSERT_NE(begin, std::string::npos) << row.name;
      const std::string line = script.substr(begin, script.find('\n', begin) - begin);
      EXPECT_EQ(line.find("{parameters}"), std::string::npos) << line;
      EXPECT_EQ(line.find("{rate}"), std::string::npos) << line;
      EXPECT_NE(line.find("weight_decay=0.25)"), std::string::npos) << line;
      EXPECT_EQ(std::count(line.begin(), line.end(), '('),
                std::count(line.begin(), line.end(), ')'));
      EXPECT_EQ(line.find("pulled") != std::string::npos, weights_only) << line;
    }
  }
}

TEST(PyTorchTraining, KeepsASmallerLastBatchUnlessItIsDropped) {
  Training training;
  training.batch_size = 2;
  expect_part(script_with(training), "for first in range(0, 5, 2):");
  training.drop_last = true;
  expect_part(script_with(training), "for first in range(0, 4, 2):");
  training.batch_size = 3;
  expect_part(script_with(training), "for first in range(0, 3, 3):");
  training.batch_size = 5;
  expect_part(script_with(training), "batch = data\n");
}

TEST(PyTorchTraining, UsesTheSameOrder) {
  Training training;
  training.shuffle = true;
  training.seed = 42;
  const std::string script = script_with(training);
  expect_part(script, "order, state = list(range(count)), 42 * 0x9E3779B97F4A7C15 + epoch");
  expect_part(script, "order = shuffled(epoch - 1, 5)\n");
}

TEST(PyTorchTraining, SparesBiasesAndStopsAtZeroIfChosen) {
  Training training;
  training.l1 = 0.5;
  expect_part(script_with(training), "pulled = parameters\n");
  training.weights_only = training.l1_stops_at_zero = true;
  const std::string script = script_with(training);
  expect_part(script, "weights = [0]  #");
  expect_part(script, "new = parameter - 0.1 * 0.5 * old.sign()\n");
  EXPECT_EQ(script.find("parameter.grad += "), std::string::npos);
}

}  // namespace
}  // namespace backstep
