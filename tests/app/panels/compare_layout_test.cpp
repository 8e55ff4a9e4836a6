// The cards and plots of Compare lie within the window, next to each other, and as large as the
// room allows.
#include "app/panels/compare/compare_layout.h"

#include <gtest/gtest.h>

#include <string>

namespace backstep {
namespace {

// The size of the middle of the window in design units, and the pixels per unit.
struct Middle {
  float width, height, scale;
  bool roomy;  // whether everything fits without scrolling
};

class CompareLayouts : public testing::TestWithParam<Middle> {
 protected:
  Rect room() const {
    return {330, 60, GetParam().width * GetParam().scale, GetParam().height * GetParam().scale};
  }
  CompareLayout layout(int runs, bool fields = true) const {
    return lay_out_compare(room(), runs, fields, GetParam().scale);
  }
};

std::vector<Rect> all_of(const CompareLayout& layout) {
  std::vector<Rect> all = layout.cards;
  for (Rect rect : {layout.key, layout.loss, layout.norms}) all.push_back(rect);
  return all;
}

TEST_P(CompareLayouts, NothingOverlaps) {
  for (bool fields : {true, false})
    for (int runs = 2; runs <= 6; ++runs) {
      const std::vector<Rect> all = all_of(layout(runs, fields));
      for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_GE(all[i].x, room().x) << i << " of " << runs;
        EXPECT_LE(all[i].right(), room().right() + 1) << i << " of " << runs;
        for (std::size_t j = i + 1; j < all.size(); ++j)
          EXPECT_FALSE(all[i].overlaps(all[j])) << i << " and " << j << " of " << runs;
      }
    }
}

TEST_P(CompareLayouts, EverythingIsWithinTheHeightItStates) {
  for (int runs = 2; runs <= 6; ++runs) {
    const CompareLayout at = layout(runs);
    for (Rect rect : all_of(at)) EXPECT_LE(rect.bottom(), room().y + at.height + 1);
    if (GetParam().roomy && runs <= 3) {
      EXPECT_LE(at.height, room().height + 1) << runs;
    }
  }
}

TEST_P(CompareLayouts, PartsOfACardStayInIt) {
  for (int runs = 2; runs <= 6; ++runs)
    for (bool field : {true, false})
      for (Rect card : layout(runs).cards) {
        const RunCardLayout at = lay_out_run_card(card, field, GetParam().scale);
        for (Rect part : {at.header, at.caption, at.heat, at.foot}) {
          EXPECT_GE(part.x, card.x);
          EXPECT_LE(part.right(), card.right());
          EXPECT_LE(part.bottom(), card.bottom() + 1);
        }
        EXPECT_GE(at.heat.height, 60 * GetParam().scale);
        EXPECT_EQ(at.field.width > 0, field);
        EXPECT_NEAR(at.field.width, at.field.height, 1.5f);
        EXPECT_FALSE(at.field.overlaps(at.heat));
        EXPECT_FALSE(at.field.overlaps(at.header));
      }
}

INSTANTIATE_TEST_SUITE_P(Sizes, CompareLayouts,
                         testing::Values(Middle{668, 644, 1, true}, Middle{872, 924, 1, true},
                                         Middle{1100, 1004, 2, true}, Middle{2200, 2080, 1, true},
                                         Middle{436, 424, 2, false}, Middle{340, 284, 2, false}));

TEST(CompareLayout, ThreeRunsLieSideBySideAndFillTheirCards) {
  const CompareLayout at = lay_out_compare({0, 0, 872, 924}, 3, true, 1);
  EXPECT_EQ(at.cards[0].y, at.cards[2].y);
  const RunCardLayout card = lay_out_run_card(at.cards[0], true, 1);
  EXPECT_GT(card.field.width, 0.95f * card.heat.width);
  EXPECT_EQ(at.loss.y, at.norms.y);
}

TEST(CompareLayout, SixRunsLieInTwoRows) {
  const CompareLayout at = lay_out_compare({0, 0, 872, 924}, 6, true, 1);
  EXPECT_EQ(at.cards[0].y, at.cards[2].y);
  EXPECT_EQ(at.cards[3].y, at.cards[5].y);
  EXPECT_GT(at.cards[3].y, at.cards[0].y);
}

}  // namespace
}  // namespace backstep
