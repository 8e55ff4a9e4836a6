// Undo restores edits exactly, and its history is bounded in bytes.
#include "app/session/edit_history.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "app/session/session.h"
#include "tests/app/graph/named_nodes.h"

namespace backstep {
namespace {

Snapshot snapshot_of(std::vector<double> leaves, Index parameters) {
  Snapshot snapshot;
  snapshot.document.setup.program = "L = param(1)";
  snapshot.parameters = parameters;
  snapshot.state.leaves = leaves;
  snapshot.start = std::move(leaves);
  return snapshot;
}

bool same_numbers(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), 8 * a.size()) == 0;
}

TEST(EditHistory, RestoresEveryBit) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::vector<double>> leaves = {
      {0.0, 1, 0.0}, {-0.0, 1, 0.0}, {-0.0, 1, -0.0}, {nan, 1, -0.0}, {nan, 1, nan}};
  EditHistory history;
  for (std::size_t i = 0; i + 1 < leaves.size(); ++i) history.add(snapshot_of(leaves[i], 2));
  Snapshot now = snapshot_of(leaves.back(), 2);
  for (std::size_t i = leaves.size() - 1; i-- > 0;) {
    now = history.undo(std::move(now));
    EXPECT_TRUE(same_numbers(now.state.leaves, leaves[i])) << i;
    EXPECT_TRUE(same_numbers(now.start, leaves[i])) << i;
    EXPECT_EQ(now.document.setup.program, "L = param(1)");
  }
  for (std::size_t i = 1; i < leaves.size(); ++i) {
    now = history.redo(std::move(now));
    EXPECT_TRUE(same_numbers(now.state.leaves, leaves[i])) << i;
  }
  EXPECT_FALSE(history.can_redo());
}

TEST(EditHistory, ForgetsTheOldestWhenItsBytesAreUsedUp) {
  constexpr Index numbers = 1000;
  constexpr std::size_t each = numbers * sizeof(double);
  EditHistory history(10 * each);
  for (int i = 0; i < 50; ++i) history.add(snapshot_of(std::vector<double>(numbers, i), numbers));
  EXPECT_LE(history.bytes(), 12 * each);
  int undone = 0;
  Snapshot now = snapshot_of(std::vector<double>(numbers, 50), numbers);
  while (history.can_undo()) {
    now = history.undo(std::move(now));
    EXPECT_EQ(now.state.leaves.front(), 49 - undone++);
    EXPECT_LE(history.bytes(), 12 * each) << "edits that can be redone count too";
  }
  EXPECT_GE(undone, 8);
}

TEST(EditHistory, KeepsTheNewestHoweverLargeItIs) {
  EditHistory history(100);
  for (int i = 0; i < 3; ++i) history.add(snapshot_of(std::vector<double>(1000, i), 1000));
  EXPECT_EQ(history.undo(snapshot_of({0}, 1)).state.leaves.front(), 2);
  EXPECT_FALSE(history.can_undo());
}

// 80 edits of learning rates and weights, which leave the 30,000 samples as they are.
TEST(EditHistory, HoldsSamplesOnceForAllEdits) {
  constexpr long samples = 30'000;
  Document document;
  document.setup.network = Network();
  document.setup.network->widths = {1};
  document.setup.samples = draw_samples(*find_data_set("circle"), {samples, 0.1, 0.5, 1});
  Session session(document);
  for (int i = 1; i <= 40; ++i) {
    session.set_learning_rate(0.01 * i);
    session.end_burst();
    session.edit_entry(session.graph().parameters().front(), 0, i);
    session.end_burst();
  }
  // The samples count once, and so do the training rows that are the graph's inputs.
  EXPECT_LT(session.history().bytes(), 2 * samples * 3 * sizeof(double));
  for (int i = 80; i > 0; --i) session.undo();
  EXPECT_FALSE(session.can_undo());
  EXPECT_EQ(session.timeline().learning_rate(), 0.1);
  session.redo();
  EXPECT_EQ(session.timeline().learning_rate(), 0.01);
}

}  // namespace
}  // namespace backstep
