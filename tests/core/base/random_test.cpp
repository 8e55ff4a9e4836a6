// The random numbers are the same on every computer, to the bit.
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/program/initial_values.h"
#include "core/program/program.h"
#include "core/runs/network.h"

namespace backstep {
namespace {

void expect_stream(std::uint64_t seed, double (Random::*draw)(),
                   const std::vector<double>& expected) {
  Random random(seed);
  for (double number : expected) EXPECT_EQ((random.*draw)(), number) << "seed " << seed;
}

TEST(Random, BitsMatchSplitMix64) {
  Random random(1234567);
  for (std::uint64_t expected : {6457827717110365317u, 3203168211198807973u, 9817491932198370423u,
                                 4593380528125082431u, 16408922859458223821u})
    EXPECT_EQ(random.bits(), expected);
}

TEST(Random, UniformNumbersAreTheSameEverywhere) {
  expect_stream(
      0u, &Random::uniform,
      {0x1.c4415072f63b9p-1, 0x1.b9e279aa86e58p-2, 0x1.b117462002500p-6, 0x1.f1177150e4990p-1});
  expect_stream(
      1u, &Random::uniform,
      {0x1.22145bd91204bp-1, 0x1.7dd71b42cb1ddp-1, 0x1.f12745ddf664ap-1, 0x1.c7061a43b90b2p-2});
  expect_stream(
      42u, &Random::uniform,
      {0x1.7bae644c5fd6dp-1, 0x1.477f199d93378p-3, 0x1.1d499d5c4c3e6p-2, 0x1.607387fc392b8p-2});
  expect_stream(
      9007199254740992u, &Random::uniform,
      {0x1.9d86c074187d4p-1, 0x1.32449989d6d74p-3, 0x1.13c246e2a2c0cp-1, 0x1.1f5246c3f071ep-1});
}

TEST(Random, NormalNumbersAreTheSameEverywhere) {
  expect_stream(
      0u, &Random::normal,
      {0x1.f8140ae1026c7p-1, -0x1.682e27f92f3d9p-3, -0x1.6c93ef6b47ed9p-1, -0x1.3fd7424aef38bp-2});
  expect_stream(
      1u, &Random::normal,
      {0x1.b7c251a5470ccp-2, 0x1.95f5305298699p+0, 0x1.d368fe72bb620p-2, -0x1.b9bb240029695p-5});
  expect_stream(
      42u, &Random::normal,
      {0x1.f8c80e851c08cp-2, -0x1.6354b5f7dce79p-1, -0x1.47f4af60c7f94p+0, -0x1.cd98e78b167aep-1});
  expect_stream(
      9007199254740992u, &Random::normal,
      {0x1.64a9bf69969d1p-2, -0x1.96435067c4d72p-2, 0x1.7bd714e06de75p+0, 0x1.2d0eb20373acap+1});
}

TEST(Random, UniformNumbersSpreadEvenly) {
  Random random(42);
  constexpr int count = 100000;
  double sum = 0, squares = 0, least = 1, most = 0;
  for (int i = 0; i < count; ++i) {
    const double u = random.uniform();
    sum += u;
    squares += u * u;
    least = std::min(least, u);
    most = std::max(most, u);
  }
  EXPECT_NEAR(sum / count, 0.5, 0.005);
  EXPECT_NEAR(squares / count, 1.0 / 3, 0.005);
  EXPECT_GE(least, 0);
  EXPECT_LT(most, 1);
  EXPECT_LT(least, 1e-3);
  EXPECT_GT(most, 1 - 1e-3);
}

TEST(Random, NormalNumbersHaveTheMomentsOfTheNormalDistribution) {
  Random random(42);
  constexpr int count = 200000;
  double moments[5] = {};
  int within_one = 0;
  for (int i = 0; i < count; ++i) {
    const double x = random.normal();
    double power = 1;
    for (double& moment : moments) {
      moment += power / count;
      power *= x;
    }
    within_one += std::abs(x) < 1;
  }
  EXPECT_NEAR(moments[1], 0, 0.01);
  EXPECT_NEAR(moments[2], 1, 0.01);
  EXPECT_NEAR(moments[3], 0, 0.03);
  EXPECT_NEAR(moments[4], 3, 0.06);
  EXPECT_NEAR(static_cast<double>(within_one) / count, 0.6827, 0.005);
}

// ---- initial values -----------------------------------------------------------

std::vector<double> drawn(const std::string& init, int rows, int columns) {
  const std::string shape = std::to_string(rows) + ", " + std::to_string(columns);
  const Graph graph =
      read_program("W = param(" + shape + ", init=\"" + init + "\", seed=3)\nL = sum(W)\n");
  return copy_of(graph.node(0).value).entries;
}

double mean_of(const std::vector<double>& numbers) {
  double sum = 0;
  for (double number : numbers) sum += number;
  return sum / static_cast<double>(numbers.size());
}

double deviation_of(const std::vector<double>& numbers) {
  const double mean = mean_of(numbers);
  double squares = 0;
  for (double number : numbers) squares += (number - mean) * (number - mean);
  return std::sqrt(squares / static_cast<double>(numbers.size()));
}

void expect_uniform(const std::vector<double>& numbers, double bound) {
  for (double number : numbers) EXPECT_LE(std::abs(number), bound);
  EXPECT_NEAR(mean_of(numbers), 0, 0.02 * bound);
  EXPECT_NEAR(deviation_of(numbers), bound / std::sqrt(3), 0.02 * bound);
}

TEST(InitialValues, FollowTheirFormulas) {
  EXPECT_EQ(drawn("zeros", 2, 3), std::vector<double>(6, 0.0));
  EXPECT_EQ(drawn("ones", 2, 3), std::vector<double>(6, 1.0));
  expect_uniform(drawn("uniform", 100, 80), 0.5);
  expect_uniform(drawn("xavier", 100, 80), std::sqrt(6.0 / 180));
  EXPECT_NEAR(deviation_of(drawn("normal", 100, 80)), 1, 0.02);
  EXPECT_NEAR(mean_of(drawn("normal", 100, 80)), 0, 0.03);
  EXPECT_NEAR(deviation_of(drawn("he", 100, 80)), std::sqrt(2.0 / 100), 0.003);
  expect_uniform(drawn("he_uniform", 100, 80), std::sqrt(6.0 / 100));
  EXPECT_NEAR(deviation_of(drawn("xavier_normal", 100, 80)), std::sqrt(2.0 / 180), 0.003);
  expect_uniform(drawn("torch", 100, 80), 0.1);
}

// torch.nn.Linear draws weights and biases uniformly from ±1/√fan-in; both have their own numbers.
TEST(InitialValues, OfTorchFollowItsLinearLayer) {
  Network network;
  network.widths = {400, 300};
  network.init = "torch";
  const Graph graph = read_program(
      program_of(network, 50, 200),
      {{"x", {{1, 50}, std::vector<double>(50, 0)}}, {"y", {{1, 200}, std::vector<double>(200)}}});
  const auto entries = [&](const char* name) {
    const View value = graph.node(graph.find(name)).value;
    return std::vector<double>(value.begin(), value.end());
  };
  std::vector<double> biases;
  const std::pair<const char*, double> fan_ins[] = {{"1", 50}, {"2", 400}, {"3", 300}};
  for (const auto& [number, fan_in] : fan_ins) {
    expect_uniform(entries((std::string("W") + number).c_str()), 1 / std::sqrt(fan_in));
    const std::vector<double> weights = entries((std::string("W") + number).c_str());
    const std::vector<double> b = entries((std::string("b") + number).c_str());
    EXPECT_NE(b[0], weights[0]);
    for (double bias : b) biases.push_back(bias * std::sqrt(fan_in));
  }
  for (double bias : biases) EXPECT_LE(std::abs(bias), 1);
  EXPECT_NEAR(mean_of(biases), 0, 0.06);
  EXPECT_NEAR(deviation_of(biases), 1 / std::sqrt(3), 0.03);
}

TEST(InitialValues, TakeTheFanInThatIsGiven) {
  const Graph graph =
      read_program("b = param(1, 4000, init=\"torch\", fan_in=25, seed=3)\nL = sum(b)\n");
  const View b = graph.node(0).value;
  expect_uniform({b.begin(), b.end()}, 0.2);
}

TEST(InitialValues, KeepABiasThatIsSet) {
  Network network;
  network.init = "torch";
  network.bias = 0.5;
  EXPECT_NE(program_of(network, 2, 1).find("b1 = param(1, 4, init=\"ones\", scale=0.5)"),
            std::string::npos);
}

TEST(InitialValues, AreTheSameForTheSameSeed) {
  for (const InitialValues& scheme : all_initial_values())
    EXPECT_EQ(drawn(scheme.name, 5, 7), drawn(scheme.name, 5, 7)) << scheme.name;
}

TEST(InitialValues, WithoutASeedDifferBetweenLeavesButNotBetweenRuns) {
  const char* const text = "A = param(2, 2)\nB = param(2, 2)\nL = sum(A @ B)\n";
  const Graph once = read_program(text), again = read_program(text);
  EXPECT_NE(copy_of(once.node(0).value), copy_of(once.node(1).value));
  EXPECT_EQ(copy_of(once.node(0).value), copy_of(again.node(0).value));
  const Graph seeded = read_program("A = param(2, 2, seed=9)\nB = param(2, 2)\nL = sum(A @ B)\n");
  EXPECT_EQ(copy_of(seeded.node(1).value), copy_of(once.node(0).value))
      << "a seed elsewhere does not count";
}

}  // namespace
}  // namespace backstep
