// The effect of changing one setting of a network on the others, and the words for it.
#include "app/panels/setup/setup_edit.h"

#include <gtest/gtest.h>

#include "core/base/number_words.h"
#include "core/runs/fitted_network.h"
#include "setup_stage.h"

namespace backstep {
namespace {

TEST(SetupEdit, ALossChoosesAFittingOutputAndViceVersa) {
  const Network by_loss = with_loss(Network(), "cross_entropy");
  EXPECT_EQ(by_loss.output, "linear");
  EXPECT_EQ(mistake_in(by_loss), "");
  const Network by_output = with_output(by_loss, "tanh");
  EXPECT_EQ(by_output.output, "tanh");
  EXPECT_EQ(by_output.loss, "half_mse");
  for (const char* loss : all_losses())
    for (const char* output : all_outputs()) {
      EXPECT_EQ(mistake_in(with_output(with_loss(Network(), loss), output)), "");
      EXPECT_EQ(mistake_in(with_loss(with_output(Network(), output), loss)), "");
    }
}

TEST(SetupEdit, NumericTargetsGetALinearOutput) {
  const Samples sine = draw_samples(*find_data_set("sine"), {});
  const Network network = fitted(with_loss(Network(), "bce"), sine);
  EXPECT_EQ(network.output, "linear");
  EXPECT_EQ(network.loss, "half_mse");
  const Samples classes = draw_samples(*find_data_set("circle"), {});
  EXPECT_EQ(fitted(network, classes).output, "tanh");
  EXPECT_EQ(fitted(Network(), classes), Network()) << "a fitting output stays";
}

TEST(SetupEdit, LayersAreAddedAndRemovedAtTheEnd) {
  Network network;
  network.widths = {4, 2};
  network.activations = {"tanh", "relu"};
  const Network more = with_layer_count(network, 3);
  EXPECT_EQ(more.widths, (std::vector<int>{4, 2, 2}));
  EXPECT_EQ(more.activations, (std::vector<std::string>{"tanh", "relu", "relu"}));
  const Network none = with_layer_count(network, 0);
  EXPECT_TRUE(none.widths.empty());
  EXPECT_EQ(mistake_in(none), "");
  EXPECT_EQ(mistake_in(with_layer_count(none, 1)), "");
}

TEST(SetupEdit, SumsUpASetupInAFewWords) {
  Network network;
  network.widths = std::vector<int>(6, 8);
  EXPECT_EQ(words_of_layers(network), "6 × 8 neurons");
  network.widths = {4, 2};
  EXPECT_EQ(words_of_layers(network), "4, 2 neurons");
  network.widths = {};
  EXPECT_EQ(words_of_layers(network), "none");
  const Document document = circle();
  EXPECT_EQ(words_of_data(document.setup, document.source), "Circle · 20 train");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(grouped(-12), "-12");
}

TEST(SetupEdit, PointsAreAddedToTheTrainingSamplesMovedAndErased) {
  Samples samples = draw_samples(*find_data_set("circle"), {10, 0, 0.5, 1});
  const double first_of_test = samples.inputs.entries[10];
  add_point(samples, 1.5, -2, 1);
  EXPECT_EQ(samples.count(), 11);
  EXPECT_EQ(samples.train, 6);
  EXPECT_EQ(samples.inputs.entries[10], 1.5);
  EXPECT_EQ(samples.inputs.entries[11], -2);
  EXPECT_EQ(samples.targets.entries[5], 1);
  EXPECT_EQ(samples.inputs.entries[12], first_of_test);
  move_point(samples, 5, 3, 4);
  EXPECT_EQ(samples.inputs.entries[10], 3);
  erase_point(samples, 5);
  EXPECT_EQ(samples.train, 5);
  EXPECT_EQ(samples.inputs.entries[10], first_of_test);
  EXPECT_EQ(samples.inputs.shape.rows, samples.targets.shape.rows);
}

}  // namespace
}  // namespace backstep
