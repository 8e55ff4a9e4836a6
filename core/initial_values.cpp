#include "core/initial_values.h"

#include <cmath>

namespace backstep {

namespace {

// `shape.rows` is what comes in (fan-in), `shape.columns` what goes out.
// xavier: Glorot and Bengio 2010, uniform. he: He et al. 2015, normal.
const InitialValues initial_values_table[] = {
    {"zeros", "0", [](Random&, Shape) { return 0.0; }},
    {"ones", "1", [](Random&, Shape) { return 1.0; }},
    {"uniform", "uniform in (−½, ½)", [](Random& random, Shape) { return random.uniform() - 0.5; }},
    {"normal", "normal, mean 0, deviation 1",
     [](Random& random, Shape) { return random.normal(); }},
    {"xavier", "uniform in ±√(6 / (rows + columns))",
     [](Random& random, Shape shape) {
       const double bound = std::sqrt(6.0 / static_cast<double>(shape.rows + shape.columns));
       return bound * (2 * random.uniform() - 1);
     }},
    {"he", "normal, mean 0, deviation √(2 / rows)",
     [](Random& random, Shape shape) {
       return std::sqrt(2.0 / static_cast<double>(shape.rows)) * random.normal();
     }},
};

}  // namespace

std::span<const InitialValues> all_initial_values() { return initial_values_table; }

const InitialValues* find_initial_values(const std::string& name) {
  for (const InitialValues& row : initial_values_table)
    if (name == row.name) return &row;
  return nullptr;
}

void fill(Matrix& matrix, const InitialValues& scheme, std::uint64_t seed) {
  Random random(seed);
  for (double& entry : matrix.entries) entry = scheme.draw(random, matrix.shape);
}

}  // namespace backstep
