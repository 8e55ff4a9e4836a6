// A trainer measures losses and norms before the first update, in pieces, each of them once.
#include <gtest/gtest.h>

#include "core/runs/experiment.h"
#include "tests/core/runs/playground.h"

namespace backstep {
namespace {

const Deadline no_time = Deadline::in(-1);  // makes every call do the smallest piece of work

long ticks_of(const Graph& graph) {
  return static_cast<long>(graph.ops().size() + graph.backward_ops().size());
}

// The number of calls of work() until epoch 0 is measured.
long calls_until_measured(Experiment& experiment) {
  long calls = 0;
  while (experiment.trainer().history().size() == 0 && calls < 100'000) {
    experiment.work(1, no_time);
    ++calls;
  }
  return calls;
}

// The norms take one call for each forward and backward tick, the losses one for each op. Work
// done twice would take more calls, work that cannot be interrupted fewer.
TEST(FirstEpoch, IsMeasuredInPiecesWithoutRepetition) {
  Experiment experiment(playground_setup("deep_sigmoid"));
  const Graph& graph = experiment.timeline().graph();
  const auto chunks = [](const NamedData& rows) {
    return (rows.at("x").shape.rows + 127) / 128;  // a pass over a split takes 128 rows at a time
  };
  const long losses = static_cast<long>(graph.ops().size()) *
                      (chunks(experiment.data().train) + chunks(experiment.data().test));
  const long norms = ticks_of(graph), all = norms + losses;
  const long calls = calls_until_measured(experiment);
  EXPECT_LE(calls, all);
  EXPECT_GE(calls, all - 3)
      << "each of the three measurements may end in a call that begins the next";
}

TEST(FirstEpoch, IsTheSameWhenMeasuredInPieces) {
  Experiment pieces(playground_setup("circle")), whole(playground_setup("circle"));
  calls_until_measured(pieces);
  whole.work(0, Deadline::never());
  const EpochHistory &a = pieces.trainer().history(), &b = whole.trainer().history();
  EXPECT_EQ(a.train_loss(), b.train_loss());
  EXPECT_EQ(a.test_loss(), b.test_loss());
  for (int layer = 0; layer < static_cast<int>(a.layers().size()); ++layer)
    EXPECT_EQ(a.norm(layer), b.norm(layer));
}

// Measurements that were begun with other starting weights are thrown away.
TEST(FirstEpoch, IsMeasuredWithTheCurrentWeights) {
  Experiment cut_off(playground_setup("circle")), edited(playground_setup("circle"));
  const int weights = cut_off.timeline().graph().find("W1");
  for (int call = 0; call < 3; ++call) cut_off.work(1, no_time);
  for (Experiment* each : {&cut_off, &edited}) {
    each->timeline().edit(weights, 0, 3);
    each->trainer().forget_what_changed();
  }
  calls_until_measured(cut_off);
  edited.work(0, Deadline::never());
  EXPECT_EQ(cut_off.trainer().history().norm(0), edited.trainer().history().norm(0));
  EXPECT_EQ(cut_off.trainer().history().train_loss(), edited.trainer().history().train_loss());
}

}  // namespace
}  // namespace backstep
