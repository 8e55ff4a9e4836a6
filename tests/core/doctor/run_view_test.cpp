// A view of a run is the same whether it is refreshed in one go or in pieces, and it says
// which version of the run it shows.
#include "core/doctor/run_view.h"

#include <gtest/gtest.h>

#include "tests/core/runs/playground.h"

namespace backstep {
namespace {

const Deadline time_is_up = Deadline::in(-1);

// Exact to the last digit.
void expect_same(const RunView& a, const RunView& b) {
  ASSERT_TRUE(a.surface() && b.surface());
  EXPECT_EQ(a.surface()->answer(), b.surface()->answer());
  EXPECT_EQ(a.surface()->watched(), b.surface()->watched());
  ASSERT_EQ(a.surface()->neurons(), b.surface()->neurons());
  for (int i = 0; i < a.surface()->neurons(); ++i)
    EXPECT_EQ(a.surface()->neuron(i), b.surface()->neuron(i));
  ASSERT_EQ(a.flow().size(), b.flow().size());
  for (std::size_t i = 0; i < a.flow().size(); ++i) EXPECT_EQ(a.flow()[i].norm, b.flow()[i].norm);
  ASSERT_TRUE(a.diagnosis() && b.diagnosis());
  ASSERT_EQ(a.diagnosis()->findings.size(), b.diagnosis()->findings.size());
  for (std::size_t i = 0; i < a.diagnosis()->findings.size(); ++i)
    EXPECT_EQ(a.diagnosis()->findings[i].text, b.diagnosis()->findings[i].text);
  EXPECT_EQ(a.diagnosis()->remarks, b.diagnosis()->remarks);
  ASSERT_EQ(a.layers().size(), b.layers().size());
  for (std::size_t i = 0; i < a.layers().size(); ++i) {
    EXPECT_EQ(a.layers()[i].mean_slope, b.layers()[i].mean_slope);
    EXPECT_EQ(a.layers()[i].values.counts, b.layers()[i].values.counts);
  }
  EXPECT_EQ(a.norms(), b.norms());
  EXPECT_EQ(a.update_ratios(), b.update_ratios());
}

TEST(RunView, IsTheSameInPiecesAndInOneGo) {
  for (const auto detail : {RunView::Detail::diagnosis, RunView::Detail::layers}) {
    Experiment experiment(playground_setup("deep_sigmoid"));
    RunView whole(experiment, 10, detail), pieces(experiment, 10, detail);
    for (long epoch = 0; epoch <= 2; ++epoch) {
      experiment.work(epoch, Deadline::never());
      EXPECT_TRUE(whole.refresh(epoch, Deadline::never()));
      int calls = 1;
      while (!pieces.refresh(epoch, time_is_up)) ++calls;
      EXPECT_GT(calls, 10) << "each call stops at its deadline";
      expect_same(whole, pieces);
    }
    EXPECT_EQ(whole.layers_known(), detail == RunView::Detail::layers);
    EXPECT_EQ(whole.layers().empty(), detail == RunView::Detail::diagnosis);
  }
}

TEST(RunView, ShowsTheVersionItsRefreshBeganWith) {
  Experiment experiment(playground_setup("circle"));
  RunView view(experiment, 4, RunView::Detail::diagnosis);
  EXPECT_EQ(view.diagnosis(), nullptr);
  EXPECT_FALSE(view.shows(0));
  EXPECT_FALSE(view.refresh(0, time_is_up));
  EXPECT_TRUE(view.is_refreshing());
  EXPECT_FALSE(view.shows(0)) << "the refresh is not complete yet";
  EXPECT_FALSE(view.refresh(1, Deadline::never())) << "the run has changed meanwhile";
  EXPECT_TRUE(view.shows(0));
  EXPECT_TRUE(view.refresh(1, Deadline::never()));
  EXPECT_TRUE(view.shows(1));
}

TEST(RunView, WatchesAnotherLayerFromTheNextRefreshOn) {
  Experiment experiment(playground_setup("deep_sigmoid"));
  RunView view(experiment, 4, RunView::Detail::layers);
  view.refresh(0, Deadline::never());
  view.refresh(1, Deadline::never());
  ASSERT_GE(view.layers().size(), 2u);
  EXPECT_EQ(view.surface()->watched(), view.layers()[0].activation);
  const std::vector<double> first = view.surface()->neuron(0);
  view.watch(view.layers()[1].activation);
  EXPECT_FALSE(view.shows(1));
  EXPECT_TRUE(view.refresh(1, Deadline::never()));
  EXPECT_EQ(view.surface()->watched(), view.layers()[1].activation);
  EXPECT_NE(view.surface()->neuron(0), first);
}

TEST(RunView, IsEmptyWithoutARun) {
  RunView view;
  EXPECT_TRUE(view.refresh(7, time_is_up));
  view.watch(3);
  EXPECT_EQ(view.surface(), nullptr);
  EXPECT_EQ(view.diagnosis(), nullptr);
  EXPECT_TRUE(view.flow().empty());
}

}  // namespace
}  // namespace backstep
