// The parts of drawing: number formats, ticks, dashes, texts that fit, and the lines of plots.
#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "app/paint/curve.h"
#include "app/paint/gpu.h"
#include "app/paint/heat.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/svg_painter.h"
#include "app/paint/text_fit.h"
#include "app/platform/offscreen.h"
#include "app/platform/resources.h"
#include "app/plots/axis.h"
#include "app/plots/plot.h"
#include "app/plots/plot_lines.h"
#include "tests/app/plots/plot_series.h"
#include "tests/extremes.h"

namespace backstep {
namespace {

// ---- Numbers ----

TEST(Numbers, HaveAboutFourDigitsWhenShort) {
  EXPECT_EQ(short_number(0.68568), "0.6857");
  EXPECT_EQ(short_number(-0.01402), "-0.0140");
  EXPECT_EQ(short_number(1), "1.0000");
  EXPECT_EQ(short_number(12.345678), "12.35");
  EXPECT_EQ(short_number(-123.45), "-123.5");
  EXPECT_EQ(short_number(1234.5), "1234");
  EXPECT_EQ(short_number(123456), "1.235e+05");
  EXPECT_EQ(short_number(3.3261e-6), "3.326e-06");
  EXPECT_EQ(short_number(1e300), "1.000e+300");
}

TEST(Numbers, GetNoLongerByRoundingUp) {
  EXPECT_EQ(short_number(9.99997), "10.00");
  EXPECT_EQ(short_number(-9.99997), "-10.00");
  EXPECT_EQ(short_number(99.996), "100.0");
  EXPECT_EQ(short_number(999.96), "1000");
}

TEST(Numbers, HaveSpecialForms) {
  EXPECT_EQ(short_number(0), "0.0000");
  EXPECT_EQ(short_number(-0.0), "0.0000");
  EXPECT_EQ(short_number(nan_value), "nan");
  EXPECT_EQ(short_number(infinity), "inf");
  EXPECT_EQ(short_number(-infinity), "-inf");
  EXPECT_EQ(full_number(0.68568), "0.685680");
  EXPECT_EQ(full_number(-0.0650762), "-0.065076");
  EXPECT_EQ(full_number(0), "0.000000");
  EXPECT_EQ(fixed_number(-0.001, 2), "0.00");
}

TEST(Numbers, ReadBackWhenExact) {
  for (double value : {0.1, 1.0 / 3, -2.5e-308, 1e22, 123456789.123456789, 5e-324}) {
    EXPECT_EQ(std::strtod(exact_number(value).c_str(), nullptr), value) << exact_number(value);
  }
  EXPECT_EQ(exact_number(0.1), "0.1");
  EXPECT_EQ(exact_number(2), "2");
}

TEST(Numbers, AreSetInNamesAsInATextbook) {
  EXPECT_EQ(superscript(-12), "⁻¹²");
  EXPECT_EQ(superscript(0), "⁰");
  EXPECT_EQ(pretty_name("a1"), "a₁");
  EXPECT_EQ(pretty_name("W12"), "W₁₂");
  EXPECT_EQ(pretty_name("loss"), "loss");
  EXPECT_EQ(pretty_name("x2y"), "x2y");
  EXPECT_EQ(pretty_name("7"), "7");
  EXPECT_EQ(pretty_name("layer_2"), "layer_2");
  EXPECT_EQ(pretty_name(""), "");
}

// ---- Axes ----

std::vector<std::string> labels(const std::vector<AxisTick>& ticks) {
  std::vector<std::string> found;
  for (const AxisTick& t : ticks)
    if (!t.label.empty()) found.push_back(t.label);
  return found;
}

using Labels = std::vector<std::string>;

TEST(Axis, LinearTicksAreRound) {
  EXPECT_EQ(labels(linear_ticks(0, 100, 5)), (Labels{"0", "20", "40", "60", "80", "100"}));
  EXPECT_EQ(labels(linear_ticks(-0.3, 0.3, 3)), (Labels{"-0.2", "0", "0.2"}));
  EXPECT_EQ(labels(linear_ticks(0, 3, 10, true)), (Labels{"0", "1", "2", "3"}));
  EXPECT_EQ(labels(linear_ticks(0, 1e5, 5)), (Labels{"0", "20k", "40k", "60k", "80k", "100k"}));
  EXPECT_EQ(labels(linear_ticks(0, 3e6, 3)), (Labels{"0", "1M", "2M", "3M"}));
  EXPECT_TRUE(linear_ticks(1, 1, 5).empty());
}

TEST(Axis, LogTicksArePowersOfTen) {
  EXPECT_EQ(labels(log_ticks(1e-3, 1, 8)), (Labels{"10⁻³", "10⁻²", "10⁻¹", "10⁰"}));
  const Labels few = labels(log_ticks(1e-30, 1, 4));
  EXPECT_LE(few.size(), 5u);
  EXPECT_GE(few.size(), 3u);
}

TEST(Axis, LogTicksBelowTwoDecadesHaveMinorOnes) {
  const auto ticks = log_ticks(0.01, 0.5, 6);
  EXPECT_EQ(labels(ticks), (Labels{"10⁻²", "10⁻¹"}));
  EXPECT_EQ(ticks.size(), 14u);  // 0.01 … 0.09 and 0.1 … 0.5
  EXPECT_EQ(labels(log_ticks(0.15, 0.9, 6)), (Labels{"0.2", "0.5"}));
}

TEST(Axis, LogTicksOfANarrowRangeAreSeveral) {
  EXPECT_GE(labels(log_ticks(0.5, 0.52, 5)).size(), 3u);
}

TEST(Axis, HasNoPositionForWhatItCannotShow) {
  Axis axis{true, false, 0.1, 10, 100, 0, 120};
  EXPECT_FLOAT_EQ(axis.pixel(1), 50);
  EXPECT_NEAR(axis.value_at(50), 1, 1e-9);
  EXPECT_TRUE(std::isnan(axis.pixel(-1)));
  EXPECT_TRUE(std::isnan(axis.pixel(nan_value)));
  EXPECT_TRUE(std::isnan(axis.pixel(infinity)));
  EXPECT_TRUE(std::isnan(axis.pixel(0)));
  axis.has_zero = true;
  EXPECT_FLOAT_EQ(axis.pixel(0), 120);
}

TEST(Axis, WideningNeverLeavesAnEmptyOrInfiniteRange) {
  for (auto [low, high] : {std::pair{0.0, 0.0}, {3.0, 3.0}, {-1e308, 1e308}, {1e-320, 1e-320}}) {
    double a = low, b = high;
    widen_linear(a, b);
    EXPECT_LT(a, b);
    EXPECT_TRUE(std::isfinite(b - a));
    if (low <= 0) continue;
    a = low, b = high;
    widen_log(a, b);
    EXPECT_GT(a, 0);
    EXPECT_LT(a, b);
  }
}

// ---- Curves ----

TEST(Curve, DashesCoverTheRightShare) {
  float drawn = 0;
  int dashes = 0;
  for_each_dash({{0, 0}, {50, 0}, {50, 50}}, {6, 4}, [&](const std::vector<Point>& dash) {
    drawn += lengths_along(dash).back();
    ++dashes;
  });
  EXPECT_EQ(dashes, 10);
  EXPECT_NEAR(drawn, 60, 1e-3);
}

TEST(Curve, ADashGoesRoundACorner) {
  std::vector<std::vector<Point>> dashes;
  for_each_dash({{0, 0}, {5, 0}, {5, 5}}, {8, 4},
                [&](const auto& dash) { dashes.push_back(dash); });
  ASSERT_EQ(dashes.size(), 1u);
  EXPECT_EQ(dashes[0].size(), 3u);
}

TEST(Curve, StraightEdgesHaveTwoPoints) {
  EXPECT_EQ(flatten({{0, 0}, {30, 0}, {60, 0}, {100, 0}, {}}).size(), 2u);
  EXPECT_GT(flatten({{0, 0}, {50, 0}, {50, 80}, {100, 80}, {}}).size(), 8u);
  EXPECT_TRUE(flatten({{5, 5}, {5, 5}, {5, 5}, {5, 5}, {}}).empty());
  EXPECT_TRUE(flatten({{0, 0}, {NAN, 0}, {60, 0}, {100, 0}, {}}).empty());
}

TEST(Curve, RulesAreRectanglesOfOneRow) {
  Rect rule;
  ASSERT_TRUE(snap_rule({10.2f, 20.4f}, {50, 20.4f}, 1, rule));
  EXPECT_EQ(rule.y, 20);
  EXPECT_EQ(rule.height, 1);
  EXPECT_FALSE(snap_rule({0, 0}, {10, 5}, 1, rule));
}

// ---- Heat ----

TEST(Heat, LevelsAreClampedAndDistinct) {
  EXPECT_EQ(heat_level(0, 1), 0);
  EXPECT_EQ(heat_level(3, 2), 1);
  EXPECT_EQ(heat_level(-infinity, 2), -1);
  EXPECT_EQ(heat_level(-1, 4), -0.25f);
  EXPECT_EQ(heat_level(1e-9, 0), 1);
  EXPECT_EQ(heat_level(nan_value, 1), heat_nan);
}

TEST(Heat, ColorsRunFromTheThemesNegativeToItsPositive) {
  for (ThemeName name : {ThemeName::dark, ThemeName::light}) {
    const Theme& theme = theme_of(name);
    EXPECT_EQ(heat_color(theme, -1), theme.negative);
    EXPECT_EQ(heat_color(theme, 0), theme.zero);
    EXPECT_EQ(heat_color(theme, 1), theme.positive);
    EXPECT_EQ(heat_color(theme, heat_nan), theme.error);
  }
}

TEST(Heat, ASpikeSurvivesShrinking) {
  std::vector<double> values(1000 * 1000, 0.01);
  values[123456] = -5;
  values[654321] = nan_value;
  const HeatCells cells = heat_cells({{}, 1000, 1000, values.data(), 5}, 50, 60);
  EXPECT_EQ(cells.rows, 50);
  EXPECT_EQ(cells.columns, 60);
  EXPECT_EQ(std::count(cells.levels.begin(), cells.levels.end(), -1.0f), 1);
  EXPECT_EQ(std::count(cells.levels.begin(), cells.levels.end(), heat_nan), 1);
}

TEST(Heat, CellsTileTheirRectangle) {
  for (float length : {37.0f, 100.0f, 211.0f}) {
    float at = 0;
    for (int i = 0; i < 9; ++i) {
      const Span span = heat_span(i, 9, length, 1);
      EXPECT_EQ(span.start, at);
      at = span.start + span.size + 1;
    }
    EXPECT_EQ(at, length + 1);
  }
}

// ---- Text that fits ----

TEST(Spread, MovesApartWithinBounds) {
  std::vector<float> centers{50, 52, 51, 10, 99};
  ASSERT_TRUE(spread(centers, 10, 0, 100));
  std::vector<float> sorted = centers;
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 1; i < sorted.size(); ++i) EXPECT_GE(sorted[i] - sorted[i - 1], 9.99f);
  EXPECT_GE(sorted.front(), 0);
  EXPECT_LE(sorted.back(), 100);
  EXPECT_LT(centers[0], centers[2]);  // their order is kept
  EXPECT_LT(centers[2], centers[1]);
  EXPECT_EQ(centers[3], 10);  // one with enough room stays where it is
}

TEST(Spread, RefusesWhatDoesNotFit) {
  std::vector<float> centers{1, 2, 3};
  EXPECT_FALSE(spread(centers, 10, 0, 19));
  EXPECT_EQ(centers, (std::vector<float>{1, 2, 3}));
}

// ---- Lines of plots ----

TEST(PlotLines, DecimationKeepsExtremes) {
  std::vector<double> y(100000);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = std::sin(static_cast<double>(i) * 0.7);
  y[33333] = 7;
  y[77777] = -9;
  const Series s = series_of(y);
  const Axis x{false, false, 0, 99999, 0, 400, 0}, axis{false, false, -10, 10, 200, 0, 0};
  const auto columns = columns_of(s, range_between(s, 0, 99999), x, axis);
  float top = 1e9f, bottom = -1e9f;
  for (const Column& c : columns) {
    ASSERT_FALSE(c.empty);
    top = std::min(top, c.top);
    bottom = std::max(bottom, c.bottom);
  }
  EXPECT_FLOAT_EQ(top, axis.pixel(7));
  EXPECT_FLOAT_EQ(bottom, axis.pixel(-9));
}

TEST(PlotLines, FindsTheRangeAndTheNearest) {
  const std::vector<double> x{0, 1, 2, 5, 9}, y(5, 1.0);
  Series s = series_of(y);
  s.x = x.data();
  const Range range = range_between(s, 1, 5);
  EXPECT_EQ(range.first, 1u);
  EXPECT_EQ(range.last, 4u);
  EXPECT_EQ(nearest_to(s, 3), 2u);
  EXPECT_EQ(nearest_to(s, 4), 3u);
  EXPECT_EQ(nearest_to(s, -100), 0u);
  EXPECT_EQ(nearest_to(s, 100), 4u);
}

// Records what a plot draws, and measures text as a real painter does.
class PlotRecorder final : public Painter {
 public:
  struct Text {
    Rect rect;
    std::string text;
  };
  std::vector<Text> texts;
  std::vector<std::vector<Point>> lines;
  std::vector<Point> dots;
  std::vector<Rect> boxes;

  void fill(Rect rect, Color, float) override { boxes.push_back(rect); }
  void fill_top(Rect, Color, float) override {}
  void frame(Rect, Color, float, float) override {}
  void circle(Point center, float, Color) override { dots.push_back(center); }
  void triangle(Point, Point, Point, Color) override {}
  void line(Point, Point, Color, float, Dash) override {}
  void polyline(const std::vector<Point>& points, Color, float, Dash) override {
    lines.push_back(points);
  }
  void edge(const Edge&) override {}
  void heatmap(const Heatmap&) override {}
  void text(Point at, const std::string& text, Face face, float pixels, Color,
            Align align) override {
    if (text.empty()) return;
    const float width = text_width(text, face, pixels);
    const float left = align == Align::left     ? at.x
                       : align == Align::center ? at.x - width / 2
                                                : at.x - width;
    texts.push_back({{left, at.y, width, pixels}, text});
  }
  float text_width(const std::string& text, Face, float pixels) const override {
    const auto letters = std::count_if(text.begin(), text.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    });
    return static_cast<float>(letters) * pixels * 0.55f;
  }
  void push_clip(Rect) override {}
  void pop_clip() override {}

  bool wrote(const std::string& text) const {
    return std::any_of(texts.begin(), texts.end(), [&](const Text& t) { return t.text == text; });
  }
};

double plot_into(PlotRecorder& painter, Rect rect, const std::vector<Series>& series,
                 const PlotOptions& options, PlotView& view, const Pointer& pointer = {}) {
  return draw_plot(painter, rect, theme_of(ThemeName::dark), 1, series, options, view, pointer);
}

const Rect card{10, 20, 430, 290};

TEST(Plot, ZerosOnALogScaleLieOnTheirOwnLine) {
  const std::vector<double> y{1, 0.1, 0, 0, 0.01};
  PlotRecorder painter;
  PlotView view;
  PlotOptions options;
  options.log_scale = true;
  plot_into(painter, card, {series_of(y)}, options, view);
  EXPECT_TRUE(painter.wrote("0"));
  ASSERT_EQ(painter.lines.size(), 1u);
  const auto& line = painter.lines[0];
  ASSERT_EQ(line.size(), 5u);  // no point is dropped
  EXPECT_EQ(line[2].y, line[3].y);
  for (std::size_t i : {0u, 1u, 4u}) EXPECT_LT(line[i].y, line[2].y);
}

TEST(Plot, WhatCannotBeShownIsAGap) {
  const std::vector<double> y{1, 2, nan_value, 3, infinity, 4, 5, -1, 6};
  PlotRecorder painter;
  PlotView view;
  PlotOptions options;
  options.log_scale = true;
  plot_into(painter, card, {series_of(y)}, options, view);
  EXPECT_EQ(painter.lines.size(), 2u);  // from 1 to 2 and from 4 to 5
  EXPECT_EQ(painter.dots.size(), 2u);   // single points at 3 and 6
}

TEST(Plot, SaysWhyItIsEmpty) {
  PlotRecorder painter;
  PlotView view;
  PlotOptions options;
  options.empty = "Nothing yet.";
  EXPECT_TRUE(std::isnan(plot_into(painter, card, {}, options, view)));
  EXPECT_TRUE(painter.wrote("Nothing yet."));
}

TEST(Plot, NoTextOverlapsOrLeavesTheCard) {
  std::vector<std::vector<double>> y;
  std::vector<Series> series;
  for (int k = 0; k < 12; ++k) {
    y.emplace_back();
    for (int i = 0; i < 50; ++i) y.back().push_back(std::exp(-0.05 * k * i - k));
  }
  for (std::size_t k = 0; k < 12; ++k) {
    series.push_back(series_of(y[k]));
    series.back().name = "layer " + std::to_string(k) + (k % 2 ? "" : " of the network");
  }
  for (std::size_t count : {1u, 2u, 3u, 8u, 12u})
    for (bool log : {false, true})
      for (float width : {140.0f, 260.0f, 430.0f, 900.0f})
        for (float height : {90.0f, 180.0f, 290.0f}) {
          PlotRecorder painter;
          PlotView view;
          PlotOptions options;
          options.title = "Gradient norm per layer";
          options.note = "log · step 214";
          options.x_label = "epoch";
          options.log_scale = log;
          const Rect rect{10, 20, width, height};
          const auto some = series.begin() + static_cast<std::ptrdiff_t>(count);
          plot_into(painter, rect, {series.begin(), some}, options, view);
          for (std::size_t i = 0; i < painter.texts.size(); ++i) {
            const auto& a = painter.texts[i];
            EXPECT_GE(a.rect.x, rect.x) << a.text;
            EXPECT_LE(a.rect.right(), rect.right() + 0.01f) << a.text;
            EXPECT_LE(a.rect.bottom(), rect.bottom() + 0.01f) << a.text;
            for (std::size_t k = i + 1; k < painter.texts.size(); ++k) {
              const auto& b = painter.texts[k];
              EXPECT_FALSE(a.rect.inset(0.5f).overlaps(b.rect.inset(0.5f)))
                  << a.text << " and " << b.text << " at " << width << " × " << height << ", "
                  << count << " series";
            }
          }
        }
}

TEST(Plot, TheCrosshairReadsTheNearestNumberInABoxThatStaysInside) {
  const std::vector<double> y{1, 2, 3, 4, 5};
  for (float at = card.x; at < card.right(); at += 7) {
    PlotRecorder painter;
    PlotView view;
    Pointer pointer;
    pointer.inside = true;
    pointer.at = {at, card.y + 150};
    const double x = plot_into(painter, card, {series_of(y)}, {}, view, pointer);
    if (std::isnan(x)) continue;
    EXPECT_TRUE(painter.wrote(short_number(x + 1))) << x;
    const Rect box = painter.boxes.back();
    EXPECT_GE(box.x, card.x);
    EXPECT_LE(box.right(), card.right());
    EXPECT_LE(box.bottom(), card.bottom());
  }
}

TEST(Plot, WheelZoomsDragPansDoubleClickResets) {
  const std::vector<double> y(101, 1.0);
  PlotRecorder painter;
  PlotView view;
  Pointer pointer;
  pointer.inside = true;
  pointer.at = {card.x + 220, card.y + 150};
  pointer.wheel = 3;
  plot_into(painter, card, {series_of(y)}, {}, view, pointer);
  EXPECT_FALSE(view.automatic);
  const double low = view.x_min, span = view.x_max - view.x_min;
  EXPECT_NEAR(span, 100 * 0.512, 0.01);
  pointer.wheel = 0;
  pointer.dragging = true;
  pointer.drag_delta = {20, 0};
  plot_into(painter, card, {series_of(y)}, {}, view, pointer);
  EXPECT_LT(view.x_min, low);
  EXPECT_NEAR(view.x_max - view.x_min, span, 1e-9);
  pointer.dragging = false;
  pointer.double_click = true;
  plot_into(painter, card, {series_of(y)}, {}, view, pointer);
  EXPECT_TRUE(view.automatic);
  EXPECT_EQ(view.x_max, 100);
  pointer.double_click = false;
  pointer.wheel = -5;  // it cannot zoom out further
  plot_into(painter, card, {series_of(y)}, {}, view, pointer);
  EXPECT_TRUE(view.automatic);
}

}  // namespace
}  // namespace backstep
