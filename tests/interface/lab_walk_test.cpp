// The lab as a person uses it: a network is built and trained, a sample is picked and stepped
// through, a weight is edited, and training continues; three activations are compared, and the
// doctor's remedies are tried.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include "app/plots/field_picture.h"
#include "driver.h"
#include "tests/core/runs/playground.h"

namespace backstep {
namespace {

Point place_of_sample(Driver& driver, long sample) {
  const Samples& samples = *driver.session().setup().samples;
  const auto at = static_cast<std::size_t>(2 * sample);
  return place_in_field(driver.rect("field.points"), input_range_of(samples),
                        samples.inputs.entries[at], samples.inputs.entries[at + 1]);
}

std::vector<double> weights_of(const Session& session) {
  const View memory = session.training_timeline().graph().parameter_memory();
  return {memory.begin(), memory.end()};
}

TEST(LabWalk, BuildTrainPickStepEditAndContinue) {
  Driver driver;
  // Build.
  driver.key(GLFW_KEY_2, true);
  driver.frames(2);
  driver.click("setup.build_network");
  driver.frames(4);
  ASSERT_TRUE(driver.session().setup().network);
  const std::size_t layers = driver.session().setup().network->widths.size();
  if (!driver.shows("setup.layers.add")) driver.click("setup.hidden");
  driver.frames(2);
  driver.click("setup.layers.add");
  driver.frames(2);
  EXPECT_EQ(driver.session().setup().network->widths.size(), layers + 1);
  EXPECT_NE(driver.session().program().find("W" + std::to_string(layers + 2)), std::string::npos);

  const std::vector<double> start = weights_of(driver.session());

  // Train, and pause.
  driver.click("setup.train");
  driver.frames(40);
  EXPECT_TRUE(driver.app().view().training);
  EXPECT_GT(driver.session().trainer().epoch(), 5);
  driver.click("setup.train");
  driver.frames(4);
  EXPECT_FALSE(driver.app().view().training);
  const long paused_at = driver.session().trainer().epoch();
  const EpochHistory& history = driver.session().trainer().history();
  EXPECT_LT(history.train_loss().back(), history.train_loss().front());

  // Pick a sample in the plot and step through it.
  driver.click_at(place_of_sample(driver, 3));
  driver.frames(2);
  ASSERT_TRUE(driver.session().picked_sample());
  driver.key(GLFW_KEY_1, true);
  driver.frames(3);
  const Graph& one = driver.session().graph();
  EXPECT_EQ(one.node(one.find("x")).value.shape, (Shape{1, 2}));
  driver.key(GLFW_KEY_END);
  driver.key(GLFW_KEY_HOME);
  for (int i = 0; i < 3; ++i) driver.key(GLFW_KEY_RIGHT);
  EXPECT_EQ(driver.session().timeline().position().tick, 3);

  // Edit a weight: the sample's values change, and training keeps the edit.
  const int weights = driver.session().graph().find("W1");
  driver.click("node.W1");
  driver.frames(2);
  const std::vector<double> before = weights_of(driver.session());
  driver.double_click("inspector.entry.0.0");
  driver.type("1.25");
  driver.key(GLFW_KEY_ENTER);
  driver.frames(2);
  EXPECT_EQ(driver.session().graph().node(weights).value[0], 1.25);
  EXPECT_NE(weights_of(driver.session()), before);

  // Go on training.
  driver.key(GLFW_KEY_2, true);
  driver.frames(2);
  EXPECT_FALSE(driver.session().picked_sample());
  driver.click("setup.train");
  driver.frames(20);
  driver.click("setup.train");
  EXPECT_GT(driver.session().trainer().epoch(), paused_at);

  // Go back to the same starting weights.
  driver.click("setup.restart");
  driver.frames(6);
  EXPECT_EQ(driver.session().trainer().epoch(), 0);
  EXPECT_EQ(weights_of(driver.session()), start);
}

// Uses Playground's data and weights, so that the numbers are those of deep_circle_test.
TEST(LabWalk, CompareThreeActivationsAndTakeTheRemedies) {
  Driver driver;
  Document document;
  document.setup = playground_setup("deep_sigmoid");
  document.mode = Mode::compare;
  driver.app().open(document, {});
  driver.frames(4);
  ASSERT_TRUE(driver.app().workspace().is_comparing());
  ASSERT_EQ(driver.app().lab().comparison()->runs().size(), 3u);
  driver.click("setup.train");
  for (int i = 0; i < 4000 && driver.app().lab().comparison()->epoch() < 300; ++i) driver.frames(1);
  driver.click("setup.train");
  driver.frames(50);
  const auto& runs = driver.app().lab().comparison()->runs();
  const auto loss = [&](std::size_t run) {
    return runs[run].experiment->trainer().history().train_loss().back();
  };
  EXPECT_NEAR(loss(0), 0.5, 0.01);
  EXPECT_LT(loss(1), 0.001);
  EXPECT_LT(loss(2), 0.001);
  EXPECT_TRUE(driver.reads("sigmoid: gradients vanish"));
  EXPECT_TRUE(driver.reads("tanh: healthy"));
  EXPECT_TRUE(driver.reads("ReLU: healthy"));

  const std::pair<const char*, double> remedies[] = {
      {"batch_norm", 0.1}, {"skip_connections", 0.01}, {"weight_scale", 0.01}};
  for (const auto& [remedy, limit] : remedies) {
    driver.click(std::string("doctor.remedy.0.") + remedy);
    for (int i = 0; i < 4000 && (i < 5 || driver.app().view().training); ++i) driver.frames(1);
    EXPECT_EQ(runs.back().experiment->trainer().epoch(), runs[0].experiment->trainer().epoch());
    EXPECT_LT(loss(runs.size() - 1), limit) << runs.back().name;
  }
  EXPECT_EQ(runs.size(), 6u);
}

// Frames stay short however large the network is, as no frame waits for a whole epoch.
TEST(LabWalk, ALargeNetworkTrainsInPieces) {
  Driver driver;
  Document document;
  document.setup.network = Network();
  document.setup.network->widths.assign(16, 100);
  document.setup.samples = draw_samples(*find_data_set("circle"), {.samples = 6000});
  document.mode = Mode::train;
  driver.app().open(document, {});
  driver.frames(2);
  driver.click("setup.train");
  long frames = 0;
  while (driver.session().trainer().epoch() < 1 && frames < 3000) {
    driver.frames(1);
    ++frames;
  }
  EXPECT_GT(frames, 3) << "an epoch of this network takes far longer than a frame";
  EXPECT_EQ(driver.session().trainer().epoch(), 1);
}

}  // namespace
}  // namespace backstep
