// The picture of a decision boundary: the positions of samples, the marks of their classes, and
// the meaning of the colours.
#include "app/plots/field_picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/program/program.h"
#include "tests/app/paint/recording_painter.h"

namespace backstep {
namespace {

const Theme& dark_theme = theme_of(ThemeName::dark);
const Rect square = {100, 50, 200, 200};

// Samples along the diagonal with alternating classes 0 and 1; the first half is for training.
Samples diagonal(long count) {
  Samples samples;
  samples.inputs.shape = {count, 2};
  samples.targets.shape = {count, 1};
  samples.inputs.entries.clear();
  samples.targets.entries.clear();
  for (long i = 0; i < count; ++i) {
    const double at = static_cast<double>(i) / static_cast<double>(count) * 10 - 5;
    samples.inputs.entries.insert(samples.inputs.entries.end(), {at, at});
    samples.targets.entries.push_back(static_cast<double>(i % 2));
  }
  samples.train = count / 2;
  return samples;
}

// A network whose answer p has `outputs` logits.
struct Answering {
  explicit Answering(int outputs) {
    std::string weights;
    for (int i = 1; i <= outputs; ++i) weights += (i > 1 ? ", " : "") + std::to_string(i) + ".0";
    const std::string program = "x = input(\"x\")\np = x @ param([[" + weights + "], [" + weights +
                                "]])\nL = half_mse(p, target(\"y\"))\n";
    const GraphMaker make = [program](const NamedData& rows) {
      return read_program(program, rows);
    };
    const NamedData like = {
        {"x", {{1, 2}, {0, 0}}},
        {"y", {{1, outputs}, std::vector<double>(static_cast<std::size_t>(outputs), 0)}}};
    const Graph graph = make(like);
    field.emplace(make, like, "x", graph.find("p"), InputRange{}, 8);
    field->begin(graph);
    field->work(Deadline::never());
  }
  std::optional<DecisionSurface> field;
};

TEST(FieldPicture, PlacesInputsAndFindsThemAgain) {
  const InputRange range = {-6, 6, 0, 2};
  const Point at = place_in_field(square, range, 3, 0.5);
  EXPECT_FLOAT_EQ(at.x, 250);
  EXPECT_FLOAT_EQ(at.y, 200);
  double x = 0, y = 0;
  inputs_at(square, range, at, x, y);
  EXPECT_NEAR(x, 3, 1e-5);
  EXPECT_NEAR(y, 0.5, 1e-5);
}

TEST(FieldPicture, FindsTheSampleUnderThePointer) {
  const Samples samples = diagonal(10);
  const InputRange range = input_range_of(samples);
  const Point fourth = place_in_field(square, range, -2, -2);
  EXPECT_EQ(sample_at(square, range, samples, {fourth.x + 3, fourth.y}, 8), 3);
  EXPECT_EQ(sample_at(square, range, samples, {fourth.x + 30, fourth.y}, 8), -1);
}

TEST(FieldPicture, ShowsClassesByShapeAndSplitsByFill) {
  const Samples samples = diagonal(100);
  FieldPicture picture;
  picture.samples = &samples;
  RecordingPainter painter;
  draw_field(painter, square, dark_theme, 1, picture);
  const auto in_color = [](const auto& shapes, Color color) {
    return std::count_if(shapes.begin(), shapes.end(),
                         [color](const auto& shape) { return shape.color == color; });
  };
  EXPECT_EQ(in_color(painter.circles, dark_theme.positive), 50);
  EXPECT_EQ(in_color(painter.lines, dark_theme.negative), 50);  // diamonds
  EXPECT_EQ(in_color(painter.circles, dark_theme.negative), 0);
  EXPECT_EQ(in_color(painter.circles, dark_theme.canvas), 25);  // the middle of open circles
  RecordingPainter training;
  picture.test_points = false;
  draw_field(training, square, dark_theme, 1, picture);
  EXPECT_EQ(in_color(training.circles, dark_theme.positive), 25);
}

TEST(FieldPicture, DrawsNoMoreThanCanBeSeenOfAMillionSamples) {
  const Samples samples = diagonal(1'000'001);
  FieldPicture picture;
  picture.samples = &samples;
  RecordingPainter painter;
  draw_field(painter, square, dark_theme, 1, picture);
  EXPECT_LE(painter.circles.size() + painter.lines.size(), 3u * 2000);
  EXPECT_GT(painter.circles.size() + painter.lines.size(), 2000u);
}

TEST(FieldPicture, MarksThePickedSample) {
  const Samples samples = diagonal(10);
  FieldPicture picture;
  picture.samples = &samples;
  RecordingPainter without, with;
  draw_field(without, square, dark_theme, 1, picture);
  picture.picked = 4;
  draw_field(with, square, dark_theme, 1, picture);
  EXPECT_EQ(without.frames, 0);
  EXPECT_EQ(with.frames, 1);
}

TEST(FieldPicture, ReadsItsLevelsFromTheTargetsCoding) {
  const Answering answering(1);
  backstep::Setup setup;
  setup.samples = diagonal(10);
  setup.network.emplace();
  FieldPicture picture = field_picture(setup, &*answering.field);
  EXPECT_EQ(picture.middle, 0);
  EXPECT_EQ(picture.scale, 1);
  setup.network->output = "sigmoid";
  picture = field_picture(setup, &*answering.field);
  EXPECT_EQ(picture.middle, 0.5);
  EXPECT_EQ(picture.scale, 0.5);
  EXPECT_FALSE(picture.logits);
}

TEST(FieldPicture, ScalesNumbersToTheirTargets) {
  backstep::Setup setup;
  setup.samples = diagonal(4);
  setup.samples.own().kind = TargetKind::numbers;
  setup.samples.own().targets.entries = {-1, 4, 0, 2};
  FieldPicture picture = field_picture(setup, nullptr);
  EXPECT_EQ(picture.middle, 0);  // zero is among the targets, so signs are kept
  EXPECT_EQ(picture.scale, 4);
  setup.samples.own().targets.entries = {10, 50, 20, 30};
  picture = field_picture(setup, nullptr);
  EXPECT_EQ(picture.middle, 30);
  EXPECT_EQ(picture.scale, 20);
  setup.samples.own().targets.entries = {7, 7, 7, 7};
  EXPECT_GT(field_picture(setup, nullptr).scale, 0);
}

TEST(FieldPicture, ShowsOneClassOfSeveralAsProbability) {
  const Answering answering(3);
  backstep::Setup setup;
  setup.samples = diagonal(9);
  setup.samples.own().classes = 3;
  setup.network.emplace();
  setup.network->output = "linear";
  setup.network->loss = "cross_entropy";
  double sums[64] = {};
  for (int column = 0; column < 3; ++column) {
    const FieldPicture picture = field_picture(setup, &*answering.field, column);
    EXPECT_EQ(picture.column, column);
    EXPECT_EQ(picture.positive_class, column);
    const std::vector<double> values = values_shown(picture);
    ASSERT_EQ(values.size(), 64u);
    for (std::size_t i = 0; i < 64; ++i) sums[i] += values[i];
  }
  for (const double sum : sums) EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(FieldPicture, ReadsOneLogitAsProbability) {
  const Answering answering(1);
  FieldPicture picture;
  picture.field = &*answering.field;
  picture.logits = true;
  const double logit = answering.field->answer()[5];
  EXPECT_NEAR(values_shown(picture)[5], 1 / (1 + std::exp(-logit)), 1e-12);
}

TEST(FieldPicture, KeepsColoursWithinTheScale) {
  const Answering answering(1);  // its answers go far beyond ±1 at the corners
  FieldPicture picture;
  picture.field = &*answering.field;
  RecordingPainter painter;
  draw_field(painter, square, dark_theme, 1, picture);
  ASSERT_EQ(painter.heatmaps.size(), 1u);
  for (const double value : painter.heatmaps[0].values)
    EXPECT_LE(std::abs(value), painter.heatmaps[0].scale * field_paleness + 1e-12);
}

TEST(FieldPicture, ReadsValuesBetweenTheGrids) {
  const Answering answering(1);
  const DecisionSurface& field = *answering.field;
  EXPECT_NEAR(value_at(field, field.answer(), 1.2, -0.7), 0.5, 1e-9);  // x1 + x2, which is linear
  EXPECT_NEAR(value_at(field, field.answer(), 4, 1), 5, 1e-9);
}

TEST(FieldPicture, HasAxesThatNeitherOverlapNorLeaveTheirRoom) {
  const Answering answering(1);
  backstep::Setup setup;
  setup.samples = diagonal(20);
  setup.samples.own().input_names = {"sepal length (cm)", "petal width (cm)"};
  const FieldPicture picture = field_picture(setup, &*answering.field);
  for (const float side : {60.0f, 150.0f, 400.0f}) {
    RecordingPainter painter;
    const Rect plane = {100, 50, side, side};
    const FieldAxesRoom room = field_axes_room(painter, 1, picture);
    draw_field_axes(painter, plane, dark_theme, 1, picture);
    const Rect all = {plane.x - room.left - 1, plane.y - 8, plane.width + room.left + 12,
                      plane.height + room.below + 9};
    for (std::size_t i = 0; i < painter.texts.size(); ++i) {
      const Rect& text = painter.texts[i].rect;
      EXPECT_TRUE(text.x >= all.x && text.right() <= all.right() && text.y >= all.y &&
                  text.bottom() <= all.bottom())
          << painter.texts[i].text << " at side " << side;
      for (std::size_t j = i + 1; j < painter.texts.size(); ++j)
        EXPECT_FALSE(text.overlaps(painter.texts[j].rect))
            << painter.texts[i].text << " on " << painter.texts[j].text;
    }
  }
}

TEST(FieldPicture, DrawsOneInputAsACurveThroughItsSamples) {
  const std::string program =
      "x = input(\"x\")\np = x * param([[1.0]])\nL = half_mse(p, target(\"y\"))\n";
  const GraphMaker make = [program](const NamedData& rows) { return read_program(program, rows); };
  const NamedData like = {{"x", {{1, 1}, {0}}}, {"y", {{1, 1}, {0}}}};
  const Graph graph = make(like);
  backstep::Setup setup;
  setup.samples = Samples();
  setup.samples.own().kind = TargetKind::numbers;
  setup.samples.own().inputs = {{3, 1}, {-1, 0, 1}};
  setup.samples.own().targets = {{3, 1}, {-1, 0, 1}};
  setup.samples.own().train = 3;
  DecisionSurface field(make, like, "x", graph.find("p"), input_range_of(*setup.samples), 12);
  field.begin(graph);
  field.work(Deadline::never());
  const FieldPicture picture = field_picture(setup, &field);
  RecordingPainter painter;
  draw_field(painter, square, dark_theme, 1, picture);
  EXPECT_TRUE(painter.heatmaps.empty());
  const auto curve = std::find_if(painter.lines.begin(), painter.lines.end(),
                                  [](const auto& line) { return line.points.size() > 10; });
  ASSERT_NE(curve, painter.lines.end());
  // The curve is y = x, which passes through every sample.
  for (const double at : {-1.0, 0.0, 1.0}) {
    const Point sample = place_in_field(square, input_range_of(picture), at, at);
    float nearest = 1e9f;
    for (Point p : curve->points)
      nearest = std::min(nearest, std::hypot(p.x - sample.x, p.y - sample.y));
    EXPECT_LT(nearest, 4);
  }
}

}  // namespace
}  // namespace backstep
