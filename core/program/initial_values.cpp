#include "core/program/initial_values.h"

#include <cmath>

namespace backstep {

namespace {

double within(Random& random, double bound) { return bound * (2 * random.uniform() - 1); }

// `shape.rows` is the fan-in, `shape.columns` the fan-out.
// xavier: Glorot and Bengio 2010. he: He et al. 2015. torch: the default of
// torch.nn.Linear.
const InitialValues initial_values_table[] = {
    {"zeros", "zeros", "0", [](Random&, Shape) { return 0.0; }},
    {"ones", "ones", "1", [](Random&, Shape) { return 1.0; }},
    {"uniform", "uniform", "uniform in (−½, ½)",
     [](Random& random, Shape) { return random.uniform() - 0.5; }},
    {"normal", "normal", "normal, mean 0, deviation 1",
     [](Random& random, Shape) { return random.normal(); }},
    {"xavier", "Xavier", "uniform in ±√(6 / (rows + columns))",
     [](Random& random, Shape shape) {
       return within(random, std::sqrt(6.0 / static_cast<double>(shape.rows + shape.columns)));
     }},
    {"xavier_normal", "Xavier normal", "normal, mean 0, deviation √(2 / (rows + columns))",
     [](Random& random, Shape shape) {
       return std::sqrt(2.0 / static_cast<double>(shape.rows + shape.columns)) * random.normal();
     }},
    {"he", "He", "normal, mean 0, deviation √(2 / rows)",
     [](Random& random, Shape shape) {
       return std::sqrt(2.0 / static_cast<double>(shape.rows)) * random.normal();
     }},
    {"he_uniform", "He uniform", "uniform in ±√(6 / rows)",
     [](Random& random, Shape shape) {
       return within(random, std::sqrt(6.0 / static_cast<double>(shape.rows)));
     }},
    {"torch", "PyTorch", "uniform in ±1 / √rows, biases too",
     [](Random& random, Shape shape) {
       return within(random, 1 / std::sqrt(static_cast<double>(shape.rows)));
     },
     true},
};

}  // namespace

std::span<const InitialValues> all_initial_values() { return initial_values_table; }

const InitialValues* find_initial_values(const std::string& name) {
  for (const InitialValues& row : initial_values_table)
    if (name == row.name) return &row;
  return nullptr;
}

void fill(Matrix& matrix, const InitialValues& scheme, std::uint64_t seed, Index fan_in) {
  Random random(seed);
  const Shape shape = {fan_in, matrix.shape.columns};
  for (double& entry : matrix.entries) entry = scheme.draw(random, shape);
}

}  // namespace backstep
