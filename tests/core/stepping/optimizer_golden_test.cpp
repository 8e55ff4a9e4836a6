// Five updates of every optimiser row of tests/golden/mlp.json match PyTorch's.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/stepping/optimizers.h"
#include "core/stepping/timeline.h"
#include "tests/core/golden_numbers.h"

namespace backstep {
namespace {

using nlohmann::json;

constexpr const char* program = R"(
x = input("x")
y = target("y")
W1 = param(3, 4, init="zeros")
b1 = param(1, 4, init="zeros")
a1 = tanh(x @ W1 + b1)
W2 = param(4, 3, init="zeros")
b2 = param(1, 3, init="zeros")
a2 = tanh(a1 @ W2 + b2)
W3 = param(3, 2, init="zeros")
b3 = param(1, 2, init="zeros")
p = a2 @ W3 + b3
L = half_mse(p, y)
)";
constexpr const char* parameter_names[] = {"W1", "b1", "W2", "b2", "W3", "b3"};

// Reads "sgd lr=0.3 momentum=0.9 nesterov" as a Training.
Training training_of(const std::string& words, const json& clip) {
  const auto has = [&](const char* word) { return words.find(word) != std::string::npos; };
  const auto number = [&](const std::string& name, double otherwise) {
    const auto at = words.find(name + "=");
    return at == std::string::npos ? otherwise : std::stod(words.substr(at + name.size() + 1));
  };
  Training training;
  training.optimizer = words.substr(0, words.find_first_of(" ,"));
  if (has("momentum=")) training.optimizer = has("nesterov") ? "nesterov" : "momentum";
  training.learning_rate = number("lr", 0);
  training.momentum = number("momentum", 0.9);
  training.weight_decay = number("weight_decay", 0);
  if (!clip.is_null()) (clip[0] == "norm" ? training.clip_norm : training.clip_value) = clip[1];
  return training;
}

class OptimizerGolden : public testing::TestWithParam<std::size_t> {};

TEST_P(OptimizerGolden, FiveUpdatesAgreeWithPyTorch) {
  const json& row = golden_mlp().at("optimizers")[GetParam()];
  const std::string words = row.at("optimizer");
  const Training training = training_of(words, row.at("clip"));
  ASSERT_TRUE(find_optimizer(training.optimizer)) << words;
  Timeline timeline(
      read_program(program, {{"x", golden_matrix(golden_mlp().at("X"))},
                             {"y", golden_matrix(golden_mlp().at("targets").at("real"))}}),
      training, Batches());
  for (std::size_t i = 0; i < std::size(parameter_names); ++i)
    timeline.edit(timeline.graph().find(parameter_names[i]),
                  golden_matrix(golden_mlp().at("initial")[i]));
  for (long step = 0; step < row.at("steps"); ++step) {
    timeline.seek({step, timeline.ticks()});
    const double want = row.at("trace")[static_cast<std::size_t>(step)].at("L");
    EXPECT_NEAR(timeline.graph().node(timeline.graph().loss()).value[0], want, 1e-12 * want)
        << words << ", update " << step;
  }
  for (std::size_t i = 0; i < std::size(parameter_names); ++i) {
    const Matrix want = golden_matrix(row.at("parameters")[i]);
    const View have = timeline.graph().node(timeline.graph().find(parameter_names[i])).value;
    for (std::size_t k = 0; k < want.entries.size(); ++k)
      EXPECT_NEAR(have.data[k], want.entries[k], 1e-12 * std::abs(want.entries[k]))
          << words << ", " << parameter_names[i] << "[" << k << "]";
  }
}

INSTANTIATE_TEST_SUITE_P(All, OptimizerGolden, testing::Range<std::size_t>(0, 10));

// The first step of one parameter, 1, whose gradient is this.
double first_step(const Optimizer& optimizer, double gradient) {
  Training training;
  training.optimizer = optimizer.name;
  double parameter = 1;
  std::array<double, max_optimizer_slots> memory = {};
  const Shape one = {1, 1};
  UpdateCall call = {{&parameter, one}, {&gradient, one}, {}, training, 1};
  for (std::size_t i = 0; i < memory.size(); ++i) call.slots[i] = {&memory[i], one};
  optimizer.update(call);
  return 1 - parameter;
}

TEST(Optimizers, AreWhatTheirRowsSay) {
  for (const Optimizer& row : all_optimizers()) {
    SCOPED_TRACE(row.name);
    const std::string formula = row.formula;
    EXPECT_EQ(row.uses_momentum, formula.find("β") != std::string::npos);
    EXPECT_EQ(row.decouples_decay, formula.find("λ") != std::string::npos);
    const double growth = first_step(row, 1000) / first_step(row, 1);
    EXPECT_NEAR(growth, row.normalises ? 1 : 1000, 1e-6 * growth);
    EXPECT_TRUE(!row.without_momentum || find_optimizer(row.without_momentum));
  }
}

}  // namespace
}  // namespace backstep
