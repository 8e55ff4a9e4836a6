// Histograms, bars of shares, and the layout of the cards of Train.
#include "app/plots/histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/panels/train/train_cards.h"
#include "app/panels/train/train_layout.h"
#include "app/plots/bar_shares.h"
#include "tests/app/paint/recording_painter.h"

namespace backstep {
namespace {

const Theme& light_theme = theme_of(ThemeName::light);

std::vector<Rect> bars_of(const Histogram& histogram, Rect rect) {
  RecordingPainter painter;
  draw_histogram(painter, rect, light_theme, 1, {&histogram, light_theme.value, false});
  std::vector<Rect> bars;
  for (const auto& box : painter.fills)
    if (box.color == light_theme.value) bars.push_back(box.rect);
  return bars;
}

TEST(HistogramPicture, HasABarForEveryBinThatHoldsAnything) {
  const Histogram histogram = {-1, 1, {100'000, 0, 1, 25'000}};
  const Rect rect = {10, 20, 80, 60};
  const std::vector<Rect> bars = bars_of(histogram, rect);
  ASSERT_EQ(bars.size(), 3u);
  for (const Rect& bar : bars) {
    EXPECT_GE(bar.height, 1);
    EXPECT_GE(bar.x, rect.x);
    EXPECT_LE(bar.right(), rect.right());
    EXPECT_GE(bar.y, rect.y);
  }
  EXPECT_NEAR(bars[0].height, rect.height, 2);
  EXPECT_NEAR(bars[2].height, bars[0].height / 2, 1);  // heights are square roots
}

TEST(HistogramPicture, HasNoBarsWhenEmpty) {
  EXPECT_TRUE(bars_of({0, 1, {0, 0, 0}}, {0, 0, 50, 50}).empty());
  EXPECT_TRUE(bars_of({}, {0, 0, 50, 50}).empty());
}

TEST(HistogramPicture, FindsTheBinUnderThePointer) {
  const Histogram histogram = {-2, 2, {1, 2, 3, 4}};
  const Rect rect = {10, 0, 40, 10};
  EXPECT_EQ(histogram_bin_at(histogram, rect, 10), 0);
  EXPECT_EQ(histogram_bin_at(histogram, rect, 49), 3);
  EXPECT_EQ(histogram_bin_at(histogram, rect, 50), -1);
  EXPECT_EQ(bin_start(histogram, 1), -1);
  EXPECT_EQ(bin_start(histogram, 4), 2);
}

TEST(BarShares, SayAllOrNoneOnlyWhenExact) {
  EXPECT_EQ(percent(0), "0 %");
  EXPECT_EQ(percent(0.002), "<1 %");
  EXPECT_EQ(percent(0.125), "13 %");
  EXPECT_EQ(percent(0.999), ">99 %");
  EXPECT_EQ(percent(1), "100 %");
}

TEST(BarShares, WarnOfLargeShares) {
  const auto warns = [](double share) {
    RecordingPainter painter;
    draw_bar_shares(painter, {0, 0, 150, 40}, light_theme, 1, {{"dead", share}});
    return std::any_of(painter.fills.begin(), painter.fills.end(),
                       [](const auto& box) { return box.color == light_theme.warning; });
  };
  EXPECT_FALSE(warns(0.1));
  EXPECT_TRUE(warns(0.7));
}

// ---- the layout of Train's cards ----

struct MiddleSize {
  float width, height, scale;
};

TEST(TrainLayout, KeepsEveryCardReachableAndApart) {
  for (const MiddleSize& place :
       {MiddleSize{904, 952, 1}, MiddleSize{696, 672, 1}, MiddleSize{1800, 2112, 2},
        MiddleSize{928, 904, 2}, MiddleSize{742, 624, 2}, MiddleSize{2950, 2112, 1},
        MiddleSize{1600, 1000, 1.35f}, MiddleSize{400, 300, 1}})
    for (const bool has_field : {true, false}) {
      std::set<std::size_t> seen;
      for (int card = 0; card < static_cast<int>(train_cards().size()); ++card) {
        const Rect middle = {100, 48, place.width, place.height};
        const TrainLayout layout =
            lay_out_train(middle, place.scale, has_field, has_field ? 0 : 36 * place.scale, card);
        std::vector<Rect> shown;
        for (std::size_t i = 0; i < layout.cards.size(); ++i)
          if (layout.cards[i].width > 0) {
            shown.push_back(layout.cards[i]);
            seen.insert(i);
          }
        if (layout.tabs.width > 0) shown.push_back(layout.tabs);
        if (layout.note.width > 0) shown.push_back(layout.note);
        for (std::size_t i = 0; i < shown.size(); ++i) {
          EXPECT_GE(shown[i].x, middle.x);
          EXPECT_GE(shown[i].y, middle.y);
          EXPECT_LE(shown[i].right(), middle.right());
          EXPECT_LE(shown[i].bottom(), middle.bottom());
          for (std::size_t j = i + 1; j < shown.size(); ++j)
            EXPECT_FALSE(shown[i].overlaps(shown[j])) << place.width << "×" << place.height;
        }
      }
      const auto of_field =
          std::count_if(train_cards().begin(), train_cards().end(),
                        [](const TrainCard& card) { return card.row == TrainRow::field; });
      EXPECT_EQ(seen.size(), train_cards().size() - (has_field ? 0 : of_field))
          << place.width << "×" << place.height;
    }
}

TEST(TrainLayout, ShowsEverythingAtOnceWhereThereIsRoom) {
  const TrainLayout layout = lay_out_train({0, 0, 904, 952}, 1, true, 0, 0);
  EXPECT_TRUE(layout.pages.empty());
  for (const Rect& card : layout.cards) {
    EXPECT_GT(card.width, 200);
    EXPECT_GT(card.height, 200);
  }
}

}  // namespace
}  // namespace backstep
