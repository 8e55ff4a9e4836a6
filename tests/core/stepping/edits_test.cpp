// Edits at any position and in any order end in the state of a fresh run with the same leaves,
// to the bit.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "tests/core/program/random_program.h"
#include "tests/core/stepping/timelines.h"

namespace backstep {
namespace {

// A recipe for a timeline, which can be made as often as needed.
struct Recipe {
  std::string name;
  std::function<Timeline()> start;
};

Recipe plain(std::string name, const char* program) {
  return {std::move(name), [program] { return Timeline(read_program(program), 0.3); }};
}

// Seven samples in batches of three, with everything that an update can depend on.
Recipe in_batches(std::string name, const Training& training) {
  const auto start = [training] {
    NamedData data;
    Random random(7);
    for (const auto& [leaf, columns] : {std::pair<const char*, Index>{"x", 2}, {"y", 1}}) {
      data[leaf] = {{7, columns}, {}};
      data[leaf].entries.clear();
      for (Index i = 0; i < 7 * columns; ++i) data[leaf].entries.push_back(random.uniform() - 0.5);
    }
    const char* const program =
        "x = input(\"x\")\ny = target(\"y\")\nW = param(2, 3, init=\"xavier\", seed=1)\n"
        "b = param([[0.1, -0.2, 0.3]])\nscale = input(1.5)\nV = param(3, 1, seed=2)\n"
        "L = mse(tanh(x @ W * scale + b) @ V, y)\n";
    static std::list<NamedData> rows;  // each timeline edits its own rows
    Batches batches(rows.emplace_back(data), training);
    Graph graph = read_program(program, batches.first());
    std::optional<Graph> smaller;
    if (batches.has_smaller()) smaller = read_program(program, batches.smaller());
    return Timeline(std::move(graph), training, std::move(batches), std::move(smaller));
  };
  return {std::move(name), start};
}

std::vector<Recipe> all_recipes() {
  std::vector<Recipe> recipes;
  for (const char* program : programs)
    recipes.push_back(plain("Program" + std::to_string(recipes.size()), program));
  Training training;
  training.learning_rate = 0.1;
  recipes.push_back(in_batches("AllSamples", training));
  training.batch_size = 3;
  recipes.push_back(in_batches("Batches", training));
  training.shuffle = true;
  training.optimizer = "adam";
  recipes.push_back(in_batches("ShuffledAdam", training));
  training.optimizer = "momentum";
  training.accumulate = 3;
  training.weight_decay = 0.01;
  recipes.push_back(in_batches("Accumulated", training));
  training.zero_gradients = false;
  recipes.push_back(in_batches("NeverZeroed", training));
  return recipes;
}

// The changes made to a timeline that are still in force, so that a fresh one can be brought
// straight to the same state.
class History {
 public:
  explicit History(const Recipe& recipe) : recipe_(recipe) {}

  // `since` is the position from which on the change has an effect.
  void add(Position cursor, Position since, std::function<void(Timeline&)> change) {
    std::erase_if(changes_, [&](const Change& old) { return old.since > cursor; });
    changes_.push_back({since, std::move(change)});
    std::stable_sort(changes_.begin(), changes_.end(),
                     [](const Change& a, const Change& b) { return a.since < b.since; });
  }

  Timeline run_to(Position position) const {
    Timeline fresh = recipe_.start();
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
  const Recipe& recipe_;
  std::vector<Change> changes_;
};

class Walker {
 public:
  Walker(const Recipe& recipe, std::uint64_t seed)
      : timeline_(recipe.start()), history_(recipe), random_(seed) {
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
    const Node& node = timeline_.graph().node(leaf);
    const Index entry = below(random_, static_cast<int>(node.value.shape.size()));
    const double number = 0.2 + random_.uniform();
    const Position cursor = timeline_.position(), seen = where_seen(node);
    timeline_.edit(leaf, entry, number);
    EXPECT_EQ(timeline_.position(), seen);
    EXPECT_EQ(timeline_.graph().node(leaf).value[entry], number) << "the edit is shown at once";
    EXPECT_FALSE(timeline_.is_updated(leaf)) << "all numbers are those of the pass with the edit";
    history_.add(cursor, {seen.update, 0}, [=](Timeline& t) { t.edit(leaf, entry, number); });
  }

  // The position at which an edit made at the cursor is shown.
  Position where_seen(const Node& node) const {
    const Position cursor = timeline_.position();
    const int gradients = timeline_.forward_ticks() + timeline_.backward_ticks();
    if (cursor.tick <= gradients) return cursor;
    const bool other_rows_follow =
        timeline_.batches().uses_mini_batches() && !node.data_name.empty();
    return {cursor.update + (other_rows_follow ? 0 : 1), gradients};
  }

  Timeline timeline_;
  History history_;
  Random random_;
  std::vector<int> leaves_;
};

class RandomWalk : public testing::TestWithParam<Recipe> {};

TEST_P(RandomWalk, EndsWhereAFreshRunEnds) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    Walker walker(GetParam(), seed);
    for (int i = 0; i < 200; ++i) {
      walker.move();
      if (i % 20 != 19) continue;
      walker.compare();
      if (HasFailure()) FAIL() << "seed " << seed << ", move " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Timeline, RandomWalk, testing::ValuesIn(all_recipes()),
                         [](const auto& recipe) { return recipe.param.name; });

// ---- one thing at a time ----------------------------------------------------------

TEST(Edits, InTheMiddleOfAPassRecomputeItsTicks) {
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

TEST(Edits, AfterAnUpdateAreShownInTheNextPass) {
  Timeline timeline(
      read_program("x = input(2.0)\nv = param(1.0)\nw = param(3.0)\nL = (w * x + v)**2\n"), 0.1);
  const Graph& graph = timeline.graph();
  const int gradients = timeline.forward_ticks() + timeline.backward_ticks();
  const int v = graph.find("v"), w = graph.find("w");
  // dL/dv = 2·7 = 14 and dL/dw = 28, so that the update makes v −0.4 and w 0.2.
  for (const int tick : {gradients + 1, gradients + 2}) {
    timeline.seek({0, tick});
    timeline.edit(w, 0, 1);
    EXPECT_EQ(timeline.position(), (Position{1, gradients}));
    EXPECT_DOUBLE_EQ(graph.node(v).value[0], 1 - 0.1 * 14)
        << "v is updated, whether or not the cursor was past its tick";
    EXPECT_EQ(graph.node(w).value[0], 1);
    EXPECT_DOUBLE_EQ(graph.node(graph.loss()).value[0], 1.6 * 1.6);
    EXPECT_DOUBLE_EQ(graph.node(w).gradient[0], 2 * 1.6 * 2);
    timeline.edit(w, 0, 2);
    EXPECT_EQ(timeline.position(), (Position{1, gradients})) << "a second edit stays in that pass";
    EXPECT_DOUBLE_EQ(graph.node(w).gradient[0], 2 * 3.6 * 2);
    timeline.seek({0, timeline.ticks()});
    EXPECT_DOUBLE_EQ(graph.node(w).value[0], 3 - 0.1 * 28) << "the pass before is unchanged";
    EXPECT_EQ(timeline.leaf_at_start(w).entries[0], 3);
    timeline.step();
    EXPECT_EQ(graph.node(w).value[0], 2) << "and leads to the edit again";
    timeline.seek({0, 0});
  }
}

TEST(Edits, OfAnInputAfterAnUpdateAreShownInTheNextPass) {
  Timeline timeline(read_program("x = input(2.0)\nw = param(3.0)\nL = (w * x)**2\n"), 0.1);
  const Graph& graph = timeline.graph();
  timeline.train(1);
  timeline.edit(graph.find("x"), 0, 10);
  EXPECT_EQ(timeline.position(), (Position{1, timeline.ticks() - 1}));
  EXPECT_NEAR(graph.node(graph.loss()).value[0], 6 * 6, 1e-12) << "w is 0.6 after its update";
}

// The next pass uses other samples and would not show the edit.
TEST(Edits, OfARowOfABatchAreShownInThePassThatUsesIt) {
  Training training;
  training.learning_rate = 0.5;
  training.batch_size = 1;
  NamedData rows = {{"x", {{2, 1}, {1, 2}}}};
  Batches batches(rows, training);
  Graph first =
      read_program("x = input(\"x\")\nw = param(3.0)\nL = mean(w * x)\n", batches.first());
  Timeline timeline(std::move(first), training, std::move(batches));
  const Graph& graph = timeline.graph();
  const int x = graph.find("x"), w = graph.find("w");
  timeline.seek({0, timeline.ticks()});
  timeline.edit(x, 0, 7);
  EXPECT_EQ(timeline.position(), (Position{0, timeline.ticks() - 1}));
  EXPECT_EQ(graph.node(graph.loss()).value[0], 21);
  EXPECT_EQ(graph.node(w).gradient[0], 7);
  EXPECT_EQ(graph.node(w).value[0], 3) << "w is not updated yet";
  timeline.seek({1, 0});
  EXPECT_EQ(graph.node(x).value[0], 2) << "the other sample is unchanged";
  timeline.seek({2, 0});
  EXPECT_EQ(graph.node(x).value[0], 7) << "the edit holds in every epoch";
  timeline.seek({2, timeline.ticks()});
  timeline.edit(w, 0, 1);
  EXPECT_EQ(timeline.position(), (Position{3, timeline.ticks() - 1}));
  EXPECT_EQ(graph.node(w).gradient[0], 2) << "the gradient is that of the next batch";
}

TEST(Edits, OfAParameterAreMadeAgainOnTheWayForward) {
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

TEST(Edits, DiscardWhatCameLater) {
  Timeline timeline(read_program(programs[0]), 0.3);
  timeline.train(50);
  EXPECT_EQ(timeline.progress().size(), 50u);
  timeline.seek({20, 3});
  EXPECT_EQ(timeline.progress().size(), 50u) << "looking back changes nothing";
  timeline.edit(timeline.graph().find("b2"), 0, 0.5);
  EXPECT_EQ(timeline.progress().size(), 20u);
  EXPECT_EQ(timeline.first(), (Position{0, 0})) << "earlier updates do not depend on the edit";
  timeline.edit(timeline.graph().find("x"), 0, 0.7);
  EXPECT_EQ(timeline.first(), (Position{20, 0})) << "earlier updates would differ with other data";
}

}  // namespace
}  // namespace backstep
