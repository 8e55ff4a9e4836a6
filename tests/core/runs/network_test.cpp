// The programs that networks make are compared word for word, and every choice makes one that
// runs.
#include "core/runs/network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/engine/passes.h"
#include "core/program/program.h"
#include "tests/core/filled.h"

namespace backstep {
namespace {

// `rows` samples of `inputs` inputs each, with a target that every loss accepts.
NamedData samples(Index rows, Index inputs, Index outputs) {
  Matrix x = filled(rows, inputs, 0), y = filled(rows, outputs, 0);
  for (std::size_t i = 0; i < x.entries.size(); ++i)
    x.entries[i] = 0.7 * static_cast<double>(i % 5) - 1;
  for (Index row = 0; row < rows; ++row)
    y.entries[static_cast<std::size_t>(row * outputs + row % outputs)] = 1;
  return {{"x", x}, {"y", y}};
}

TEST(NetworkProgram, OfOneHiddenLayer) {
  Network network;
  network.widths = {3};
  EXPECT_EQ(program_of(network, 2, 1), R"(x = input("x")
y = target("y")

layer("layer 1")
W1 = param(2, 3, init="xavier", seed=1)
b1 = param(1, 3, init="zeros")
z1 = x @ W1 + b1
a1 = tanh(z1)

layer("layer 2")
W2 = param(3, 1, init="xavier", seed=2)
b2 = param(1, 1, init="zeros")
z2 = a1 @ W2 + b2
p = tanh(z2)
L = half_mse(p, y)
)");
}

TEST(NetworkProgram, WithScaledWeightsAndBiases) {
  Network network;
  network.widths = {};
  network.init = "uniform";
  network.init_scale = 4;
  network.bias = 0.1;
  network.seed = 7;
  EXPECT_EQ(program_of(network, 2, 1), R"(x = input("x")
y = target("y")

layer("layer 1")
W1 = param(2, 1, init="uniform", seed=7, scale=4)
b1 = param(1, 1, init="ones", scale=0.1)
z1 = x @ W1 + b1
p = tanh(z1)
L = half_mse(p, y)
)");
}

TEST(NetworkProgram, WithEverythingInIt) {
  Network network;
  network.widths = {4, 4, 3};
  network.activations = {"sigmoid", "relu", "linear"};
  network.output = "linear";
  network.loss = "cross_entropy";
  network.batch_norm = network.skip_connections = true;
  network.dropout = 0.2;
  EXPECT_EQ(program_of(network, 2, 3), R"(x = input("x")
y = target("y")

layer("layer 1")
W1 = param(2, 4, init="xavier", seed=1)
b1 = param(1, 4, init="zeros")
g1 = param(1, 4, init="ones")
h1 = param(1, 4, init="zeros")
z1 = x @ W1 + b1
n1 = batch_norm(z1, g1, h1)
a1 = sigmoid(n1)
d1 = dropout(a1, p=0.2, seed=1)

layer("layer 2")
W2 = param(4, 4, init="xavier", seed=2)
b2 = param(1, 4, init="zeros")
g2 = param(1, 4, init="ones")
h2 = param(1, 4, init="zeros")
z2 = d1 @ W2 + b2
n2 = batch_norm(z2, g2, h2)
a2 = relu(n2) + d1
d2 = dropout(a2, p=0.2, seed=2)

layer("layer 3")
W3 = param(4, 3, init="xavier", seed=3)
b3 = param(1, 3, init="zeros")
g3 = param(1, 3, init="ones")
h3 = param(1, 3, init="zeros")
z3 = d2 @ W3 + b3
a3 = batch_norm(z3, g3, h3)
d3 = dropout(a3, p=0.2, seed=3)

layer("layer 4")
W4 = param(3, 3, init="xavier", seed=4)
b4 = param(1, 3, init="zeros")
p = d3 @ W4 + b4
L = cross_entropy(p, y)
)");
}

// A skip connection needs two adjacent hidden layers of equal width; the inputs do not count.
TEST(NetworkProgram, SkipsOnlyWhereWidthsAgree) {
  Network network;
  network.widths = {2, 3, 3};
  network.skip_connections = true;
  const std::string text = program_of(network, 2, 1);
  EXPECT_NE(text.find("a1 = tanh(z1)\n"), std::string::npos) << text;
  EXPECT_NE(text.find("a2 = tanh(z2)\n"), std::string::npos) << text;
  EXPECT_NE(text.find("a3 = tanh(z3) + a2\n"), std::string::npos) << text;
}

TEST(NetworkProgram, EveryActivationOutputAndLossRuns) {
  int fitting = 0;
  for (const char* activation : all_activations())
    for (const char* output : all_outputs())
      for (const char* loss : all_losses()) {
        Network network;
        network.widths = {4, 4};
        network.activations = {activation};
        network.output = output;
        network.loss = loss;
        if (!mistake_in(network).empty()) continue;
        ++fitting;
        for (const bool extras : {false, true}) {
          network.batch_norm = network.skip_connections = extras;
          network.dropout = extras ? 0.5 : 0;
          const int outputs = target_columns(network, 2);
          const Graph graph = read_program(program_of(network, 3, outputs), samples(6, 3, outputs));
          forward_and_backward_pass(graph);
          const View p = graph.node(graph.find("p")).value;
          EXPECT_EQ(p.shape, (Shape{6, outputs}));
          EXPECT_EQ(graph.node(graph.find("p")).name, "p");
          EXPECT_TRUE(std::isfinite(graph.node(graph.loss()).value[0]))
              << activation << ", " << output << ", " << loss;
        }
      }
  EXPECT_EQ(fitting, 10 * (2 + 3 + 4));  // losses that fit tanh, sigmoid and linear outputs
}

TEST(NetworkProgram, ThirtyLayersOfTwoHundred) {
  Network network;
  network.widths.assign(30, 200);
  network.activations = {"relu"};
  network.init = "he";
  const Graph graph = read_program(program_of(network, 2, 1), samples(10, 2, 1));
  EXPECT_EQ(graph.layers().size(), 32u);
  EXPECT_EQ(graph.node(graph.find("a30")).value.shape, (Shape{10, 200}));
  forward_and_backward_pass(graph);
  EXPECT_GT(gradient_norm(graph, 1), 0);
}

// This makes networks of different depth comparable: their first layers start out the same.
TEST(NetworkProgram, EqualShapesGetEqualWeights) {
  Network shallow, deep;
  shallow.widths = {5, 5};
  deep.widths = {5, 5, 5, 5};
  const NamedData data = samples(4, 2, 1);
  const Graph a = read_program(program_of(shallow, 2, 1), data);
  const Graph b = read_program(program_of(deep, 2, 1), data);
  for (const char* name : {"W1", "W2"})
    EXPECT_EQ(copy_of(a.node(a.find(name)).value), copy_of(b.node(b.find(name)).value));
}

TEST(NetworkCoding, FollowsOutputAndLoss) {
  Network network;
  EXPECT_EQ(coding_of(network), TargetCoding::minus_one_to_one);
  network.output = "sigmoid";
  EXPECT_EQ(coding_of(network), TargetCoding::zero_to_one);
  network.loss = "bce";
  EXPECT_EQ(coding_of(network), TargetCoding::zero_to_one);
  network.output = "linear";
  network.loss = "bce_with_logits";
  EXPECT_EQ(coding_of(network), TargetCoding::zero_to_one);
  EXPECT_EQ(target_columns(network, 2), 1);
  network.loss = "cross_entropy";
  EXPECT_EQ(coding_of(network), TargetCoding::one_hot);
  EXPECT_EQ(target_columns(network, 2), 2);
  EXPECT_EQ(target_columns(network, 3), 3);
  EXPECT_EQ(target_columns(network, 1), 1);
}

using Names = std::vector<std::string>;

Names names_in(std::span<const char* const> names) { return {names.begin(), names.end()}; }

TEST(NetworkChoices, StandInTheOrderInWhichPeopleChoose) {
  EXPECT_EQ(names_in(all_activations()),
            (Names{"sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu", "gelu_tanh", "silu",
                   "softplus", "linear"}));
  EXPECT_EQ(names_in(all_losses()),
            (Names{"half_mse", "mse", "bce", "bce_with_logits", "cross_entropy"}));
  EXPECT_EQ(losses_for(LossTraits::Targets::numbers), (Names{"half_mse", "mse"}));
  EXPECT_EQ(losses_for(LossTraits::Targets::one_hot), Names{"cross_entropy"});
  EXPECT_EQ(function_label("gelu_tanh"), "GELU by tanh");
  EXPECT_EQ(function_label("half_mse"), "½ squared error");
  EXPECT_EQ(function_label("linear"), "linear");
}

// The mistake in a network whose setting is `number`, or "".
std::string mistake_at(const NetworkSetting& setting, double number) {
  Network network;
  if (const auto field = std::get_if<double Network::*>(&setting.field))
    network.*(*field) = number;
  else
    network.*std::get<std::uint64_t Network::*>(setting.field) = static_cast<std::uint64_t>(number);
  return mistake_in(network);
}

TEST(NetworkSettings, OfferNoNumberThatIsRefused) {
  for (const NetworkSetting& setting : all_network_settings()) {
    SCOPED_TRACE(setting.name);
    EXPECT_EQ(find_network_setting(setting.name), &setting);
    EXPECT_STRNE(setting.description, "");
    if (std::holds_alternative<bool Network::*>(setting.field)) continue;
    if (const auto word = std::get_if<std::string Network::*>(&setting.field)) {
      const Names known = setting.known();
      EXPECT_NE(std::find(known.begin(), known.end(), Network().*(*word)), known.end());
      continue;
    }
    EXPECT_LT(setting.lowest_offered, setting.highest_offered);
    EXPECT_EQ(mistake_at(setting, setting.lowest_offered), "");
    EXPECT_EQ(mistake_at(setting, setting.highest_offered), "");
    EXPECT_EQ(mistake_at(setting, 2 * setting.highest + 2),
              std::string(setting.name) + ": " + setting.takes);
  }
}

struct NetworkMistake {
  const char* says;
  void (*make)(Network&);
};

TEST(NetworkMistakes, AreOneSentenceEach) {
  EXPECT_EQ(mistake_in(Network()), "");
  const NetworkMistake mistakes[] = {
      {"activation: 'tahn' is not known; did you mean 'tanh'?",
       [](Network& n) { n.activations = {"tahn"}; }},
      {"activations: there are 3 for 2 hidden layers; give one for all, or one for each",
       [](Network& n) {
         n.activations = {"tanh", "relu", "tanh"};
       }},
      {"widths: hidden layer 2 has 0 neurons; it may have 1 to 1000",
       [](Network& n) { n.widths[1] = 0; }},
      {"widths: hidden layer 1 has 1001 neurons; it may have 1 to 1000",
       [](Network& n) { n.widths[0] = 1001; }},
      {"widths: 61 hidden layers are too many; there may be 0 to 60",
       [](Network& n) { n.widths.assign(61, 2); }},
      {"output: 'softmax' is not known; known are tanh, sigmoid, linear",
       [](Network& n) { n.output = "softmax"; }},
      {"loss: 'msee' is not known; did you mean 'mse'?", [](Network& n) { n.loss = "msee"; }},
      {"output: the loss cross_entropy goes with output linear; with output tanh the loss is one "
       "of half_mse, mse",
       [](Network& n) { n.loss = "cross_entropy"; }},
      {"output: the loss bce goes with output sigmoid; with output linear the loss is one of "
       "half_mse, mse, bce_with_logits, cross_entropy",
       [](Network& n) {
         n.loss = "bce";
         n.output = "linear";
       }},
      {"init: 'xaiver' is not known; did you mean 'xavier'?",
       [](Network& n) { n.init = "xaiver"; }},
      {"init_scale: it is a number from -1,000,000 to 1,000,000",
       [](Network& n) { n.init_scale = INFINITY; }},
      {"bias: it is a number from -1,000,000 to 1,000,000", [](Network& n) { n.bias = NAN; }},
      {"seed: it is a whole number from 0 to 10¹⁵", [](Network& n) { n.seed = ~0ull; }},
      {"dropout: it is a share from 0 to less than 1, such as 0.2",
       [](Network& n) { n.dropout = 1; }},
  };
  for (const NetworkMistake& mistake : mistakes) {
    Network network;
    mistake.make(network);
    EXPECT_EQ(mistake_in(network), mistake.says);
  }
}

}  // namespace
}  // namespace backstep
