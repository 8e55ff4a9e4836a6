// Broadcasting: which entries of an operand and of a result belong together.
#include "core/engine/matrix.h"

#include <gtest/gtest.h>

namespace backstep {
namespace {

constexpr Shape operands[] = {{1, 1}, {1, 3}, {2, 1}, {2, 3}};
constexpr Shape result = {2, 3};

TEST(Broadcasting, GivesTheShapeThatNumpyGives) {
  for (const Shape a : operands)
    for (const Shape b : operands) {
      Shape shape;
      ASSERT_TRUE(broadcast(a, b, shape));
      EXPECT_EQ(shape.rows, std::max(a.rows, b.rows));
      EXPECT_EQ(shape.columns, std::max(a.columns, b.columns));
    }
  Shape shape;
  EXPECT_FALSE(broadcast({2, 3}, {3, 2}, shape));
  EXPECT_FALSE(broadcast({2, 3}, {1, 2}, shape));
}

TEST(Broadcasting, FindsTheSourceOfAnEntry) {
  EXPECT_EQ(broadcast_source({1, 1}, result, 5), 0);
  EXPECT_EQ(broadcast_source({1, 3}, result, 4), 1);
  EXPECT_EQ(broadcast_source({2, 1}, result, 4), 1);
  EXPECT_EQ(broadcast_source({2, 3}, result, 4), 4);
}

TEST(Broadcasting, FindsAllTargetsOfAnEntryInOrder) {
  for (const Shape from : operands)
    for (Index entry = 0; entry < from.size(); ++entry) {
      std::vector<Index> targets, wanted;
      const EntryBlock block = broadcast_targets(from, result, entry);
      block.for_each(result.columns, [&](Index to) { targets.push_back(to); });
      for (Index to = 0; to < result.size(); ++to)
        if (broadcast_source(from, result, to) == entry) wanted.push_back(to);
      EXPECT_EQ(targets, wanted) << to_string(from) << ", entry " << entry;
      EXPECT_EQ(block.size(), std::ssize(wanted));
    }
}

}  // namespace
}  // namespace backstep
