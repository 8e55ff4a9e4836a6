// The picture of gradient norms: what a colour means, which epochs share a pixel, and that zero
// and NaN look different from small norms.
#include "app/plots/epoch_heat.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/paint/svg_painter.h"
#include "app/platform/interface_context.h"
#include "tests/extremes.h"

namespace backstep {
namespace {

// The norms of each layer at epochs 0, 1, 2 …
struct Norms {
  std::vector<double> epochs;
  std::vector<std::vector<double>> layers;

  explicit Norms(std::vector<std::vector<double>> norms) : layers(std::move(norms)) {
    for (std::size_t i = 0; i < layers[0].size(); ++i) epochs.push_back(static_cast<double>(i));
  }
  EpochHeat heat() const {
    EpochHeat heat{&epochs, {}, epochs.back(), {}};
    for (const auto& layer : layers) {
      heat.norms.push_back(&layer);
      heat.scale.include(layer);
    }
    return heat;
  }
};

// A noisy history of `layers` layers.
Norms noisy(std::size_t layers, std::size_t epochs) {
  std::vector<std::vector<double>> norms(layers, std::vector<double>(epochs));
  for (std::size_t l = 0; l < layers; ++l)
    for (std::size_t i = 0; i < epochs; ++i)
      norms[l][i] = std::pow(0.5, static_cast<double>(l)) *
                    (1.1 + std::sin(static_cast<double>(i * (l + 3)) * 1.7));
  return Norms(norms);
}

TEST(NormScale, IsLogarithmicAndSharedByWhatItIncludes) {
  NormScale scale;
  scale.include({1e-4, 1e-2});
  scale.include({1, 0.5});
  EXPECT_DOUBLE_EQ(scale.level(1e-4), 0);
  EXPECT_NEAR(scale.level(1e-2), 0.5, 1e-12);
  EXPECT_DOUBLE_EQ(scale.level(1), 1);
  EXPECT_FALSE(scale.zero);
  EXPECT_FALSE(scale.not_finite);
}

TEST(NormScale, KeepsZerosAndBrokenNormsApart) {
  NormScale scale;
  scale.include({0, 3, infinity, nan_value, 7});
  EXPECT_EQ(scale.least, 3);
  EXPECT_EQ(scale.most, 7);
  EXPECT_TRUE(scale.zero);
  EXPECT_TRUE(scale.not_finite);
}

TEST(NormScale, HasALevelWhenAllNormsAreEqual) {
  NormScale scale;
  EXPECT_TRUE(std::isfinite(scale.level(1)));
  scale.include({2, 2, 2});
  EXPECT_GT(scale.level(2), 0);
  EXPECT_LT(scale.level(2), 1);
}

TEST(EpochHeat, JoinsColumnsOfOneColor) {
  const Norms norms({{1, 1, 1, 1, 100, 100, 100, 100}});
  const auto stretches = stretches_of(norms.heat(), 0, 80);
  ASSERT_EQ(stretches.size(), 2u);
  EXPECT_EQ(stretches[0], (NormStretch{0, 40, NormKind::number, 0}));
  EXPECT_EQ(stretches[1], (NormStretch{40, 80, NormKind::number, 1}));
}

TEST(EpochHeat, ASpikeSurvivesSharingAPixel) {
  std::vector<double> row(4000, 1e-6);
  row[1234] = 1;
  row[3000] = nan_value;
  const Norms norms({row});
  const auto stretches = stretches_of(norms.heat(), 0, 100);
  const auto count = [&](NormKind kind, double level) {
    return std::count_if(stretches.begin(), stretches.end(), [&](const NormStretch& s) {
      return s.kind == kind && s.level == level && s.last - s.first == 1;
    });
  };
  EXPECT_EQ(count(NormKind::number, 1), 1);
  EXPECT_EQ(count(NormKind::not_finite, 0), 1);
}

TEST(EpochHeat, ZeroIsNotASmallNumber) {
  const Norms norms({{0, 0, 1e-300, 1e-300}, {1, 1, 1, infinity}});
  const auto first = stretches_of(norms.heat(), 0, 40);
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[0].kind, NormKind::zero);
  EXPECT_EQ(first[1].kind, NormKind::number);
  EXPECT_EQ(first[1].level, 0);
  EXPECT_EQ(stretches_of(norms.heat(), 1, 40).back().kind, NormKind::not_finite);
}

TEST(EpochHeat, StretchesTileTheRowWhateverTheSizes) {
  for (std::size_t epochs : {1u, 2u, 7u, 301u, 4096u}) {
    const Norms norms = noisy(3, epochs);
    for (int columns : {1, 13, 300, 1000}) {
      const auto stretches = stretches_of(norms.heat(), 1, columns);
      int at = 0;
      for (const NormStretch& s : stretches) {
        EXPECT_EQ(s.first, at);
        EXPECT_NE(s.kind, NormKind::none) << epochs << " epochs in " << columns;
        at = s.last;
      }
      EXPECT_EQ(at, columns);
    }
  }
}

TEST(EpochHeat, FutureEpochsAreLeftOpen) {
  const Norms norms({{1, 2, 3, 4}});
  EpochHeat heat = norms.heat();
  heat.last_epoch = 7;
  const auto stretches = stretches_of(heat, 0, 80);
  EXPECT_EQ(stretches.back().kind, NormKind::none);
  EXPECT_EQ(stretches.back().first, 40);
}

TEST(EpochHeat, SaysWhichNormIsUnderThePointer) {
  const Norms norms({{1, 2, 3, 4}, {5, 6, 7, 8}});
  const Rect rect{100, 100, 80, 40};
  NormPlace place;
  ASSERT_TRUE(norm_at(rect, norms.heat(), {101, 101}, place));
  EXPECT_EQ(place.layer, 0u);
  EXPECT_EQ(place.index, 0u);
  ASSERT_TRUE(norm_at(rect, norms.heat(), {179, 139}, place));
  EXPECT_EQ(place.layer, 1u);
  EXPECT_EQ(place.index, 3u);
  EXPECT_FALSE(norm_at(rect, norms.heat(), {181, 120}, place));
}

TEST(EpochHeat, LargerNormsAreLighterInBothThemes) {
  const auto light = [](Color c) { return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b; };
  for (ThemeName name : {ThemeName::dark, ThemeName::light})
    for (double level = 0.01; level <= 1; level += 0.01)
      EXPECT_GT(light(norm_color(theme_of(name), level)) + 0.5,
                light(norm_color(theme_of(name), level - 0.01)));
}

// ---- drawing ------------------------------------------------------------------

// Counts elements or texts in an SVG document.
int occurrences(const std::string& text, const std::string& of) {
  int count = 0;
  for (std::size_t at = text.find(of); at != std::string::npos; at = text.find(of, at + 1)) ++count;
  return count;
}

class EpochHeatDrawn : public testing::Test {
 protected:
  std::string drawn(const EpochHeat& heat, Rect rect) {
    SvgPainter painter(1000, 500, interface_.fonts(), theme_of(ThemeName::dark));
    draw_epoch_heat(painter, rect, theme_of(ThemeName::dark), 1, heat);
    return painter.finish();
  }
  InterfaceContext interface_;
};

TEST_F(EpochHeatDrawn, CostsNoMoreThanItsPixels) {
  const Norms norms = noisy(30, 4096);
  const std::string document = drawn(norms.heat(), {10, 10, 260, 120});
  EXPECT_LE(occurrences(document, "<rect"), 260 * 30 + 3);
  EXPECT_EQ(occurrences(document, ">layer 1<"), 1);
  EXPECT_EQ(occurrences(document, ">layer 30<"), 1);
}

TEST_F(EpochHeatDrawn, HatchesOnlyNormsWithoutAColor) {
  const Norms plain({{1, 2, 3}}), hatched({{1, 0, nan_value}});
  EXPECT_EQ(occurrences(drawn(plain.heat(), {10, 10, 90, 30}), "<polyline"), 0);
  EXPECT_GT(occurrences(drawn(hatched.heat(), {10, 10, 90, 30}), "<polyline"), 5);
}

TEST_F(EpochHeatDrawn, LeavesOutWordsThatHaveNoRoom) {
  const Norms norms = noisy(5, 10);
  EXPECT_EQ(occurrences(drawn(norms.heat(), {10, 10, 200, 20}), "<text"), 1);
  EXPECT_EQ(occurrences(drawn(norms.heat(), {10, 10, 20, 100}), "<text"), 0);
}

TEST_F(EpochHeatDrawn, ExplainsHatchingsInItsKey) {
  NormScale scale;
  scale.include({1e-5, 0.5, 0});
  SvgPainter painter(400, 50, interface_.fonts(), theme_of(ThemeName::dark));
  draw_norm_key(painter, {390, 10}, 380, theme_of(ThemeName::dark), 1, scale);
  const std::string document = painter.finish();
  EXPECT_EQ(occurrences(document, ">zero<"), 1);
  EXPECT_EQ(occurrences(document, ">not finite<"), 0);
  EXPECT_EQ(occurrences(document, ">0.5<"), 1);
}

}  // namespace
}  // namespace backstep
