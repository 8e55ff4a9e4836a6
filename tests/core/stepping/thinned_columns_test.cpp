#include "core/stepping/thinned_columns.h"

#include <gtest/gtest.h>

namespace backstep {
namespace {

// Adds rows whose columns are made from the step, so that a mix-up shows.
void add(ThinnedColumns& columns, long from, long to) {
  for (long step = from; step <= to; ++step) {
    const double number = static_cast<double>(step);
    columns.add(step, std::vector<double>{2 * number, -number});
  }
}

std::vector<double> steps(const ThinnedColumns& columns) {
  for (std::size_t row = 0; row < columns.size(); ++row) {
    EXPECT_EQ(columns.column(0)[row], 2 * columns.steps()[row]);
    EXPECT_EQ(columns.column(1)[row], -columns.steps()[row]);
  }
  return columns.steps();
}

TEST(ThinnedColumns, KeepEverySecondRowOnceFull) {
  ThinnedColumns columns(2, 4);
  EXPECT_EQ(columns.last(), -1);
  add(columns, 0, 3);
  EXPECT_EQ(steps(columns), (std::vector<double>{0, 1, 2, 3}));
  add(columns, 4, 4);
  EXPECT_EQ(steps(columns), (std::vector<double>{0, 2, 4}));
  EXPECT_FALSE(columns.keeps(5));
  add(columns, 5, 5);
  EXPECT_EQ(steps(columns), (std::vector<double>{0, 2, 4, 5})) << "the newest is always there";
  add(columns, 6, 6);
  EXPECT_EQ(steps(columns), (std::vector<double>{0, 2, 4, 6}));
  add(columns, 7, 12);
  EXPECT_EQ(steps(columns), (std::vector<double>{0, 4, 8, 12}));
  add(columns, 13, 13);
  EXPECT_EQ(steps(columns), (std::vector<double>{0, 8, 13}));
}

TEST(ThinnedColumns, ForgetTheRowsFromAStepOn) {
  ThinnedColumns columns(2, 8);
  add(columns, 0, 6);
  columns.forget_from(4);
  EXPECT_EQ(steps(columns), (std::vector<double>{0, 1, 2, 3}));
  EXPECT_EQ(columns.last(), 3);
  columns.forget_from(9);
  EXPECT_EQ(columns.size(), 4u);
  add(columns, 7, 7);
  columns.forget_from(0);
  EXPECT_EQ(columns.size(), 0u);
  EXPECT_EQ(columns.last(), -1);
}

}  // namespace
}  // namespace backstep
