// The Compare mode as a person sees it: cards, plots, the doctor and the waterfall of the runs,
// and the effect of a click on each.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "driver.h"

namespace backstep {
namespace {

// A deep narrow network on the circle set, to be compared by activation.
Document deep_circle(int hidden) {
  Document document;
  Network network;
  network.widths.assign(static_cast<std::size_t>(hidden), 8);
  network.activations = {"sigmoid"};
  network.init = "uniform";
  network.bias = 0.1;
  document.setup.network = network;
  DataSetOptions options;
  options.samples = 80;
  document.setup.samples = draw_samples(*find_data_set("circle"), options);
  document.setup.training.learning_rate = 0.03;
  document.setup.training.batch_size = 10;
  return document;
}

class ComparePanel : public testing::Test {
 protected:
  // Shows the comparison by `field` after some epochs of training.
  void compare(Driver& driver, int hidden, const std::string& field,
               const std::vector<std::string>& values, long epochs) {
    Document document = deep_circle(hidden);
    document.compare_by = field;
    document.compare_values = values;
    driver.app().open(document, {});
    driver.app().workspace().set_mode(Mode::compare);
    driver.app().playback().train_now(epochs);
    driver.app().playback().settle();
    driver.frames(4);
  }
  void compare_activations(Driver& driver) {
    compare(driver, 6, "activation", {"sigmoid", "tanh", "relu"}, 20);
  }
};

TEST_F(ComparePanel, ShowsACardForEachRunAndTwoPlots) {
  Driver driver;
  compare_activations(driver);
  for (const char* run : {"compare.run.0", "compare.run.1", "compare.run.2"}) {
    EXPECT_TRUE(driver.reads_in(run, "loss ")) << run;
    EXPECT_TRUE(driver.reads_in(run, "gradient norm, layer by epoch")) << run;
    EXPECT_TRUE(driver.reads_in(run, "layer 7")) << run;
    EXPECT_TRUE(driver.reads_in(run, "20")) << run;
  }
  EXPECT_TRUE(driver.reads_in("compare.run.0", "sigmoid"));
  EXPECT_TRUE(driver.reads_in("compare.run.0", "layer 1 hears nothing"));
  EXPECT_TRUE(driver.reads_in("compare.loss", "Loss"));
  EXPECT_TRUE(driver.reads_in("compare.norms", "epoch 20"));
}

TEST_F(ComparePanel, AClickOnARunFollowsItsGradient) {
  Driver driver;
  compare_activations(driver);
  EXPECT_TRUE(driver.reads_in("compare.waterfall", "σ′ 6"));
  driver.click("compare.run.1");
  EXPECT_EQ(driver.app().lab().compared().chosen(), 1);
  EXPECT_TRUE(driver.reads_in("compare.waterfall", "tanh′ 6"));
  const Rect card = driver.rect("doctor.0");
  driver.click_at({card.x + 30, card.y + 16});
  EXPECT_EQ(driver.app().lab().compared().chosen(), 0);
  EXPECT_TRUE(driver.reads_in("compare.waterfall", "arrives at layer 1"));
}

TEST_F(ComparePanel, TheDoctorsRemedyIsReplayedBesideTheUnhealthyRun) {
  Driver driver;
  compare_activations(driver);
  EXPECT_TRUE(driver.reads_in("doctor.0", "sigmoid: "));
  driver.click("doctor.remedy.0.batch_norm");
  driver.frames(4);
  EXPECT_TRUE(driver.shows("compare.run.3"));
  ASSERT_EQ(driver.app().lab().compared().comparison()->runs().size(), 4u);
  const Comparison::Run& replayed = driver.app().lab().compared().comparison()->runs()[3];
  EXPECT_TRUE(replayed.experiment->setup().network->batch_norm);
}

TEST_F(ComparePanel, RunsCanBeRemovedDownToTwo) {
  Driver driver;
  compare_activations(driver);
  driver.click("compare.run.1.remove");
  driver.frames(2);
  EXPECT_FALSE(driver.shows("compare.run.2"));
  EXPECT_FALSE(driver.shows("compare.run.0.remove"));
  EXPECT_FALSE(driver.reads_in("compare.run.1", "tanh"));
}

TEST_F(ComparePanel, AClickShowsTheLossOfTheTestSet) {
  Driver driver;
  compare_activations(driver);
  EXPECT_TRUE(driver.reads_in("compare.loss.set", "training set"));
  driver.click("compare.loss.set");
  EXPECT_TRUE(driver.reads_in("compare.loss.set", "test set"));
}

TEST_F(ComparePanel, ThePointerOverAHeatmapMovesTheProfileToItsEpoch) {
  Driver driver;
  compare_activations(driver);
  const Rect heat = driver.rect("compare.run.0.heat");
  driver.move_to({heat.x + heat.width * 10.5f / 21, heat.bottom() - 4});
  EXPECT_TRUE(driver.reads_in("compare.norms", "epoch 10"));
}

struct CompareScreen {
  float width, height, scale, text_size;
};

class CompareScreens : public ComparePanel, public testing::WithParamInterface<CompareScreen> {};

TEST_P(CompareScreens, ShowNoTextThatOverlapsOrIsCutOff) {
  const CompareScreen screen = GetParam();
  for (ThemeName theme : {ThemeName::dark, ThemeName::light}) {
    Driver driver(screen.width, screen.height, screen.scale);
    driver.app().view().text_size = screen.text_size;
    driver.app().view().theme = theme;
    compare(driver, 6, "activation", {"sigmoid", "tanh", "relu"}, 10);
    for (const std::string& flaw : driver.flaws()) ADD_FAILURE() << "three runs: " << flaw;
    compare(driver, 3, "learning_rate", {"0.001", "0.003", "0.01", "0.03", "0.1", "1000"}, 10);
    for (const std::string& flaw : driver.flaws()) ADD_FAILURE() << "six runs: " << flaw;
    compare(driver, 30, "activation", {"sigmoid", "relu"}, 2);
    for (const std::string& flaw : driver.flaws()) ADD_FAILURE() << "deep: " << flaw;
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, CompareScreens,
                         testing::Values(CompareScreen{1280, 720, 1, 1},
                                         CompareScreen{1600, 1000, 1, 1},
                                         CompareScreen{3840, 2160, 2, 1},
                                         CompareScreen{1280, 720, 1, 2},
                                         CompareScreen{1600, 1000, 1, 2}));

}  // namespace
}  // namespace backstep
