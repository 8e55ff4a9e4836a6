#include "core/runs/data_sets.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace backstep {

namespace {

constexpr double pi = 3.14159265358979323846;

struct Direction {
  double sine, cosine;
};

// Sine and cosine for angles of a few turns, from + − × alone: the angle is
// brought to within ±π/4 of a multiple of π/2, and the series do the rest.
// std::sin may round differently from one library to the next.
Direction direction_of(double angle) {
  constexpr double first_bits = 0x1.921fb544p+0, rest = 0x1.0b4611a626331p-34;  // of π/2
  const double quarters = std::floor(angle * (2 / pi) + 0.5);
  const double r = (angle - quarters * first_bits) - quarters * rest;
  const double r2 = r * r;
  double sine = 1, cosine = 1;
  for (int k = 18; k >= 2; k -= 2) {
    sine = 1 - r2 / (k * (k + 1)) * sine;
    cosine = 1 - r2 / (k * (k - 1)) * cosine;
  }
  sine *= r;
  switch (static_cast<int>(quarters) & 3) {
    case 0:
      return {sine, cosine};
    case 1:
      return {cosine, -sine};
    case 2:
      return {-sine, -cosine};
    default:
      return {-cosine, sine};
  }
}

double within(Random& random, double low, double high) {
  return low + random.uniform() * (high - low);
}

double length_of(double x, double y) { return std::sqrt(x * x + y * y); }

// Noise labels a sample as if it lay elsewhere: up to `radius` times the noise away in
// either direction.
struct Point {
  double x, y;
};

Point moved(Random& random, const double* inputs, double radius, double noise) {
  const double x = inputs[0] + within(random, -radius, radius) * noise;
  const double y = inputs[1] + within(random, -radius, radius) * noise;
  return {x, y};
}

// How many of the samples belong to the first of two classes; an odd one does, too.
long first_half(long count) { return (count + 1) / 2; }

// ---- one function for each row of the table ------------------------------------

// Circle, XOR, Gauss, spiral, plane and Gauss hills are as TensorFlow
// Playground defines them.
double draw_circle(Random& random, long i, long count, double noise, double* inputs) {
  constexpr double radius = 5;
  const double r = i < first_half(count) ? within(random, 0, 0.5 * radius)
                                         : within(random, 0.7 * radius, radius);
  const auto [sine, cosine] = direction_of(within(random, 0, 2 * pi));
  inputs[0] = r * sine;
  inputs[1] = r * cosine;
  const Point p = moved(random, inputs, radius, noise);
  return length_of(p.x, p.y) < 0.5 * radius ? 1 : 0;
}

double draw_xor(Random& random, long, long, double noise, double* inputs) {
  constexpr double radius = 5, padding = 0.3;  // nothing lies near the axes
  for (int k = 0; k < 2; ++k) {
    inputs[k] = within(random, -radius, radius);
    inputs[k] += inputs[k] > 0 ? padding : -padding;
  }
  const Point p = moved(random, inputs, radius, noise);
  return p.x * p.y >= 0 ? 1 : 0;
}

double draw_gauss(Random& random, long i, long count, double noise, double* inputs) {
  const double deviation = std::sqrt(0.5 + 7 * noise);  // a variance of 0.5 … 4
  const bool positive = i < first_half(count);
  for (int k = 0; k < 2; ++k) inputs[k] = (positive ? 2 : -2) + deviation * random.normal();
  return positive ? 1 : 0;
}

double draw_spiral(Random& random, long i, long count, double noise, double* inputs) {
  const bool positive = i < first_half(count);
  const double along =
      static_cast<double>(positive ? i : i - first_half(count)) / (static_cast<double>(count) / 2);
  const double r = 5 * along;
  const auto [sine, cosine] = direction_of(1.75 * along * 2 * pi + (positive ? 0 : pi));
  inputs[0] = r * sine + within(random, -1, 1) * noise;
  inputs[1] = r * cosine + within(random, -1, 1) * noise;
  return positive ? 1 : 0;
}

// Two half circles of radius 1 that reach into each other, the upper around
// (0, 0) and the lower around (1, 0.5), moved to the middle and enlarged to ±5.
double draw_moons(Random& random, long i, long count, double noise, double* inputs) {
  constexpr double scale = 10.0 / 3;
  const bool upper = i < first_half(count);
  const long of = upper ? first_half(count) : count - first_half(count);
  const long place = upper ? i : i - first_half(count);
  const double turn = of > 1 ? pi * static_cast<double>(place) / static_cast<double>(of - 1) : 0;
  const auto [sine, cosine] = direction_of(turn);
  inputs[0] = scale * ((upper ? cosine : 1 - cosine) - 0.5 + noise * random.normal());
  inputs[1] = scale * ((upper ? sine : 0.5 - sine) - 0.25 + noise * random.normal());
  return upper ? 0 : 1;
}

double draw_plane(Random& random, long, long, double noise, double* inputs) {
  constexpr double radius = 6;
  for (int k = 0; k < 2; ++k) inputs[k] = within(random, -radius, radius);
  const Point p = moved(random, inputs, radius, noise);
  return (p.x + p.y) / 10;
}

double draw_hills(Random& random, long, long, double noise, double* inputs) {
  constexpr double radius = 6, foot = 2;  // a hill is a cone, 0 at its foot
  struct Hill {
    double x, y, height;
  };
  static constexpr Hill hills[] = {{-4, 2.5, 1},   {0, 2.5, -1}, {4, 2.5, 1},
                                   {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}};
  for (int k = 0; k < 2; ++k) inputs[k] = within(random, -radius, radius);
  const Point p = moved(random, inputs, radius, noise);
  double highest = 0;
  for (const Hill& hill : hills) {
    const double away = length_of(p.x - hill.x, p.y - hill.y);
    const double height = hill.height * std::max(0.0, 1 - away / foot);
    if (std::abs(height) > std::abs(highest)) highest = height;
  }
  return highest;
}

double draw_sine(Random& random, long, long, double noise, double* inputs) {
  inputs[0] = within(random, -6, 6);
  return direction_of(inputs[0]).sine + noise * random.normal();
}

double draw_xor_points(Random&, long i, long, double, double* inputs) {
  inputs[0] = static_cast<double>(i / 2);
  inputs[1] = static_cast<double>(i % 2);
  return inputs[0] != inputs[1] ? 1 : 0;
}

using enum TargetKind;

const DataSet data_set_table[] = {
    {"circle", "Circle", "A disc of one class within a ring of the other.", classes, 2, false, -6,
     6, draw_circle},
    {"xor", "XOR", "Four squares: the class is positive where x1 and x2 have the same sign.",
     classes, 2, false, -6, 6, draw_xor},
    {"gauss", "Gauss", "Two clouds, normal around (2, 2) and (−2, −2).", classes, 2, false, -6, 6,
     draw_gauss},
    {"spiral", "Spiral", "Two arms that wind around each other.", classes, 2, false, -6, 6,
     draw_spiral},
    {"moons", "Moons", "Two half circles that reach into each other.", classes, 2, false, -6, 6,
     draw_moons},
    {"plane", "Plane", "A slope: y = (x1 + x2) / 10.", numbers, 2, false, -6, 6, draw_plane},
    {"gauss_regression", "Gauss hills", "Three hills and three hollows on a plain.", numbers, 2,
     false, -6, 6, draw_hills},
    {"sine", "Sine", "y = sin x, of one input.", numbers, 1, false, -6, 6, draw_sine},
    {"xor_points", "XOR's four points", "0 and 1, each with each: 1 where they differ.", classes, 2,
     true, -0.5, 1.5, draw_xor_points},
};

constexpr long fixed_points = 4;

}  // namespace

std::span<const DataSet> all_data_sets() { return data_set_table; }

const DataSet* find_data_set(const std::string& name) {
  for (const DataSet& row : data_set_table)
    if (name == row.name) return &row;
  return nullptr;
}

void reorder(Samples& samples, const std::vector<std::size_t>& order) {
  for (Matrix* matrix : {&samples.inputs, &samples.targets}) {
    const auto width = static_cast<std::size_t>(matrix->shape.columns);
    std::vector<double> entries;
    entries.reserve(matrix->entries.size());
    for (std::size_t row : order)
      for (std::size_t k = 0; k < width; ++k) entries.push_back(matrix->entries[row * width + k]);
    matrix->entries = std::move(entries);
  }
}

void shuffle_and_split(Samples& samples, double train_fraction, Random& random) {
  const long count = samples.count();
  std::vector<std::size_t> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = order.size(); i > 1; --i) {  // Fisher and Yates
    const auto j = static_cast<std::size_t>(random.uniform() * static_cast<double>(i));
    std::swap(order[i - 1], order[j]);
  }
  reorder(samples, order);
  const long train = std::lround(train_fraction * static_cast<double>(count));
  samples.train = std::clamp(train, std::min(1L, count), count);
}

Samples draw_samples(const DataSet& set, const DataSetOptions& options) {
  assert(options.samples >= 1 && options.train_fraction > 0 && options.train_fraction <= 1 &&
         "the options are within the ranges their header gives");
  const long count = set.fixed ? fixed_points : options.samples;
  Samples samples;
  samples.inputs.shape = {count, set.inputs};
  samples.inputs.entries.resize(static_cast<std::size_t>(count * set.inputs));
  samples.targets.shape = {count, 1};
  samples.targets.entries.resize(static_cast<std::size_t>(count));
  samples.kind = set.kind;
  samples.input_names =
      set.inputs == 1 ? std::vector<std::string>{"x"} : std::vector<std::string>{"x1", "x2"};
  if (set.kind == classes)
    samples.class_names =
        set.fixed ? std::vector<std::string>{"0", "1"} : std::vector<std::string>{"−1", "+1"};

  Random random(options.seed);
  for (long i = 0; i < count; ++i)
    samples.targets.entries[static_cast<std::size_t>(i)] =
        set.draw(random, i, count, options.noise,
                 samples.inputs.entries.data() + static_cast<std::size_t>(i * set.inputs));
  if (set.fixed)
    samples.train = count;
  else
    shuffle_and_split(samples, options.train_fraction, random);
  return samples;
}

}  // namespace backstep
