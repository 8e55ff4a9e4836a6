// The middle of Train as a person sees it: the field, its neurons and the plots, and the effect of
// a click on each.
#include <gtest/gtest.h>

#include <string>

#include "app/panels/train/train_cards.h"
#include "driver.h"

namespace backstep {
namespace {

Document learning(const std::string& set, std::vector<int> widths, const std::string& activation) {
  Document document;
  document.setup.network.emplace();
  document.setup.network->widths = std::move(widths);
  document.setup.network->activations = {activation};
  DataSetOptions options;
  options.samples = 80;
  document.setup.samples = draw_samples(*find_data_set(set), options);
  if (document.setup.samples->kind == TargetKind::numbers)
    document.setup.network->output = "linear";
  document.setup.training.learning_rate = 0.03;
  document.setup.training.batch_size = 10;
  return document;
}

void show(Driver& driver, const Document& document, long epochs) {
  driver.app().open(document, {});
  driver.app().workspace().set_mode(Mode::train);
  driver.app().playback().train_now(epochs);
  driver.app().playback().settle();
  driver.frames(4);
}

TEST(TrainPanel, ShowsEveryPartOfALearningNetwork) {
  Driver driver;
  show(driver, learning("circle", {5, 3}, "tanh"), 10);
  for (const char* part : {"train.field", "train.neurons", "train.loss", "train.norms",
                           "train.profile", "train.updates", "train.layers"})
    EXPECT_TRUE(driver.shows(part)) << part;
  EXPECT_TRUE(driver.shows("train.neuron.4"));
  EXPECT_FALSE(driver.shows("train.neuron.5"));
  EXPECT_TRUE(driver.reads_in("train.layers", "saturated"));
  EXPECT_TRUE(driver.reads_in("train.loss", "test"));
}

TEST(TrainPanel, AClickOnALayerShowsItsNeurons) {
  Driver driver;
  show(driver, learning("circle", {5, 3}, "tanh"), 2);
  driver.click("train.layer.1");
  driver.app().playback().settle();
  driver.frames(2);
  EXPECT_TRUE(driver.reads_in("train.neurons", "layer 2"));
  EXPECT_TRUE(driver.shows("train.neuron.2"));
  EXPECT_FALSE(driver.shows("train.neuron.3"));
}

TEST(TrainPanel, AFrozenRunIsDrawnBelowTheNext) {
  Driver driver;
  show(driver, learning("circle", {4}, "tanh"), 6);
  driver.click("train.freeze");
  EXPECT_TRUE(driver.reads_in("train.loss", "thaw"));
  EXPECT_TRUE(driver.reads_in("train.loss", "tanh, epoch 6"));
  EXPECT_TRUE(driver.reads_in("train.profile", "frozen"));
  driver.click("train.freeze");
  EXPECT_FALSE(driver.reads_in("train.loss", "tanh, epoch 6"));
}

TEST(TrainPanel, AnotherSessionHasItsOwnLayers) {
  Driver driver;
  show(driver, learning("circle", {5, 3, 3, 3}, "tanh"), 1);
  EXPECT_TRUE(driver.shows("train.neuron.2"));
  EXPECT_TRUE(driver.reads_in("train.layers", "layer 3"));
  show(driver, learning("circle", {2}, "tanh"), 1);
  EXPECT_TRUE(driver.shows("train.neuron.1"));
  EXPECT_FALSE(driver.shows("train.neuron.2"));
  EXPECT_FALSE(driver.reads_in("train.layers", "layer 3"));
}

TEST(TrainPanel, SaysWhyThereIsNoField) {
  Driver driver;
  driver.app().workspace().set_mode(Mode::train);
  driver.app().playback().settle();
  driver.frames(3);
  EXPECT_FALSE(driver.shows("train.field"));
  EXPECT_TRUE(driver.reads("No data to draw"));
  Document document = learning("circle", {3}, "tanh");
  document.setup.samples.own().inputs = {{20, 4}, std::vector<double>(80, 0.5)};
  document.setup.samples.own().targets.entries.resize(20);
  document.setup.samples.own().targets.shape = {20, 1};
  document.setup.samples.own().train = 10;
  document.setup.samples.own().input_names = {"a", "b", "c", "d"};
  show(driver, document, 1);
  EXPECT_TRUE(driver.reads("the data has 4 inputs"));
}

TEST(TrainPanel, TabsShowTheCardsThatHaveNoRoom) {
  Driver driver(1280, 720);
  show(driver, learning("circle", {4}, "tanh"), 2);
  EXPECT_TRUE(driver.shows("train.loss"));
  EXPECT_FALSE(driver.shows("train.layers"));
  driver.click("train.page.6");
  EXPECT_TRUE(driver.shows("train.layers"));
  EXPECT_FALSE(driver.shows("train.loss"));
}

struct TrainSize {
  float width, height, scale, text;
};

class TrainSizes : public testing::TestWithParam<TrainSize> {};

TEST_P(TrainSizes, ShowNoTextThatOverlapsOrIsCutOff) {
  const TrainSize size = GetParam();
  Driver driver(size.width, size.height, size.scale);
  driver.app().view().text_size = size.text;
  for (const Document& document :
       {learning("circle", {8, 8, 8, 8, 8, 8}, "sigmoid"), learning("sine", {4}, "tanh"),
        learning("spiral", std::vector<int>(20, 40), "relu")}) {
    show(driver, document, 3);
    if (driver.shows("train.freeze")) driver.click("train.freeze");
    for (int card = 0; card < static_cast<int>(train_cards().size()); ++card) {
      driver.app().view().train_card = card;
      driver.frames(3);
      for (const std::string& flaw : driver.flaws())
        ADD_FAILURE() << "card " << card << ": " << flaw;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, TrainSizes,
                         testing::Values(TrainSize{1280, 720, 1, 1}, TrainSize{1600, 1000, 1, 1},
                                         TrainSize{3840, 2160, 2, 1}, TrainSize{1600, 1000, 1, 2},
                                         TrainSize{1280, 720, 1, 2}));

}  // namespace
}  // namespace backstep
