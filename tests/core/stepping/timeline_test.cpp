// The state at a position of the timeline does not depend on how one got there.
#include "core/stepping/timeline.h"

#include <gtest/gtest.h>

#include "tests/core/stepping/timelines.h"

namespace backstep {
namespace {

class EveryProgram : public testing::TestWithParam<const char*> {
 protected:
  static Timeline start() { return Timeline(read_program(GetParam()), 0.3); }
};

TEST_P(EveryProgram, SteppingBackUndoesAStepExactly) {
  Timeline walked = start();
  for (int i = 0; i < 3 * walked.ticks(); ++i) {
    const Everything before = everything(walked);
    walked.step();
    walked.step_back();
    ASSERT_TRUE(everything(walked) == before) << "after " << i << " steps";
    walked.step();
  }
}

TEST_P(EveryProgram, SteppingAllTheWayBackEndsAtTheBeginning) {
  Timeline walked = start();
  const Everything before = everything(walked);
  for (int i = 0; i < 3 * walked.ticks() + 2; ++i) walked.step();
  for (int i = 0; i < 3 * walked.ticks() + 2; ++i) walked.step_back();
  EXPECT_TRUE(everything(walked) == before);
  walked.step_back();
  EXPECT_TRUE(everything(walked) == before) << "there is nothing before the beginning";
}

TEST_P(EveryProgram, SeekingEqualsSteppingThere) {
  Timeline stepped = start(), sought = start();
  for (long update = 0; update < 3; ++update)
    for (int tick = 0; tick <= stepped.ticks(); ++tick) {
      sought.seek({2 - update, tick});
      Timeline fresh = start();
      while (fresh.position() < Position{2 - update, tick}) fresh.step();
      ASSERT_TRUE(everything(sought) == everything(fresh)) << update << ", " << tick;
    }
}

TEST_P(EveryProgram, TrainingEqualsStepping) {
  Timeline trained = start(), stepped = start();
  trained.train(7);
  while (stepped.position() < Position{6, stepped.ticks()}) stepped.step();
  EXPECT_TRUE(everything(trained) == everything(stepped));
  EXPECT_TRUE(bits(trained.progress().loss()) == bits(stepped.progress().loss()));
  for (int layer = 0; layer < static_cast<int>(trained.progress().layers().size()); ++layer)
    EXPECT_TRUE(bits(trained.progress().norm(layer)) == bits(stepped.progress().norm(layer)));
}

TEST_P(EveryProgram, SeeksBackIntoATrainingRun) {
  Timeline trained = start();
  trained.train(5000);
  for (long update : {4999L, 4711L, 2048L, 77L, 1L, 0L, 1234L, 4000L}) {
    const Position position = {update, static_cast<int>(update) % (trained.ticks() + 1)};
    trained.seek(position);
    Timeline fresh = start();
    fresh.seek(position);
    ASSERT_TRUE(everything(trained) == everything(fresh)) << update;
  }
}

TEST_P(EveryProgram, NothingIsKnownBeforeItIsComputed) {
  Timeline walked = start();
  const Graph& graph = walked.graph();
  for (int tick = 0; tick <= walked.ticks(); ++tick, walked.step()) {
    for (std::size_t i = 0; i < graph.ops().size(); ++i)
      EXPECT_EQ(walked.value_known(graph.ops()[i]), static_cast<int>(i) < tick);
    for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
      const int node = static_cast<int>(i);
      if (graph.node(node).is_leaf()) {
        EXPECT_TRUE(walked.value_known(node));
      }
      EXPECT_EQ(walked.gradient_arrived(node), arrived_by_hand(walked, node))
          << "node " << i << " at tick " << tick;
    }
    for (std::size_t edge = 0; edge < graph.edges().size(); ++edge)
      EXPECT_EQ(walked.edge_done(static_cast<int>(edge)),
                edge_done_by_hand(walked, static_cast<int>(edge)))
          << "edge " << edge << " at tick " << tick;
  }
}

TEST_P(EveryProgram, AStateIsRestoredExactly) {
  Timeline walked = start();
  const int ticks = walked.ticks();
  for (const Position& position : {Position{0, 0}, {2, 1}, {2, ticks - 1}, {3, ticks}, {5, 2}}) {
    walked.seek(position);
    const TimelineState earlier = walked.state();
    const Everything before = everything(walked);
    const auto& parameters = walked.graph().parameters();
    walked.edit(parameters.empty() ? 0 : parameters.front(), 0, 0.25);
    walked.step();
    const TimelineState later = walked.state();
    const Everything after = everything(walked);
    walked.restore(earlier);
    EXPECT_TRUE(everything(walked) == before);
    EXPECT_TRUE(walked.state() == earlier);
    walked.restore(later);
    EXPECT_TRUE(everything(walked) == after);
    Timeline other = start();
    other.restore(earlier);
    EXPECT_TRUE(everything(other) == before) << "a timeline with an equal graph restores it too";
    walked.restore(earlier);
  }
}

TEST_P(EveryProgram, TheTickOfANodeIsFoundInEveryPhase) {
  const Timeline timeline = start();
  const int nodes = static_cast<int>(timeline.graph().nodes().size());
  for (const Phase phase : {Phase::forward, Phase::backward, Phase::update})
    for (int node = 0; node < nodes; ++node) {
      int wanted = 0;
      for (int number = 1; number <= timeline.ticks(); ++number)
        if (timeline.tick(number).phase == phase && timeline.tick(number).node == node)
          wanted = number;
      EXPECT_EQ(timeline.tick_of(phase, node), wanted) << name_of(phase) << ", node " << node;
    }
}

INSTANTIATE_TEST_SUITE_P(Timeline, EveryProgram, testing::ValuesIn(programs));

TEST(Timeline, TicksAreForwardThenBackwardInReverseThenUpdates) {
  const Timeline timeline(
      read_program("w = param(2.0)\nz = w * w\na = tanh(z)\nv = w + 1\nL = a\n"
                   "b = param(1.0)\nloss(a)\n"));
  const Graph& graph = timeline.graph();
  ASSERT_EQ(timeline.ticks(), 3 + 2 + 2);
  const std::vector<std::string> order = {"z", "a", "v", "a", "z", "w", "b"};
  for (int number = 1; number <= timeline.ticks(); ++number)
    EXPECT_EQ(graph.node(timeline.tick(number).node).name, order[std::size_t(number) - 1]);
  EXPECT_EQ(timeline.tick(4).phase, Phase::backward);
  EXPECT_EQ(timeline.tick(4).number, 1);
  EXPECT_EQ(timeline.tick(4).count, 2);
}

TEST(Timeline, EdgesKeepUpstreamLocalAndContribution) {
  Timeline timeline(read_program(programs[0]));
  const Graph& graph = timeline.graph();
  timeline.seek({0, timeline.forward_ticks() + timeline.backward_ticks()});
  for (const GraphEdge& edge : graph.edges()) {
    if (!edge.carries_gradient || !graph.node(edge.to).op->is_elementwise() || edge.broadcast)
      continue;
    for (Index i = 0; i < edge.contribution.shape.size(); ++i)
      EXPECT_EQ(edge.contribution[i], graph.node(edge.to).gradient[i] * edge.local[i]);
  }
}

TEST(Timeline, GradientsStartAtZeroInEveryPass) {
  Timeline timeline(read_program("w = param(2.0)\nL = w * w\n"), 0.0);
  for (int pass = 0; pass < 3; ++pass) {
    timeline.seek({pass, timeline.ticks()});
    EXPECT_EQ(timeline.graph().node(0).gradient[0], 4);
  }
}

TEST(Timeline, APositionBeforeTheFirstBecomesTheFirst) {
  Timeline timeline(read_program(programs[0]));
  timeline.seek({5, 2});
  timeline.set_learning_rate(0.7);
  EXPECT_EQ(timeline.first(), (Position{5, 0}));
  timeline.seek({1, 3});
  EXPECT_EQ(timeline.position(), (Position{5, 0}));
  timeline.seek({5, 1000});
  EXPECT_EQ(timeline.position(), (Position{5, timeline.ticks()}));
}

}  // namespace
}  // namespace backstep
