// Every data set follows its definition and is the same on every computer.
#include "core/runs/data_sets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>

namespace backstep {
namespace {

constexpr double pi = 3.14159265358979323846;

Samples drawn(const std::string& name, DataSetOptions options = {}) {
  return draw_samples(*find_data_set(name), options);
}

struct Sample {
  double x1, x2, target;
  double radius() const { return std::hypot(x1, x2); }
  friend auto operator<=>(const Sample&, const Sample&) = default;
};

std::vector<Sample> rows_of(const Samples& samples) {
  std::vector<Sample> rows;
  const auto width = static_cast<std::size_t>(samples.inputs.shape.columns);
  for (std::size_t i = 0; i < samples.targets.entries.size(); ++i)
    rows.push_back({samples.inputs.entries[i * width],
                    width > 1 ? samples.inputs.entries[i * width + 1] : 0,
                    samples.targets.entries[i]});
  return rows;
}

std::vector<Sample> sorted_rows_of(const Samples& samples) {
  std::vector<Sample> rows = rows_of(samples);
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::uint64_t hash_of(const Samples& samples) {  // FNV-1a over the bits
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const Matrix* matrix : {&samples.inputs, &samples.targets})
    for (double entry : matrix->entries) {
      const auto bits = std::bit_cast<std::uint64_t>(entry);
      for (int shift = 0; shift < 64; shift += 8)
        hash = (hash ^ ((bits >> shift) & 0xff)) * 0x100000001b3u;
    }
  return hash;
}

double mean_target(const Samples& samples) {
  double sum = 0;
  for (double target : samples.targets.entries) sum += target;
  return sum / static_cast<double>(samples.count());
}

std::vector<const DataSet*> random_sets() {
  std::vector<const DataSet*> sets;
  for (const DataSet& set : all_data_sets())
    if (!set.fixed) sets.push_back(&set);
  return sets;
}

// ---- the table ------------------------------------------------------------------

TEST(DataSets, AreFoundByTheirNames) {
  std::set<std::string> names;
  for (const DataSet& set : all_data_sets()) {
    EXPECT_EQ(find_data_set(set.name), &set);
    names.insert(set.name);
    EXPECT_TRUE(std::string(set.description).ends_with('.')) << set.name;
  }
  EXPECT_EQ(names, (std::set<std::string>{"circle", "xor", "gauss", "spiral", "moons", "plane",
                                          "gauss_regression", "sine", "xor_points"}));
  EXPECT_EQ(find_data_set("iris"), nullptr);
}

TEST(DataSets, DescribeTheirSamples) {
  const Samples circle = drawn("circle");
  EXPECT_EQ(circle.kind, TargetKind::classes);
  EXPECT_EQ(circle.classes, 2);
  EXPECT_EQ(circle.input_names, (std::vector<std::string>{"x1", "x2"}));
  EXPECT_EQ(circle.class_names, (std::vector<std::string>{"−1", "+1"}));
  const Samples sine = drawn("sine");
  EXPECT_EQ(sine.kind, TargetKind::numbers);
  EXPECT_EQ(sine.input_names, std::vector<std::string>{"x"});
  EXPECT_TRUE(sine.class_names.empty());
  EXPECT_EQ(drawn("xor_points").class_names, (std::vector<std::string>{"0", "1"}));
}

// ---- counts and the split ---------------------------------------------------------

TEST(DataSets, HaveAsManySamplesAsAskedFor) {
  for (const DataSet* set : random_sets())
    for (long count : {2L, 3L, 7L, 500L}) {
      const Samples samples = draw_samples(*set, {.samples = count});
      EXPECT_EQ(samples.count(), count);
      EXPECT_EQ(samples.inputs.shape, (Shape{count, set->inputs}));
      EXPECT_EQ(samples.targets.shape, (Shape{count, 1}));
      EXPECT_EQ(samples.inputs.entries.size(), static_cast<std::size_t>(count * set->inputs));
      EXPECT_EQ(samples.targets.entries.size(), static_cast<std::size_t>(count));
      for (double entry : samples.inputs.entries) EXPECT_TRUE(std::isfinite(entry)) << set->name;
    }
}

TEST(DataSets, AreSplitByTheFraction) {
  EXPECT_EQ(drawn("xor", {.samples = 500, .train_fraction = 0.5}).train, 250);
  EXPECT_EQ(drawn("xor", {.samples = 10, .train_fraction = 0.7}).train, 7);
  EXPECT_EQ(drawn("xor", {.samples = 100, .train_fraction = 0.29}).train, 29);
  EXPECT_EQ(drawn("xor", {.samples = 10, .train_fraction = 1}).train, 10);
  EXPECT_EQ(drawn("xor", {.samples = 10, .train_fraction = 0.001}).train, 1) << "at least one";
}

TEST(DataSets, HaveTheSamePointsHoweverTheyAreSplit) {
  const Samples half = drawn("spiral", {.train_fraction = 0.5});
  const Samples most = drawn("spiral", {.train_fraction = 0.9});
  EXPECT_EQ(half.inputs, most.inputs);
  EXPECT_EQ(half.targets, most.targets);
}

TEST(DataSets, MixTheClassesInBothParts) {
  for (const char* name : {"circle", "xor", "gauss", "spiral", "moons"}) {
    const Samples samples = drawn(name, {.samples = 1000});
    EXPECT_NEAR(mean_target(samples), 0.5, 0.05) << name;
    double positive = 0;
    for (long i = 0; i < samples.train; ++i)
      positive += samples.targets.entries[static_cast<std::size_t>(i)];
    EXPECT_NEAR(positive / static_cast<double>(samples.train), 0.5, 0.08) << name;
  }
}

TEST(DataSets, AShuffleLosesNoSample) {
  Samples samples;
  samples.inputs = {{6, 2}, {0, 10, 1, 11, 2, 12, 3, 13, 4, 14, 5, 15}};
  samples.targets = {{6, 1}, {0, 1, 2, 3, 4, 5}};
  const std::vector<Sample> before = rows_of(samples);
  Random random(7);
  shuffle_and_split(samples, 0.5, random);
  EXPECT_EQ(samples.train, 3);
  EXPECT_NE(rows_of(samples), before);
  EXPECT_EQ(sorted_rows_of(samples), before);
}

TEST(DataSets, AShuffleFindsEveryOrderEquallyOften) {
  std::map<std::vector<double>, int> orders;
  Random random(1);
  for (int i = 0; i < 6000; ++i) {
    Samples samples;
    samples.inputs = samples.targets = {{3, 1}, {1, 2, 3}};
    shuffle_and_split(samples, 0.5, random);
    ++orders[samples.targets.entries];
  }
  EXPECT_EQ(orders.size(), 6u);
  for (const auto& [order, count] : orders) EXPECT_NEAR(count, 1000, 120);
}

// ---- definitions --------------------------------------------------------------------

TEST(DataSets, CircleIsADiscWithinARing) {
  int inside = 0;
  for (const Sample& s : rows_of(drawn("circle", {.samples = 2000}))) {
    EXPECT_EQ(s.target, s.radius() < 2.5 ? 1 : 0);
    EXPECT_TRUE(s.radius() < 2.5 || (s.radius() > 3.5 - 1e-9 && s.radius() < 5)) << s.radius();
    inside += s.radius() < 2.5;
  }
  EXPECT_EQ(inside, 1000);
}

TEST(DataSets, CircleIsEvenlySpreadOverRadiusAndAngle) {
  double radius = 0, x = 0, y = 0;
  for (const Sample& s : rows_of(drawn("circle", {.samples = 20000}))) {
    radius += s.target == 1 ? s.radius() / 10000 : 0;
    x += s.x1 / 20000;
    y += s.x2 / 20000;
  }
  EXPECT_NEAR(radius, 1.25, 0.02);
  EXPECT_NEAR(x, 0, 0.05);
  EXPECT_NEAR(y, 0, 0.05);
}

TEST(DataSets, XorIsPositiveWhereTheSignsAgree) {
  double largest = 0;
  for (const Sample& s : rows_of(drawn("xor", {.samples = 2000}))) {
    EXPECT_EQ(s.target, s.x1 * s.x2 >= 0 ? 1 : 0);
    for (double x : {s.x1, s.x2}) {
      EXPECT_GE(std::abs(x), 0.3);
      EXPECT_LE(std::abs(x), 5.3);
      largest = std::max(largest, std::abs(x));
    }
  }
  EXPECT_GT(largest, 5.2);
}

TEST(DataSets, GaussIsTwoCloudsWhoseVarianceGrowsWithTheNoise) {
  for (const auto& [noise, variance] : {std::pair{0.0, 0.5}, {0.25, 2.25}, {0.5, 4.0}})
    for (double of : {0.0, 1.0}) {
      double sum = 0, squares = 0, count = 0;
      for (const Sample& s : rows_of(drawn("gauss", {.samples = 20000, .noise = noise}))) {
        if (s.target != of) continue;
        sum += s.x1 + s.x2;
        squares += s.x1 * s.x1 + s.x2 * s.x2;
        count += 2;
      }
      EXPECT_EQ(count, 20000);
      const double mean = sum / count;
      EXPECT_NEAR(mean, of == 1 ? 2 : -2, 0.05);
      EXPECT_NEAR(squares / count - mean * mean, variance, 0.05 * variance);
    }
}

TEST(DataSets, SpiralWindsOutwards) {
  std::vector<Sample> expected;
  for (int i = 0; i < 250; ++i)
    for (int arm : {0, 1}) {
      const double t = 1.75 * i / 250 * 2 * pi + arm * pi;
      expected.push_back({i / 250.0 * 5 * std::sin(t), i / 250.0 * 5 * std::cos(t), 1.0 - arm});
    }
  const std::vector<Sample> rows = rows_of(drawn("spiral"));
  ASSERT_EQ(rows.size(), expected.size());
  for (const Sample& e : expected)
    EXPECT_EQ(std::count_if(rows.begin(), rows.end(),
                            [&](const Sample& s) {
                              return s.target == e.target && std::abs(s.x1 - e.x1) < 1e-13 &&
                                     std::abs(s.x2 - e.x2) < 1e-13;
                            }),
              1)
        << e.x1 << ", " << e.x2;
}

// Without noise only the order of the spiral's points is random.
TEST(DataSets, SpiralHasThePointsOfTensorFlowPlayground) {
  std::ifstream file(TESTS_FOLDER "/golden/playground/golden_spiral_data.csv");
  std::string line;
  std::getline(file, line);
  ASSERT_EQ(line, "split,x,y,label");
  const std::vector<Sample> rows = rows_of(drawn("spiral"));
  std::size_t lines = 0;
  while (std::getline(file, line)) {
    ++lines;
    double x = 0, y = 0, label = 0;
    ASSERT_EQ(std::sscanf(line.c_str(), "%*[a-z],%lf,%lf,%lf", &x, &y, &label), 3) << line;
    EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const Sample& s) {
      return s.target == (label > 0 ? 1 : 0) && std::hypot(s.x1 - x, s.x2 - y) < 1e-12;
    })) << line;
  }
  EXPECT_EQ(lines, rows.size());
}

TEST(DataSets, MoonsAreTwoHalfCircles) {
  constexpr double scale = 10.0 / 3;
  double left = 0, right = 0;
  for (const Sample& s : rows_of(drawn("moons"))) {
    const double x = s.x1 / scale + 0.5, y = s.x2 / scale + 0.25;
    if (s.target == 0) {
      EXPECT_NEAR(std::hypot(x, y), 1, 1e-12);
      EXPECT_GE(y, -1e-12);
    } else {
      EXPECT_NEAR(std::hypot(x - 1, y - 0.5), 1, 1e-12);
      EXPECT_LE(y, 0.5 + 1e-12);
    }
    left = std::min(left, s.x1);
    right = std::max(right, s.x1);
  }
  EXPECT_NEAR(left, -5, 1e-12);
  EXPECT_NEAR(right, 5, 1e-12);
}

TEST(DataSets, PlaneIsATenthOfTheSum) {
  double largest = 0;
  for (const Sample& s : rows_of(drawn("plane"))) {
    EXPECT_NEAR(s.target, (s.x1 + s.x2) / 10, 1e-15);
    largest = std::max({largest, std::abs(s.x1), std::abs(s.x2)});
  }
  EXPECT_LE(largest, 6);
  EXPECT_GT(largest, 5.9);
}

TEST(DataSets, GaussHillsAreThreeHillsAndThreeHollows) {
  int flat = 0, sides[2][6] = {};
  for (const Sample& s : rows_of(drawn("gauss_regression", {.samples = 3000}))) {
    double expected = 0;
    for (int column = 0; column < 3; ++column)
      for (int row = 0; row < 2; ++row) {
        const double away = std::hypot(s.x1 - (column - 1) * 4, s.x2 - (row ? -2.5 : 2.5));
        const double height = (column + row) % 2 ? -1 : 1;
        if (away >= 2) continue;
        expected = height * (1 - away / 2);  // hills are 4 and 5 apart and do not overlap
        ++sides[row][column];
      }
    EXPECT_NEAR(s.target, expected, 1e-14);
    flat += s.target == 0;
  }
  EXPECT_NEAR(flat / 3000.0, 1 - 6 * pi * 4 / 144, 0.04);
  for (auto& row : sides)
    for (int column = 0; column < 3; ++column) EXPECT_GT(row[column], 100);
}

TEST(DataSets, SineIsASine) {
  double least = 0, most = 0;
  for (const Sample& s : rows_of(drawn("sine"))) {
    EXPECT_NEAR(s.target, std::sin(s.x1), 1e-15);
    least = std::min(least, s.x1);
    most = std::max(most, s.x1);
  }
  EXPECT_GE(least, -6);
  EXPECT_LT(least, -5.9);
  EXPECT_LE(most, 6);
  EXPECT_GT(most, 5.9);
}

TEST(DataSets, XorPointsAreFourAndAllOfThemTrain) {
  const Samples points =
      drawn("xor_points", {.samples = 100, .noise = 0.5, .train_fraction = 0.1, .seed = 9});
  EXPECT_EQ(points.train, 4);
  EXPECT_EQ(rows_of(points), (std::vector<Sample>{{0, 0, 0}, {0, 1, 1}, {1, 0, 1}, {1, 1, 0}}));
}

TEST(DataSets, LieWithinTheRangeOfTheirPlot) {
  for (const DataSet& set : all_data_sets())
    for (double entry : draw_samples(set, {}).inputs.entries) {
      EXPECT_GE(entry, set.lowest) << set.name;
      EXPECT_LE(entry, set.highest) << set.name;
    }
}

// ---- noise ------------------------------------------------------------------------

TEST(DataSets, NoiseOfPlaygroundsSetsAffectsTheLabelsAndNotThePoints) {
  for (const char* name : {"circle", "xor", "plane", "gauss_regression"}) {
    const Samples clean = drawn(name), noisy = drawn(name, {.noise = 0.3});
    EXPECT_EQ(clean.inputs, noisy.inputs) << name;
    EXPECT_NE(clean.targets, noisy.targets) << name;
  }
  double furthest = 0;
  for (const Sample& s : rows_of(drawn("plane", {.samples = 5000, .noise = 0.5})))
    furthest = std::max(furthest, std::abs(s.target - (s.x1 + s.x2) / 10));
  EXPECT_LE(furthest, 0.6);  // a tenth of two coordinates that move by at most 6 · 0.5 each
  EXPECT_GT(furthest, 0.55);
}

TEST(DataSets, NoiseOfTheSpiralMovesItsPointsByAtMostItsAmount) {
  const std::vector<Sample> clean = rows_of(drawn("spiral")),
                            noisy = rows_of(drawn("spiral", {.noise = 0.4}));
  double furthest = 0;
  for (std::size_t i = 0; i < clean.size(); ++i) {
    EXPECT_EQ(clean[i].target, noisy[i].target);
    furthest = std::max(
        {furthest, std::abs(clean[i].x1 - noisy[i].x1), std::abs(clean[i].x2 - noisy[i].x2)});
  }
  EXPECT_LE(furthest, 0.4);
  EXPECT_GT(furthest, 0.38);
}

TEST(DataSets, NoiseOfMoonsAndSineIsNormal) {
  double squares = 0, offset = 0;
  for (const Sample& s : rows_of(drawn("sine", {.samples = 20000, .noise = 0.2}))) {
    const double error = s.target - std::sin(s.x1);
    squares += error * error / 20000;
    offset += error / 20000;
  }
  EXPECT_NEAR(std::sqrt(squares), 0.2, 0.005);
  EXPECT_NEAR(offset, 0, 0.005);

  const std::vector<Sample> clean = rows_of(drawn("moons", {.samples = 20000})),
                            noisy = rows_of(drawn("moons", {.samples = 20000, .noise = 0.1}));
  squares = 0;
  for (std::size_t i = 0; i < clean.size(); ++i)
    squares +=
        (std::pow(clean[i].x1 - noisy[i].x1, 2) + std::pow(clean[i].x2 - noisy[i].x2, 2)) / 40000;
  EXPECT_NEAR(std::sqrt(squares), 0.1 * 10 / 3, 0.01);
}

// ---- the same everywhere ----------------------------------------------------------

TEST(DataSets, DependOnTheirOptionsAndSeedAlone) {
  for (const DataSet* set : random_sets()) {
    const std::uint64_t hash = hash_of(draw_samples(*set, {.seed = 5}));
    EXPECT_EQ(hash, hash_of(draw_samples(*set, {.seed = 5}))) << set->name;
    EXPECT_NE(hash, hash_of(draw_samples(*set, {.seed = 6}))) << set->name;
  }
}

TEST(DataSets, AreTheSameToTheBitOnEveryComputer) {
  const std::map<std::string, std::uint64_t> expected = {
      {"circle", 0xb05e0a0aa7f17794u},
      {"xor", 0x24ce60b5dffba5d1u},
      {"gauss", 0x696c7583e345da3cu},
      {"spiral", 0x01b4466f814b9b76u},
      {"moons", 0x8dbe9edc3d8b3205u},
      {"plane", 0x0b1798e4bffd454cu},
      {"gauss_regression", 0x0f9d71ce09653b11u},
      {"sine", 0x620275f4fd209126u},
      {"xor_points", 0x6ac4e4c9f84baec5u},
  };
  for (const DataSet& set : all_data_sets()) {
    const std::uint64_t hash = hash_of(draw_samples(set, {.noise = 0.1, .seed = 42}));
    EXPECT_EQ(hash, expected.at(set.name)) << set.name;
  }
}

}  // namespace
}  // namespace backstep
