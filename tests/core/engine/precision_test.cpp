// Rounding to narrower number formats, and which numbers overflow, vanish or become NaN.
#include "core/engine/precision.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "core/base/random.h"
#include "core/program/program.h"
#include "core/proofs/precision_check.h"
#include "tests/extremes.h"

namespace backstep {
namespace {

TEST(Precision, Float16RoundsAsIeee754Does) {
  const auto half = [](double number) { return round_to(number, Precision::float16); };
  EXPECT_EQ(half(65504), 65504);
  EXPECT_EQ(half(65519.999), 65504);
  EXPECT_EQ(half(65520), infinity);
  EXPECT_EQ(half(-65520), -infinity);
  EXPECT_EQ(half(0x1p-24), 0x1p-24);
  EXPECT_EQ(half(0x1p-25), 0);  // a tie between 0 and 2⁻²⁴
  EXPECT_EQ(half(0x1.001p-25), 0x1p-24);
  EXPECT_EQ(half(0x3p-25), 0x2p-24);
  EXPECT_EQ(half(2049), 2048);  // ties go to even
  EXPECT_EQ(half(2051), 2052);
  EXPECT_EQ(half(1.0 / 3), 0x1.554p-2);
  EXPECT_EQ(half(0x1.004p-15), 0x1p-15);  // subnormal
  EXPECT_TRUE(std::isnan(half(NAN)));
  EXPECT_TRUE(std::signbit(half(-0x1p-30)));
}

TEST(Precision, Bfloat16KeepsTheRangeOfFloat32AndEightBits) {
  const auto brain = [](double number) { return round_to(number, Precision::bfloat16); };
  EXPECT_EQ(brain(1.0 / 3), 0.333984375);
  EXPECT_EQ(brain(257), 256);
  EXPECT_EQ(brain(259), 260);
  EXPECT_EQ(brain(3.38953138925153547590470800371487866880e38),
            3.38953138925153547590470800371487866880e38);
  EXPECT_EQ(brain(3.4e38), infinity);
  EXPECT_EQ(brain(0x1p-133), 0x1p-133);
  EXPECT_EQ(brain(0x1p-134), 0);
}

TEST(Precision, Float32RoundsAsTheProcessorDoes) {
  Random random(1);
  for (int i = 0; i < 10'000; ++i) {
    const double number =
        std::ldexp(2 * random.uniform() - 1, static_cast<int>(random.uniform() * 300) - 160);
    const double expected = static_cast<double>(static_cast<float>(number));
    const double got = round_to(number, Precision::float32);
    ASSERT_EQ(std::memcmp(&expected, &got, sizeof got), 0) << number;
  }
}

Timeline timeline_in(Precision precision, const std::string& program,
                     const Training& training = {}) {
  Graph graph = read_program(program);
  graph.pass().precision = precision;
  round_all(graph.leaf_memory(), precision);
  return Timeline(std::move(graph), training, Batches());
}

TEST(Precision, RoundsEditsOnce) {
  Timeline timeline = timeline_in(Precision::float16, "w = param(0.1)\nL = w * w\n");
  timeline.edit(0, 0, 1.0 / 3);
  EXPECT_EQ(timeline.leaf_at_start(0).entries[0], 0x1.554p-2);
  timeline.seek({0, timeline.ticks()});
  timeline.edit(0, 0, 2049);
  EXPECT_EQ(timeline.graph().node(0).value[0], 2048);
  timeline.restore(timeline.state());
  EXPECT_EQ(timeline.graph().node(0).value[0], 2048);
}

TEST(BadNumbers, AreNoneWhereEverythingFits) {
  const char* program = "w = param([[0.5, -0.25]])\nL = sum(sigmoid(w) * w)\n";
  for (const Precision precision : {Precision::float64, Precision::float32, Precision::float16})
    EXPECT_TRUE(bad_numbers(timeline_in(precision, program)).empty());
}

// The gradient shrinks to about a quarter at every tick until it underflows in float16. That
// tick alone is named: what follows is 0 because its input is 0.
TEST(BadNumbers, NameTheTickAtWhichAGradientUnderflows) {
  constexpr int depth = 20;
  std::string program = "h0 = param(0.3)\n";
  for (int i = 1; i <= depth; ++i)
    program += "h" + std::to_string(i) + " = sigmoid(h" + std::to_string(i - 1) + ")\n";
  const auto half = [](double number) { return round_to(number, Precision::float16); };
  double h[depth + 1] = {half(0.3)};
  for (int i = 1; i <= depth; ++i) h[i] = half(1 / (1 + std::exp(-h[i - 1])));
  double gradient = 1;
  int layer = depth;
  while (gradient != 0 && layer > 0) {
    gradient = half(gradient * h[layer] * (1 - h[layer]));
    --layer;
  }
  ASSERT_GT(layer, 0);
  Timeline timeline = timeline_in(Precision::float16, program);
  timeline.seek({0, 7});  // the result does not depend on the cursor
  const auto found = bad_numbers(timeline);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].spoilt, Spoilt::underflow);
  EXPECT_EQ(found[0].phase, Phase::backward);
  EXPECT_EQ(found[0].node, timeline.graph().find("h" + std::to_string(layer)));
  EXPECT_EQ(found[0].tick, depth + (depth - layer));
  EXPECT_EQ(found[0].got, 0);
  EXPECT_NEAR(found[0].exact, std::pow(0.225, depth - layer), 1e-8);
  EXPECT_EQ(timeline.position(), (Position{0, 7}));
}

TEST(BadNumbers, NameAnOverflowOnceAndNotWhatFollowsFromIt) {
  const Timeline timeline =
      timeline_in(Precision::float16,
                  "z = param([[1.0, 12.0, 13.0]])\ne = exp(z)\ns = e / sum(e)\nL = sum(s * s)\n");
  const auto found = bad_numbers(timeline);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].tick, 1);
  EXPECT_EQ(found[0].node, timeline.graph().find("e"));
  EXPECT_EQ(found[0].entry, 1);
  EXPECT_EQ(found[0].count, 2);
  EXPECT_EQ(found[0].spoilt, Spoilt::overflow);
  EXPECT_EQ(found[0].got, infinity);
  EXPECT_NEAR(found[0].exact, std::exp(12), 1e-6);
  EXPECT_EQ(found.size(), 1U);
}

// This happens even in float64.
TEST(BadNumbers, NameTheNodeAtWhichNaNArises) {
  const Timeline timeline = timeline_in(
      Precision::float64, "z = param([[1000.0, 1.0]])\ns = naive_softmax(z)\nL = sum(s * s)\n");
  const auto found = bad_numbers(timeline);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].spoilt, Spoilt::not_a_number);
  EXPECT_EQ(found[0].node, timeline.graph().find("s"));
  EXPECT_TRUE(std::isnan(found[0].got));
}

// bfloat16 rounds 0.9999 to 1, so that 1 − a becomes 0 although it could hold the difference.
TEST(BadNumbers, NameAZeroWhoseExactValueTheFormatHolds) {
  const auto found = bad_numbers(
      timeline_in(Precision::bfloat16, "x = param(9.0)\na = sigmoid(x)\nL = (1 - a) * 1000\n"));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].spoilt, Spoilt::underflow);
  EXPECT_EQ(found[0].tick, 2);
  EXPECT_NEAR(found[0].exact, 1.234e-4, 1e-7);
}

TEST(BadNumbers, IncludeAnUpdateThatOverflows) {
  Training training;
  training.learning_rate = 1000;
  Timeline timeline =
      timeline_in(Precision::float16, "w = param(100.0)\nL = 0.5 * w * w\n", training);
  const auto found = bad_numbers(timeline);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].phase, Phase::update);
  EXPECT_EQ(found[0].tick, timeline.ticks());
  EXPECT_EQ(found[0].got, -infinity);
  EXPECT_EQ(found[0].exact, 100 - 1000 * 100.0);
}

}  // namespace
}  // namespace backstep
