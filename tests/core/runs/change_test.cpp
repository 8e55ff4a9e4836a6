// A change to one setting of a setup: its effect on the network, on training, and on the
// parameters that the setup holds.
#include "core/runs/change.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/core/filled.h"

namespace backstep {
namespace {

// A 2-3-3-1 network whose parameters are given.
Setup base() {
  Setup setup;
  setup.network.emplace();
  setup.network->widths = {3, 3};
  setup.train = {{"x", filled(4, 2, 0.5)}, {"y", filled(4, 1, 1)}};
  setup.parameters = {{"W1", filled(2, 3, 0.5)}, {"b1", filled(1, 3, 0.1)},
                      {"W2", filled(3, 3, 0.5)}, {"b2", filled(1, 3, 0.1)},
                      {"W3", filled(3, 1, 0.5)}, {"b3", filled(1, 1, 0.1)}};
  return setup;
}

Setup changed(const Setup& setup, const std::string& field, const std::string& value) {
  std::string mistake;
  Setup after = with_change(setup, {field, value}, mistake);
  EXPECT_EQ(mistake, "") << field << " " << value;
  return after;
}

std::string mistake_of(const Setup& setup, const std::string& field, const std::string& value) {
  std::string mistake;
  with_change(setup, {field, value}, mistake);
  return mistake;
}

std::set<std::string> names_in(const Setup& setup) {
  std::set<std::string> names;
  for (const auto& [name, matrix] : setup.parameters) names.insert(name);
  return names;
}

// Every row accepts the values it offers, reads them back, and makes a network that runs.
TEST(Changes, TakeEveryValueOffered) {
  for (const Changeable& row : all_changeables()) {
    SCOPED_TRACE(row.setting);
    EXPECT_EQ(find_changeable(row.setting), &row);
    ASSERT_GE(row.values.size(), 2u);
    std::set<std::string> words;
    for (const char* value : row.values) {
      const auto after = changed(base(), row.setting, value);
      if (std::string(row.setting) != "weight_scale") {
        const bool is_zero = std::string(value) == "off" || std::string(value) == "all";
        const std::string now = row.read(after);
        EXPECT_TRUE(now == value || (is_zero && now == "0")) << now;
      }
      EXPECT_EQ(mistake_in(*after.network), "");
      words.insert(run_words({row.setting, value}));
    }
    EXPECT_EQ(words.size(), row.values.size()) << "two values are named alike";
  }
}

TEST(Changes, OfNetworksStandThereOnce) {
  for (const NetworkSetting& setting : all_network_settings()) {
    const auto rows = std::count_if(
        all_changeables().begin(), all_changeables().end(),
        [&](const Changeable& row) { return std::string(row.setting) == setting.name; });
    EXPECT_LE(rows, 1) << setting.name;
    EXPECT_TRUE(rows == 1 || setting.compared.empty()) << setting.name;
  }
}

TEST(Changes, AreShortBesideTheNameOfTheirSetting) {
  EXPECT_EQ(value_words(*find_changeable("learning_rate"), "0.1"), "0.1");
  EXPECT_EQ(value_words(*find_changeable("clip_norm"), "off"), "no clipping");
  EXPECT_EQ(value_words(*find_changeable("activation"), "relu"), "ReLU");
  EXPECT_EQ(addition_words({"batch_norm", "on"}), "batch norm");
  EXPECT_EQ(addition_words({"batch_norm", "off"}), "batch norm off");
  EXPECT_EQ(addition_words({"balance", "on"}), "balanced classes");
}

TEST(Changes, AreNamedInWords) {
  const std::pair<Change, const char*> words[] = {
      {{"activation", "relu"}, "ReLU"},
      {{"activation", "sigmoid"}, "sigmoid"},
      {{"activation", "leaky_relu"}, "leaky ReLU"},
      {{"init", "xavier"}, "Xavier start"},
      {{"init", "he_uniform"}, "He uniform start"},
      {{"init", "torch"}, "PyTorch start"},
      {{"optimizer", "adam"}, "Adam"},
      {{"batch_norm", "on"}, "batch norm on"},
      {{"skip_connections", "off"}, "skip connections off"},
      {{"depth", "10"}, "10 layers"},
      {{"learning_rate", "0.3"}, "learning rate 0.3"},
      {{"weight_scale", "4"}, "weights × 4"},
      {{"clip_norm", "0"}, "no clipping"},
      {{"batch_size", "all"}, "full batch"},
      {{"standardise", "on"}, "standardised inputs"},
      {{"zero_gradients", "on"}, "gradients zeroed"},
  };
  for (const auto& [change, expected] : words) EXPECT_EQ(run_words(change), expected);
}

TEST(Changes, KeepParametersThatStillFit) {
  const std::set<std::string> all = names_in(base());
  for (const auto& [field, value] : {std::pair{"activation", "relu"},
                                     {"batch_norm", "on"},
                                     {"skip_connections", "on"},
                                     {"learning_rate", "0.3"},
                                     {"dropout", "0.2"}})
    EXPECT_EQ(changed(base(), field, value).parameters, base().parameters) << field;
}

TEST(Changes, OfDepthKeepTheFirstLayers) {
  const auto deeper = changed(base(), "depth", "4");
  EXPECT_EQ(deeper.network->widths, (std::vector<int>{3, 3, 3, 3}));
  EXPECT_EQ(names_in(deeper), (std::set<std::string>{"W1", "b1", "W2", "b2"}));
  const auto none = changed(base(), "depth", "0");
  EXPECT_TRUE(none.network->widths.empty());
  EXPECT_TRUE(none.parameters.empty());
  EXPECT_EQ(changed(none, "depth", "2").network->widths, (std::vector<int>{8, 8}));
}

// Where layers differ, the setting has none of the offered values; its own can still be chosen.
TEST(Changes, ToTheCurrentValueChangeNothing) {
  auto setup = base();
  setup.network->widths = {8, 4};
  setup.network->activations = {"relu", "tanh"};
  for (const char* field : {"width", "activation", "depth"}) {
    const std::string now = find_changeable(field)->read(setup);
    EXPECT_EQ(changed(setup, field, now).network, setup.network) << field << " " << now;
  }
  EXPECT_EQ(run_words({"activation", "relu, leaky_relu"}), "ReLU, leaky ReLU");
}

// A setting of 0 is read as the word that is offered for it.
TEST(Changes, ReadZeroAsItIsOffered) {
  for (const auto& [field, word] : {std::pair{"clip_norm", "off"},
                                    {"weight_decay", "off"},
                                    {"batch_size", "all"},
                                    {"momentum", "0"},
                                    {"dropout", "0"}}) {
    const auto setup = changed(base(), field, "0");
    EXPECT_EQ(find_changeable(field)->read(setup), word);
  }
}

TEST(Changes, OfDepthGiveNewLayersTheLastActivation) {
  auto setup = base();
  setup.network->activations = {"sigmoid", "relu"};
  EXPECT_EQ(changed(setup, "depth", "3").network->activations,
            (std::vector<std::string>{"sigmoid", "relu", "relu"}));
}

TEST(Changes, OfWidthKeepParametersWhoseShapeIsTheSame) {
  const auto wider = changed(base(), "width", "5");
  EXPECT_EQ(wider.network->widths, (std::vector<int>{5, 5}));
  EXPECT_EQ(names_in(wider), std::set<std::string>{"b3"});
}

TEST(Changes, OfTheInitialValuesForgetTheWeights) {
  const std::set<std::string> biases = {"b1", "b2", "b3"};
  const auto he = changed(base(), "init", "he");
  EXPECT_EQ(he.network->init, "he");
  EXPECT_EQ(names_in(he), biases);
  const auto seven = changed(base(), "seed", "7");
  EXPECT_EQ(seven.network->seed, 7u);
  EXPECT_EQ(names_in(seven), biases);
}

TEST(Changes, OfScaleMultiplyWeightsAlone) {
  auto setup = base();
  setup.network->init_scale = 0.5;
  const auto after = changed(setup, "weight_scale", "4");
  EXPECT_EQ(after.network->init_scale, 2);
  EXPECT_EQ(after.parameters.at("W2"), filled(3, 3, 2));
  EXPECT_EQ(after.parameters.at("b2"), filled(1, 3, 0.1));
}

TEST(Changes, SetTraining) {
  EXPECT_EQ(changed(base(), "clip_norm", "off").training.clip_norm, 0);
  EXPECT_EQ(changed(base(), "clip_norm", "0.25").training.clip_norm, 0.25);
  EXPECT_EQ(changed(base(), "batch_size", "all").training.batch_size, 0);
  EXPECT_EQ(changed(base(), "batch_size", "16").training.batch_size, 16);
  EXPECT_FALSE(changed(base(), "zero_gradients", "off").training.zero_gradients);
  EXPECT_TRUE(changed(base(), "standardise", "on").standardise);
  EXPECT_TRUE(changed(base(), "balance", "on").balance);
}

TEST(Changes, WorkOnProgramsWrittenByHandWherePossible) {
  backstep::Setup setup;
  setup.program = "w = param(1)\nL = w**2\n";
  EXPECT_EQ(changed(setup, "learning_rate", "0.3").training.learning_rate, 0.3);
  EXPECT_EQ(mistake_of(setup, "activation", "tanh"),
            "activation: a program written by hand says this itself");
}

TEST(Changes, AnswerMistakesInOneSentence) {
  const std::pair<Change, const char*> mistakes[] = {
      {{"activation", "tahn"}, "activation: 'tahn' is not known; did you mean 'tanh'?"},
      {{"optimizer", "adan"}, "optimizer: 'adan' is not known; did you mean 'adam'?"},
      {{"init", "zero"}, "init: 'zero' is not known; did you mean 'zeros'?"},
      {{"depth", "61"}, "depth: it is a whole number from 0 to 60"},
      {{"width", "2.5"}, "width: it is a whole number from 1 to 1000"},
      {{"batch_norm", "yes"}, "batch_norm: it is on or off"},
      {{"learning_rate", "fast"}, "learning_rate: it is a number from 0 to 1,000,000,000"},
      {{"batch_size", "1.5"}, "batch_size: it is a whole number from 0 to 1,000,000; 0 is all"},
      {{"weight_scale", "inf"}, "weight_scale: it is a number"},
      {{"dropout", "1"}, "dropout: it is a share from 0 to less than 1, such as 0.2"},
      {{"learning_rte", "1"}, "'learning_rte' cannot be changed; did you mean 'learning_rate'?"},
  };
  for (const auto& [change, says] : mistakes) {
    std::string mistake;
    const auto after = with_change(base(), change, mistake);
    EXPECT_EQ(mistake, says);
    EXPECT_EQ(after.network, base().network);
    EXPECT_EQ(after.training, base().training);
  }
}

}  // namespace
}  // namespace backstep
