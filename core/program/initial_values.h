// Initial values fill a leaf written as param(rows, columns, init="…"). Each scheme is
// one row of a table, with its formula. "rows" in a formula is the fan-in, which is the
// number of rows unless the program says fan_in=…, as for a bias drawn like its weights.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/base/random.h"
#include "core/engine/matrix.h"

namespace backstep {

struct InitialValues {
  const char* name;                             // as in init="…"
  const char* label;                            // what people call it
  const char* formula;                          // what each entry is drawn from
  double (*draw)(Random& random, Shape shape);  // one entry; entries are drawn row by row
  bool of_biases_too = false;                   // networks draw their biases by it, too
};

std::span<const InitialValues> all_initial_values();

// The row called `name`, or null.
const InitialValues* find_initial_values(const std::string& name);

// Fills `matrix` by `scheme` from `seed`; in formulas `fan_in` takes the place of its rows.
void fill(Matrix& matrix, const InitialValues& scheme, std::uint64_t seed, Index fan_in);

}  // namespace backstep
