// Edits: at any position, in any order, they end where a fresh run with the
// same leaves ends, to the bit.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/core/random_program.h"
#include "tests/core/timelines.h"

namespace backstep {
namespace {

// What was done to a timeline and still holds, so that a fresh one can be taken
// the straight way to the same place.
class History {
 public:
  explicit History(const char* program) : program_(program) {}

  // `since`: the position from which on the change is felt.
  void add(Position cursor, Position since, std::function<void(Timeline&)> change) {
    std::erase_if(changes_, [&](const Change& old) { return old.since > cursor; });
    changes_.push_back({since, std::move(change)});
    std::stable_sort(changes_.begin(), changes_.end(),
                     [](const Change& a, const Change& b) { return a.since < b.since; });
  }

  Timeline run_to(Position position) const {
    Timeline fresh(read_program(program_), 0.3);
    for (const Change& change : changes_) {
      if (change.since > position) break;
      fresh.seek(change.since);
      change.apply(fresh);
    }
    fresh.seek(position);
    return fresh;
  }

 private:
  struct Change {
    Position since;
    std::function<void(Timeline&)> apply;
  };
  const char* program_;
  std::vector<Change> changes_;
};

class Walker {
 public:
  Walker(const char* program, std::uint64_t seed)
      : timeline_(read_program(program), 0.3), history_(program), random_(seed) {
    for (std::size_t i = 0; i < timeline_.graph().nodes().size(); ++i)
      if (timeline_.graph().nodes()[i].is_editable()) leaves_.push_back(static_cast<int>(i));
  }

  void move() {
    switch (below(random_, 10)) {
      case 0:
      case 1:
      case 2:
        return timeline_.step();
      case 3:
      case 4:
        return timeline_.step_back();
      case 5:
        return seek();
      case 6:
        return below(random_, 4) ? timeline_.train(below(random_, 4)) : set_learning_rate();
      default:
        return edit();
    }
  }

  void compare() const {
    const Timeline fresh = history_.run_to(timeline_.position());
    ASSERT_TRUE(everything(timeline_) == everything(fresh));
  }

 private:
  void seek() {
    const long update = std::max(0L, timeline_.position().update + below(random_, 6) - 3);
    timeline_.seek({update, below(random_, timeline_.ticks() + 1)});
  }

  void set_learning_rate() {
    const double rate = 0.05 + 0.3 * random_.uniform();
    const Position cursor = timeline_.position();
    timeline_.set_learning_rate(rate);
    history_.add(cursor, {cursor.update, 0}, [=](Timeline& t) { t.set_learning_rate(rate); });
  }

  void edit() {
    const int leaf = leaves_[static_cast<std::size_t>(below(random_, int(leaves_.size())))];
    const View value = timeline_.graph().node(leaf).value;
    const Index entry = below(random_, static_cast<int>(value.shape.size()));
    const double number = 0.2 + random_.uniform();
    const Position cursor = timeline_.position();
    const int updated = tick_of_update(leaf);
    timeline_.edit(leaf, entry, number);
    EXPECT_EQ(timeline_.position(), cursor) << "an edit keeps the cursor";
    EXPECT_EQ(value[entry], number) << "an edit is seen at once";
    if (updated == 0 || cursor.tick < updated) {
      history_.add(cursor, {cursor.update, 0}, [=](Timeline& t) { t.edit(leaf, entry, number); });
    } else {
      const Matrix whole = copy_of(value);
      history_.add(cursor, {cursor.update, updated}, [=](Timeline& t) { t.edit(leaf, whole); });
    }
  }

  // The tick of a pass at which `leaf` is updated, or 0.
  int tick_of_update(int leaf) const {
    for (int number = 1; number <= timeline_.ticks(); ++number)
      if (timeline_.tick(number).phase == Phase::update && timeline_.tick(number).node == leaf)
        return number;
    return 0;
  }

  Timeline timeline_;
  History history_;
  Random random_;
  std::vector<int> leaves_;
};

class RandomWalk : public testing::TestWithParam<const char*> {};

TEST_P(RandomWalk, EndsWhereAFreshRunEnds) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    Walker walker(GetParam(), seed);
    for (int i = 0; i < 200; ++i) {
      walker.move();
      if (i % 20 != 19) continue;
      walker.compare();
      if (HasFatalFailure()) FAIL() << "seed " << seed << ", move " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Timeline, RandomWalk, testing::ValuesIn(programs));

// ---- one thing at a time ----------------------------------------------------------

TEST(Edits, InTheMiddleOfAPassRecomputeWhatWasDone) {
  Timeline timeline(read_program("x = input(2.0)\nw = param(3.0)\np = w * x\nL = p**2\n"), 0.1);
  const Graph& graph = timeline.graph();
  timeline.seek({0, 1});
  timeline.edit(graph.find("w"), 0, 5);
  EXPECT_EQ(timeline.position(), (Position{0, 1}));
  EXPECT_EQ(graph.node(graph.find("p")).value[0], 10);
  timeline.seek({0, 4});
  timeline.edit(graph.find("x"), 0, 1);
  EXPECT_EQ(graph.node(graph.find("w")).gradient[0], 10);
  EXPECT_EQ(graph.node(graph.find("x")).gradient[0], 50);
}

TEST(Edits, OfAnUpdatedParameterAreItsNewValueInTheNextPass) {
  Timeline timeline(read_program("w = param(3.0)\nL = w**2\n"), 0.1);
  timeline.train(1);
  EXPECT_DOUBLE_EQ(timeline.graph().node(0).value[0], 3 - 0.1 * 6);
  timeline.edit(0, 0, 7);
  EXPECT_EQ(timeline.graph().node(0).value[0], 7);
  EXPECT_EQ(timeline.leaf_at_start(0).entries[0], 3);
  timeline.seek({1, 1});
  EXPECT_EQ(timeline.graph().node(timeline.graph().loss()).value[0], 49);
  timeline.seek({0, 1});
  EXPECT_EQ(timeline.graph().node(timeline.graph().loss()).value[0], 9);
  timeline.seek({1, 1});
  EXPECT_EQ(timeline.graph().node(timeline.graph().loss()).value[0], 49);
}

TEST(Edits, OfAParameterAreMetAgainOnTheWayForward) {
  Timeline timeline(read_program("w = param(3.0)\nL = w**2\n"), 0.1);
  timeline.seek({3, 0});
  timeline.edit(0, 0, 7);
  timeline.seek({1, 0});
  timeline.seek({3, 0});
  EXPECT_EQ(timeline.graph().node(0).value[0], 7) << "sought";
  timeline.seek({2, timeline.ticks()});
  timeline.step();
  EXPECT_EQ(timeline.graph().node(0).value[0], 7) << "stepped";
  timeline.seek({1, 0});
  timeline.train(3);
  EXPECT_EQ(timeline.leaf_at_start(0).entries[0], 7) << "trained";
}

TEST(Edits, OfAnInputKeepWhatWasSetAfterTheUpdate) {
  Timeline timeline(read_program("x = input(2.0)\nw = param(3.0)\nL = (w * x)**2\n"), 0.1);
  timeline.train(1);
  timeline.edit(1, 0, 7);
  timeline.edit(0, 0, 1);
  EXPECT_EQ(timeline.graph().node(1).value[0], 7);
}

TEST(Edits, CutOffWhatCameLater) {
  Timeline timeline(read_program(programs[0]), 0.3);
  timeline.train(50);
  EXPECT_EQ(timeline.progress().size(), 50u);
  timeline.seek({20, 3});
  EXPECT_EQ(timeline.progress().size(), 50u) << "looking back changes nothing";
  timeline.edit(timeline.graph().find("b2"), 0, 0.5);
  EXPECT_EQ(timeline.progress().size(), 20u);
  EXPECT_EQ(timeline.first(), (Position{0, 0})) << "what led here still holds";
  timeline.edit(timeline.graph().find("x"), 0, 0.7);
  EXPECT_EQ(timeline.first(), (Position{20, 0})) << "other data would have led elsewhere";
}

}  // namespace
}  // namespace backstep
