// Training in the window: an epoch in pieces, stopping and pausing, replayed remedies, and that
// everything on show is up to date.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <map>

#include "app/lessons/lesson_guide.h"
#include "app/plots/field_picture.h"
#include "driver.h"

namespace backstep {
namespace {

// Draws frames as the window does, until none is wanted.
void until_asleep(Driver& driver) {
  for (int i = 0; i < 5000; ++i) {
    driver.frames(1);
    if (driver.app().wants_frame_in() < 0) return;
  }
  ADD_FAILURE() << "it never comes to rest";
}

Document circle(std::vector<int> widths, long samples, Mode mode) {
  Document document;
  document.setup.network.emplace();
  document.setup.network->widths = std::move(widths);
  document.setup.samples = draw_samples(*find_data_set("circle"), {.samples = samples});
  document.mode = mode;
  return document;
}

// An epoch of this takes several frames, as it has many updates of a deep network.
Document slow_epoch(Mode mode) {
  Document document = circle(std::vector<int>(10, 60), 3000, mode);
  document.setup.training.batch_size = 2;
  return document;
}

bool training(Driver& driver) { return driver.app().view().training; }
long epoch(Driver& driver) { return driver.session().trainer().epoch(); }

// ---- one epoch -----------------------------------------------------------------------

TEST(TrainInTheWindow, OneEpochIsTrainedInPieces) {
  Driver driver;
  driver.app().open(slow_epoch(Mode::train), {});
  driver.frames(2);
  driver.key(GLFW_KEY_E);
  EXPECT_EQ(epoch(driver), 0) << "no frame waits for the whole epoch";
  EXPECT_TRUE(training(driver));
  until_asleep(driver);
  EXPECT_FALSE(training(driver));
  EXPECT_EQ(epoch(driver), 1);
  EXPECT_EQ(driver.session().trainer().history().last(), 1);
}

TEST(TrainInTheWindow, EscapeAndTStopAnEpoch) {
  for (const int key : {GLFW_KEY_ESCAPE, GLFW_KEY_T}) {
    Driver driver;
    driver.app().open(slow_epoch(Mode::step), {});
    driver.frames(2);
    driver.key(GLFW_KEY_E);
    const auto update = [&] { return driver.session().timeline().position().update; };
    for (int i = 0; i < 1000 && update() == 0; ++i) driver.frames(1);
    driver.key(key);
    EXPECT_FALSE(training(driver));
    EXPECT_EQ(epoch(driver), 0);
    EXPECT_GT(update(), 0);
  }
}

TEST(TrainInTheWindow, EachPressTrainsExactlyOneEpoch) {
  for (const Mode mode : {Mode::step, Mode::train}) {
    Driver driver;
    Document document = circle({3}, 40, mode);
    document.setup.training.batch_size = 5;
    driver.app().open(document, {});
    until_asleep(driver);
    for (long wanted = 1; wanted <= 3; ++wanted) {
      driver.key(GLFW_KEY_E);
      until_asleep(driver);
      EXPECT_EQ(epoch(driver), wanted) << name_of(mode);
      EXPECT_EQ(driver.session().timeline().position().tick, driver.session().timeline().ticks());
    }
    driver.app().playback().train_one_epoch();
    driver.app().playback().train_one_epoch();
    until_asleep(driver);
    EXPECT_EQ(epoch(driver), 5) << "pressed again before the first is done";
  }
}

// ---- lessons ---------------------------------------------------------------------------

TEST(TrainInTheWindow, TStopsWhereTheLessonAsksAndThenContinues) {
  Driver driver;
  driver.app().open_lesson("xor");
  until_asleep(driver);
  for (const long wanted : {100L, 5000L}) {
    ASSERT_TRUE(driver.app().lesson()->demands());
    driver.key(GLFW_KEY_T);
    until_asleep(driver);
    EXPECT_EQ(epoch(driver), wanted);
    EXPECT_FALSE(training(driver));
    EXPECT_FALSE(driver.app().lesson()->demands());
    driver.key(GLFW_KEY_RIGHT, true);
    until_asleep(driver);
  }
  // With no task left, training goes on until it is paused.
  driver.key(GLFW_KEY_T);
  driver.frames(5);
  EXPECT_TRUE(training(driver));
  driver.key(GLFW_KEY_T);
  EXPECT_GT(epoch(driver), 5000);
}

// ---- compare ---------------------------------------------------------------------------

TEST(TrainInTheWindow, ComparedRunsPauseAtTheSameEpoch) {
  Driver driver;
  Document document = circle({8, 8, 8}, 120, Mode::compare);
  document.compare_by = "depth";  // runs of different speed
  document.compare_values = {"1", "4", "10"};
  document.setup.training.batch_size = 10;
  driver.app().open(document, {});
  until_asleep(driver);
  const auto same_epoch = [&] {
    const auto& runs = driver.app().lab().comparison()->runs();
    for (const Comparison::Run& run : runs) {
      EXPECT_EQ(run.experiment->trainer().epoch(), runs[0].experiment->trainer().epoch());
      EXPECT_EQ(run.experiment->trainer().begun(), runs[0].experiment->trainer().epoch());
    }
    return runs[0].experiment->trainer().epoch();
  };
  for (int pause = 0; pause < 6; ++pause) {
    driver.key(GLFW_KEY_T);
    driver.frames(pause);
    driver.key(GLFW_KEY_T);
    until_asleep(driver);
    same_epoch();
  }
  const long before = same_epoch();
  driver.key(GLFW_KEY_E);
  until_asleep(driver);
  EXPECT_EQ(same_epoch(), before + 1);
}

TEST(TrainInTheWindow, ARemedyIsReplayedBesideTheUnchangedRun) {
  Driver driver;
  Document document = circle({8, 4}, 60, Mode::train);
  document.setup.network->activations = {"sigmoid", "tanh"};
  document.setup.network->init_scale = 100;  // saturates the neurons
  driver.app().open(document, {});
  driver.app().playback().train_now(5);
  until_asleep(driver);
  driver.click("doctor.remedy.-1.activation");
  until_asleep(driver);
  ASSERT_TRUE(driver.app().workspace().is_comparing()) << driver.app().view().message;
  const auto& runs = driver.app().lab().comparison()->runs();
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].experiment->setup().network, document.setup.network);
  EXPECT_EQ(runs[1].experiment->setup().network->activations, std::vector<std::string>{"relu"});
  for (const Comparison::Run& run : runs) EXPECT_EQ(run.experiment->trainer().epoch(), 5);
  EXPECT_TRUE(driver.reads_in("setup.run.0", "sigmoid, tanh"));
}

TEST(TrainInTheWindow, AnotherProgramGetsRunsOfItsOwn) {
  Driver driver;
  Document document = circle({4}, 60, Mode::compare);
  document.compare_by = "activation";
  document.compare_values = {"tanh", "relu"};
  driver.app().open(document, {});
  until_asleep(driver);
  ASSERT_EQ(driver.app().lab().comparison()->setting(), "activation");
  driver.key(GLFW_KEY_1, true);
  driver.session().set_program("w = param(2.0)\nL = w * w\n");
  driver.key(GLFW_KEY_3, true);
  until_asleep(driver);
  const Comparison* comparison = driver.app().lab().comparison();
  ASSERT_TRUE(comparison);
  EXPECT_EQ(comparison->setting(), "learning_rate")
      << "a program by hand has no activation to choose";
  for (const Comparison::Run& run : comparison->runs())
    EXPECT_EQ(run.experiment->setup().program, driver.session().program());
}

// ---- what is shown ---------------------------------------------------------------------

// The layout is final when the window goes to sleep.
TEST(TrainInTheWindow, NothingOverlapsTheRemediesWhenItSleeps) {
  Driver driver;
  Document document = circle({8}, 60, Mode::train);
  document.setup.network->activations = {"sigmoid"};
  document.setup.network->init = "uniform";
  driver.app().open(document, {});
  until_asleep(driver);
  auto deep = driver.session().setup();
  deep.network->widths.assign(60, 8);
  driver.session().change_setup(deep, "");
  driver.app().touch();  // edits always come with an input event
  until_asleep(driver);
  ASSERT_FALSE(driver.app().lab().run_view().diagnosis()->healthy());
  const auto remedies = [&] {
    std::map<std::string, Rect> found;
    for (const auto& [name, rect] : driver.record().widgets())
      if (name.starts_with("doctor") || name == "compare.waterfall") found[name] = rect;
    return found;
  };
  const auto asleep = remedies();
  driver.frames(6);  // drawn as when the mouse moves
  const auto settled = remedies();
  ASSERT_GT(settled.size(), 3u);
  for (const auto& [name, rect] : settled) {
    ASSERT_TRUE(asleep.contains(name)) << name;
    EXPECT_EQ(asleep.at(name).y, rect.y) << name;
    if (name.starts_with("doctor.remedy")) {
      EXPECT_LE(rect.bottom(), driver.rect("compare.waterfall").y) << name;
    }
  }
}

TEST(TrainInTheWindow, DeadNeuronsAreMarked) {
  Driver driver;
  Document document = circle({6}, 60, Mode::train);
  document.setup.network->activations = {"relu"};
  document.setup.network->bias = -100;
  driver.app().open(document, {});
  driver.app().playback().settle();
  driver.frames(3);
  EXPECT_TRUE(driver.reads_in("train.neurons", "dead"));
  document.setup.network->activations = {"tanh"};
  driver.app().open(document, {});
  driver.app().playback().settle();
  driver.frames(3);
  EXPECT_FALSE(driver.reads_in("train.neurons", "dead"));
  document.setup.network->bias = -4;
  driver.app().open(document, {});
  driver.app().playback().settle();
  driver.frames(3);
  EXPECT_TRUE(driver.reads_in("train.neurons", "saturated"));
}

TEST(TrainInTheWindow, ASampleHasTheSameNumberEverywhere) {
  Driver driver;
  driver.app().open(circle({4}, 60, Mode::train), {});
  driver.app().playback().settle();
  driver.frames(3);
  const Samples& samples = *driver.session().setup().samples;
  const Point place = place_in_field(driver.rect("field.points"), input_range_of(samples),
                                     samples.inputs.entries[10], samples.inputs.entries[11]);
  driver.move_to(place);
  driver.frames(2);
  std::string tooltips;
  for (const auto& [name, rect] : driver.record().widgets())
    if (name.starts_with("tooltip ")) tooltips += name;
  EXPECT_NE(tooltips.find("sample 6, training"), std::string::npos) << tooltips;
  driver.click_at(place);
  EXPECT_EQ(driver.session().picked_sample(), 5);
  EXPECT_TRUE(driver.reads("sample 6 alone"));
}

// The axis label has a note beside it, which the text at the pointer leaves out.
TEST(TrainInTheWindow, ThePointerNamesWhatItIsOver) {
  Driver driver;
  Document document = circle({4, 4}, 60, Mode::train);
  document.setup.training.batch_size = 10;
  driver.app().open(document, {});
  driver.app().playback().train_now(8);
  driver.app().playback().settle();
  driver.frames(3);
  EXPECT_TRUE(driver.reads_in("train.norms", "epoch · norms in its first batch"));
  const auto over = [&](const char* card) {
    driver.move_to(driver.rect(card).center());
    driver.frames(2);
    std::string heading;
    for (const std::string& text : driver.texts_in(card))
      if (text.starts_with("epoch ") || text.starts_with("layer ")) heading += text + "|";
    return heading;
  };
  EXPECT_NE(over("train.norms").find("epoch 4|"), std::string::npos) << over("train.norms");
  EXPECT_NE(over("train.profile").find("layer 2|"), std::string::npos) << over("train.profile");
  EXPECT_EQ(over("train.norms").find("batch 4"), std::string::npos);
}

}  // namespace
}  // namespace backstep
