// The output of a network over a plane or a line, for programs whose output is known.
#include "core/runs/decision_surface.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

#include "core/program/program.h"

namespace backstep {
namespace {

GraphMaker maker_of(const std::string& program) {
  return [program](const NamedData& rows) { return read_program(program, rows); };
}

// p = x1 + 10 x2, with two hidden neurons, x1 and -x2.
const std::string plane =
    "x = input(\"x\")\ny = target(\"y\")\n"
    "a = x @ param([[1.0, 0.0], [0.0, -1.0]])\n"
    "W = param([[1.0], [-10.0]])\np = a @ W\nL = half_mse(p, y)\n";
const NamedData two_inputs = {{"x", {{1, 2}, {0, 0}}}, {"y", {{1, 1}, {0}}}};

struct Plane {
  explicit Plane(int resolution, const InputScaling& scaling = {})
      : make(maker_of(plane)),
        graph(make(two_inputs)),
        field(make, two_inputs, "x", graph.find("p"), {0, 4, -2, 2}, resolution, scaling) {}

  GraphMaker make;
  Graph graph;
  DecisionSurface field;
};

TEST(DecisionSurface, HoldsTheAnswerInTheMiddleOfEveryCell) {
  Plane p(4);
  EXPECT_FALSE(p.field.known());
  p.field.begin(p.graph);
  EXPECT_TRUE(p.field.work(Deadline::never()));
  ASSERT_TRUE(p.field.known());
  ASSERT_EQ(p.field.answers(), 1);
  const std::vector<double>& answer = p.field.answer();
  ASSERT_EQ(answer.size(), 16u);
  EXPECT_DOUBLE_EQ(answer[0], 0.5 + 10 * 1.5);   // upper left
  EXPECT_DOUBLE_EQ(answer[3], 3.5 + 10 * 1.5);   // upper right
  EXPECT_DOUBLE_EQ(answer[12], 0.5 - 10 * 1.5);  // lower left
}

TEST(DecisionSurface, TakesTheTrainedParameters) {
  Plane p(2);
  p.graph.node(p.graph.find("W")).value[0] = 3;
  p.field.begin(p.graph);
  p.field.work(Deadline::never());
  EXPECT_DOUBLE_EQ(p.field.answer()[0], 3 * 1 + 10 * 1);
}

TEST(DecisionSurface, IsDrawnOverUnscaledInputs) {
  Plane p(2, {{1, 0}, {2, 4}});
  p.field.begin(p.graph);
  p.field.work(Deadline::never());
  EXPECT_DOUBLE_EQ(p.field.answer()[1], (3 - 1) / 2.0 + 10 * 1 / 4.0);
}

TEST(DecisionSurface, IsComputedInSlicesAndStaysReadableMeanwhile) {
  Plane p(30);
  p.field.begin(p.graph);
  p.field.work(Deadline::never());
  const std::vector<double> before = p.field.answer();
  p.graph.node(p.graph.find("W")).value[0] = 2;
  p.field.begin(p.graph);
  int slices = 1;
  while (!p.field.work(Deadline::in(-1))) {
    EXPECT_EQ(p.field.answer(), before);
    ++slices;
  }
  EXPECT_GT(slices, 3);
  EXPECT_TRUE(p.field.finished());
  Plane at_once(30);
  at_once.graph.node(at_once.graph.find("W")).value[0] = 2;
  at_once.field.begin(at_once.graph);
  at_once.field.work(Deadline::never());
  EXPECT_EQ(p.field.answer(), at_once.field.answer());
}

TEST(DecisionSurface, KeepsTheNeuronsOfTheNodeWatched) {
  Plane p(2);
  p.field.begin(p.graph);
  p.field.watch(p.graph.find("a"));  // still in time, as no work is done yet
  p.field.work(Deadline::never());
  EXPECT_EQ(p.field.watched(), p.graph.find("a"));
  ASSERT_EQ(p.field.neurons(), 2);
  EXPECT_EQ(p.field.neuron(0), (std::vector<double>{1, 3, 1, 3}));
  EXPECT_EQ(p.field.neuron(1), (std::vector<double>{-1, -1, 1, 1}));
  p.field.watch(-1);
  EXPECT_EQ(p.field.neurons(), 2);
  p.field.begin(p.graph);
  p.field.work(Deadline::never());
  EXPECT_EQ(p.field.neurons(), 0);
}

TEST(DecisionSurface, KeepsTheFirstOfManyNeurons) {
  const GraphMaker make = maker_of(
      "x = input(\"x\")\na = tanh(x @ param(2, 200, init=\"xavier\", seed=1))\n"
      "p = a @ param(200, 3, init=\"xavier\", seed=2)\nL = half_mse(p, target(\"y\"))\n");
  const NamedData like = {{"x", {{1, 2}, {0, 0}}}, {"y", {{1, 3}, {0, 0, 0}}}};
  const Graph graph = make(like);
  DecisionSurface field(make, like, "x", graph.find("p"), {}, 5);
  field.watch(graph.find("a"));
  field.begin(graph);
  field.work(Deadline::never());
  EXPECT_EQ(field.neurons(), DecisionSurface::most_neurons);
  EXPECT_EQ(field.answers(), 3);
}

TEST(DecisionSurface, OfOneInputIsACurveFromEndToEnd) {
  const GraphMaker make =
      maker_of("x = input(\"x\")\np = x * param([[2.0]])\nL = half_mse(p, target(\"y\"))\n");
  const NamedData like = {{"x", {{1, 1}, {0}}}, {"y", {{1, 1}, {0}}}};
  const Graph graph = make(like);
  DecisionSurface field(make, like, "x", graph.find("p"), {-3, 5, 0, 1}, 10);
  field.begin(graph);
  field.work(Deadline::never());
  EXPECT_EQ(field.inputs(), 1);
  ASSERT_EQ(static_cast<int>(field.answer().size()), field.resolution());
  EXPECT_DOUBLE_EQ(field.answer().front(), -6);
  EXPECT_DOUBLE_EQ(field.answer().back(), 10);
}

// ---- ranges ----

Samples samples_at(const std::vector<double>& inputs, Index columns) {
  Samples samples;
  const auto count = static_cast<Index>(inputs.size()) / columns;
  samples.inputs = {{count, columns}, inputs};
  samples.targets = {{count, 1}, std::vector<double>(static_cast<std::size_t>(count), 0)};
  samples.train = static_cast<long>(count);
  return samples;
}

TEST(InputRange, ShowsAllSamplesWithRoomUpToRoundNumbers) {
  const InputRange range = input_range_of(samples_at({-5, 4, 5, -4.5}, 2));
  EXPECT_DOUBLE_EQ(range.x_lowest, -6);
  EXPECT_DOUBLE_EQ(range.x_highest, 6);
  EXPECT_DOUBLE_EQ(range.y_lowest, -6);  // both ranges are equal, so that a circle stays round
  EXPECT_DOUBLE_EQ(range.y_highest, 6);
}

TEST(InputRange, KeepsInputsOfDifferentSizesApart) {
  const InputRange range = input_range_of(samples_at({0, 1000, 1, 5000, 0.5, 2000}, 2));
  EXPECT_LT(range.x_highest, 2);
  EXPECT_GT(range.y_highest, 5000);
}

TEST(InputRange, IsNeverEmptyAndIgnoresNumbersThatAreNotFinite) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const std::vector<double>& inputs :
       {std::vector<double>{2, 2}, {}, {nan, nan}, {1, nan, 2, 3}}) {
    const InputRange range = input_range_of(samples_at(inputs, 2));
    EXPECT_LT(range.x_lowest, range.x_highest);
    EXPECT_LT(range.y_lowest, range.y_highest);
  }
}

TEST(InputRange, OfOneInputShowsTheTargets) {
  Samples samples = samples_at({1, 2, 3}, 1);
  samples.kind = TargetKind::numbers;
  samples.targets.entries = {-40, 0, 90};
  const InputRange range = input_range_of(samples);
  EXPECT_LE(range.y_lowest, -40);
  EXPECT_GE(range.y_highest, 90);
}

}  // namespace
}  // namespace backstep
