// What Step says about training: about an update with any optimiser, the current batch, and a
// single sample on show.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include "app/graph/step_words.h"
#include "app/panels/step/transport_panel.h"
#include "core/runs/data_sets.h"
#include "driver.h"

namespace backstep {
namespace {

// A network with one hidden neuron on 20 samples of the circle set in batches of 5.
Document circle_document() {
  Document document;
  document.title = "circle";
  document.setup.network = Network();
  document.setup.network->widths = {1};
  document.setup.samples = draw_samples(*find_data_set("circle"), {40, 0.1, 0.5, 1});
  document.setup.training.batch_size = 5;
  document.setup.program = program_of(document.setup);
  return document;
}

// One weight of 0.5, whose gradient in the first pass is 2 · (0.5 · 1 − 3) = −5.
Document one_weight(const Training& training) {
  Document document;
  document.title = "one weight";
  document.setup.program = "x = input(1)\nw = param(0.5)\ny = target(3)\nL = (x * w - y) ** 2\n";
  document.setup.training = training;
  return document;
}

std::string said_after_update(const Training& training, long pass = 0) {
  Session session(one_weight(training));
  session.seek({pass, session.timeline().ticks()});
  return describe_tick(session.timeline());
}

std::vector<std::string> callout_after_update(const Training& training) {
  Session session(one_weight(training));
  const Timeline& timeline = session.timeline();
  session.seek({0, timeline.ticks()});
  const StepWords words = step_words(timeline, timeline.tick(timeline.ticks()), {});
  std::vector<std::string> lines = {words.title};
  for (const auto& line : words.lines) {
    lines.emplace_back();
    for (const TextPiece& word : line) lines.back() += word.text;
  }
  return lines;
}

TEST(StepTraining, PlainDescentIsDescribedAsOneStep) {
  EXPECT_EQ(said_after_update({}), "w ← w − 0.1 · ∂L/∂w");
  EXPECT_EQ(callout_after_update({}), (std::vector<std::string>{"w − learning rate × ∂L/∂w",
                                                                "0.5000 − 0.1 × (−5) = 1.0000"}));
}

TEST(StepTraining, AnOptimizerIsDescribedByItsFormula) {
  Training training;
  training.optimizer = "momentum";
  EXPECT_EQ(said_after_update(training),
            "w 0.5000 → 1.0000 by Momentum:  g = ∂L/∂w;  v ← 0.9·v + g;  w ← w − 0.1·v");
  EXPECT_EQ(callout_after_update(training),
            (std::vector<std::string>{"w by Momentum", "g = ∂L/∂w", "v ← 0.9·v + g",
                                      "w ← w − 0.1·v", "w : 0.5000 → 1.0000"}));
  training.optimizer = "adam";
  EXPECT_NE(said_after_update(training, 2).find("(1 − 0.9^3)"), std::string::npos)
      << "the third update";
  training.optimizer = "adamw";
  training.weight_decay = 0.5;
  const std::string adamw = said_after_update(training);
  EXPECT_NE(adamw.find("w ← w − 0.1·0.5·w, then as Adam"), std::string::npos) << adamw;
  EXPECT_NE(adamw.find("g = ∂L/∂w;"), std::string::npos)
      << "its decay does not go through the gradient: " << adamw;
}

TEST(StepTraining, ChangesOfTheGradientAreListedInTheirOrder) {
  Training training;
  training.clip_norm = 1;
  training.clip_value = 0.5;
  training.weight_decay = 0.01;
  training.l1 = 0.001;
  EXPECT_NE(said_after_update(training).find("g = ∂L/∂w, norm clipped at 1, entries clipped at "
                                             "±0.5, plus 0.01·w, plus 0.001·sign w;  w ← w − "
                                             "0.1·g"),
            std::string::npos)
      << said_after_update(training);
  Training never;
  never.zero_gradients = false;
  EXPECT_NE(said_after_update(never).find("g = sum of ∂L/∂w over all passes so far;"),
            std::string::npos);
}

TEST(StepTraining, APassThatOnlyAddsItsGradientSaysWhenTheUpdateComes) {
  Training training;
  training.accumulate = 4;
  EXPECT_EQ(said_after_update(training), "w adds its gradient; update after pass 4");
  EXPECT_EQ(said_after_update(training, 6), "w adds its gradient; update after pass 8");
  EXPECT_NE(said_after_update(training, 3).find("g = mean of ∂L/∂w over 4 passes"),
            std::string::npos);
  EXPECT_EQ(callout_after_update(training),
            (std::vector<std::string>{"w adds its gradient", "the update comes after pass 4"}));
  Driver driver;
  driver.app().open(one_weight(training), "");
  driver.key(GLFW_KEY_END);
  EXPECT_TRUE(driver.reads_in("transport", "NO UPDATE YET"));
}

TEST(StepTraining, TheTrainingAndTheBatchAreDescribed) {
  Driver driver;
  EXPECT_FALSE(driver.shows("training.words")) << "for plain descent the learning rate says all";
  Document document = circle_document();
  document.setup.training.optimizer = "adam";
  document.setup.training.shuffle = true;
  driver.app().open(document, "");
  driver.frames(3);
  driver.session().seek({6, 3});
  driver.frames(3);
  std::string text;
  for (const std::string& line : driver.texts_in("training.words"))
    text += (text.empty() ? "" : " ") + line;
  EXPECT_EQ(text, "Adam · batches of 5, shuffled · epoch 2, batch 3 of 4");
  EXPECT_TRUE(driver.reads_in("transport", "epoch 2 · batch 3 of 4"));
  EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();
}

TEST(StepTraining, TheInspectorNamesTheSampleOfEachRow) {
  Driver driver;
  driver.app().open(circle_document(), "");
  driver.frames(3);
  driver.app().view().selection = {driver.session().graph().find("x"), 0};
  driver.frames(3);
  EXPECT_TRUE(driver.reads("Its rows are samples 1 to 5."));
  driver.session().pick_sample(12);
  driver.frames(3);
  driver.app().view().selection = {driver.session().graph().find("x"), 0};
  driver.frames(3);
  EXPECT_TRUE(driver.reads("Its row is sample 13."));
}

TEST(StepTraining, TheChipMovesBetweenSamplesAndBackToAll) {
  for (const bool presenting : {false, true}) {
    Driver driver;
    driver.app().open(circle_document(), "");
    driver.app().view().presenting = presenting;
    driver.frames(3);
    EXPECT_FALSE(driver.shows("sample.chip"));
    driver.session().pick_sample(12);
    driver.session().seek({0, 4});
    driver.frames(3);
    EXPECT_TRUE(driver.reads_in("sample.chip", "sample 13 alone"));
    EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();
    for (const auto& [name, rect] : driver.record().widgets()) {
      if (!name.starts_with("node.")) continue;
      EXPECT_FALSE(rect.overlaps(driver.rect("sample.chip"))) << name;
    }
    driver.click("sample.next");
    EXPECT_EQ(driver.session().picked_sample(), 13);
    EXPECT_EQ(driver.session().timeline().position(), (Position{0, 4})) << "at the same place";
    driver.click("sample.previous");
    driver.click("sample.previous");
    EXPECT_EQ(driver.session().picked_sample(), 11);
    driver.session().pick_sample(0);
    driver.frames(3);
    driver.click("sample.previous");
    EXPECT_EQ(driver.session().picked_sample(), 0) << "there is no sample before the first";
    driver.click("sample.all");
    EXPECT_FALSE(driver.session().picked_sample());
    EXPECT_FALSE(driver.shows("sample.chip"));
  }
}

TEST(StepTraining, TheChipHasRoomInSmallWindows) {
  for (const auto& [width, height, scale] :
       {std::tuple{900.0f, 600.0f, 1.0f}, std::tuple{1280.0f, 720.0f, 1.0f},
        std::tuple{2560.0f, 1440.0f, 2.0f}}) {
    Driver driver(width, height, scale);
    driver.app().open(circle_document(), "");
    driver.session().pick_sample(12);
    driver.frames(4);
    const Rect chip = driver.rect("sample.chip");
    EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();
    EXPECT_GE(chip.x, driver.rect("graph").x);
    EXPECT_LE(chip.right(), driver.rect("graph.zoom_out").x);
  }
}

TEST(StepTraining, TheInspectorExplainsBatchNormOfASingleSample) {
  Driver driver;
  Document document = circle_document();
  document.setup.network.reset();
  document.setup.program =
      "x = input(\"x\")\ny = target(\"y\")\nW = param(2, 1, init=\"xavier\", seed=1)\n"
      "g = param(1, 1, init=\"ones\")\nb = param(1, 1, init=\"zeros\")\n"
      "z = x @ W\nn = batch_norm(z, g, b)\nL = mse(n, y)\n";
  driver.app().open(document, "");
  driver.session().pick_sample(3);
  driver.frames(3);
  ASSERT_TRUE(driver.session().runs());
  driver.app().view().selection = {driver.session().graph().find("n"), 0};
  driver.frames(3);
  EXPECT_TRUE(driver.shows("inspector.alone"));
  EXPECT_FALSE(driver.texts_in("inspector.alone").empty());
}

}  // namespace
}  // namespace backstep
