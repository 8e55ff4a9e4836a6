// A timeline keeps two things of a training run: checkpoints to go back to, and the progress
// that is plotted. Both have fixed memory and thin out as it fills.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/core/stepping/timelines.h"

namespace backstep {
namespace {

TEST(Checkpoints, ThinOutEvenlyAndKeepTheFirst) {
  Checkpoints kept(1, 16 * sizeof(double));
  for (long update = 0; update < 1000; ++update) {
    const auto value = static_cast<double>(update);
    kept.keep(update, &value, false);
  }
  EXPECT_EQ(kept.first(), 0);
  long last = -1;
  for (long update = 0; update < 1000; ++update) {
    const long found = kept.at_or_before(update);
    EXPECT_EQ(*kept.parameters_at(found), static_cast<double>(found));
    EXPECT_LE(update - found, 2 * 1000 / 8);
    EXPECT_GE(found, last);
    last = found;
  }
}

TEST(Checkpoints, KeepTheOnesThatAreNeeded) {
  Checkpoints kept(1, 16 * sizeof(double));
  for (long update = 0; update < 1000; ++update) {
    const auto value = static_cast<double>(update);
    kept.keep(update, &value, update == 333 || update == 335);
  }
  EXPECT_EQ(kept.at_or_before(334), 333);
  ASSERT_NE(kept.needed_at(335), nullptr);
  EXPECT_EQ(*kept.needed_at(335), 335);
  EXPECT_EQ(kept.needed_at(334), nullptr);
  EXPECT_EQ(kept.needed_at(0), nullptr);
}

TEST(Checkpoints, DropTheOldestWhenAllAreNeeded) {
  Checkpoints kept(1, 4 * sizeof(double));
  for (long update = 0; update < 10; ++update) {
    const auto value = static_cast<double>(update);
    kept.keep(update, &value, true);
  }
  EXPECT_EQ(kept.first(), 6);
  EXPECT_EQ(kept.at_or_before(9), 9);
}

TEST(Checkpoints, ForgetFromBothEnds) {
  Checkpoints kept(1, 100 * sizeof(double));
  for (long update = 0; update < 10; ++update) {
    const auto value = static_cast<double>(update);
    kept.keep(update, &value, false);
  }
  kept.forget_before(3);
  kept.forget_from(7);
  EXPECT_EQ(kept.first(), 3);
  EXPECT_EQ(kept.at_or_before(9), 6);
  kept.forget_from(0);
  const double value = 5;
  kept.keep(2, &value, true);
  EXPECT_EQ(kept.first(), 2);
}

// Memory for four checkpoints only, so that going back repeats hundreds of updates.
TEST(History, GoesBackExactlyWithLittleMemory) {
  Timeline trained(read_program(programs[0]), 0.3, 1);
  trained.train(700);
  for (long update : {699L, 500L, 3L, 0L, 250L, 698L}) {
    trained.seek({update, 5});
    Timeline fresh(read_program(programs[0]), 0.3);
    fresh.seek({update, 5});
    ASSERT_TRUE(everything(trained) == everything(fresh)) << update;
  }
}

TEST(History, KeepsEditsThroughThinning) {
  Timeline trained(read_program(programs[0]), 0.3, 8 * 4096);
  const int b2 = trained.graph().find("b2");
  for (long update : {100L, 300L}) {
    trained.seek({update, 0});
    trained.edit(b2, 0, 2.5);
  }
  trained.train(3000);
  const auto at_start = [&](long update) {
    trained.seek({update, 3});
    return trained.leaf_at_start(b2).entries[0];
  };
  EXPECT_EQ(at_start(300), 2.5);
  EXPECT_EQ(at_start(100), 2.5);
  EXPECT_NE(at_start(99), 2.5);
  const double after = at_start(101);
  at_start(100);
  EXPECT_EQ(at_start(101), after);
}

TEST(Progress, KeepsEveryUpdateWhileThereIsRoom) {
  Timeline timeline(read_program(programs[0]), 0.3);
  timeline.train(100);
  ASSERT_EQ(timeline.progress().size(), 100u);
  for (std::size_t row = 0; row < 100; ++row)
    EXPECT_EQ(timeline.progress().updates()[row], static_cast<double>(row));
}

TEST(Progress, ThinsOutAndKeepsTheNewest) {
  Timeline timeline(read_program("w = param(1.5)\nL = w**2\n"), 1e-5);
  for (long chunk : {8000L, 191L, 1L, 1L, 1L, 1000L, 8000L, 1L, 1L, 30000L}) {
    timeline.train(chunk);
    const Progress& progress = timeline.progress();
    const long newest = timeline.position().update;
    EXPECT_EQ(progress.updates().back(), static_cast<double>(newest));
    EXPECT_EQ(progress.updates().front(), 0);
    EXPECT_LE(progress.size(), 8192u);
    EXPECT_GE(progress.size(), std::min<std::size_t>(4096, static_cast<std::size_t>(newest)));
    for (std::size_t row = 1; row < progress.size(); ++row)
      ASSERT_LT(progress.updates()[row - 1], progress.updates()[row]);
    EXPECT_EQ(progress.loss().size(), progress.size());
    EXPECT_EQ(progress.norm(0).size(), progress.size());
  }
}

TEST(Progress, HasANormForEachLayerWithParameters) {
  Timeline timeline(read_program(programs[0]), 0.3);
  timeline.train(1);
  const Progress& progress = timeline.progress();
  const Graph& graph = timeline.graph();
  ASSERT_EQ(progress.layers().size(), 2u);
  EXPECT_EQ(graph.layers()[static_cast<std::size_t>(progress.layers()[1])], "output");
  double squares = 0;
  for (const char* name : {"W2", "b2"})
    for (double entry : graph.node(graph.find(name)).gradient) squares += entry * entry;
  EXPECT_DOUBLE_EQ(progress.norm(1)[0], std::sqrt(squares));
}

TEST(Progress, IsTheSameHoweverTheUpdatesWereRun) {
  Timeline once(read_program(programs[0]), 0.3), in_parts(read_program(programs[0]), 0.3);
  once.train(20000);
  for (int part = 0; part < 2000; ++part) in_parts.train(10);
  EXPECT_EQ(once.progress().updates(), in_parts.progress().updates());
  EXPECT_EQ(once.progress().loss(), in_parts.progress().loss());
}

}  // namespace
}  // namespace backstep
