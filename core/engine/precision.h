// A Precision is how exactly numbers are kept: Backstep computes in float64,
// and can round the result of every op to a narrower format, forward, backward
// and in updates, to show where that breaks. Each format is one row of a table.
#pragma once

#include <span>
#include <string>

#include "core/engine/matrix.h"

namespace backstep {

enum class Precision { float64, float32, bfloat16, float16 };

struct PrecisionFormat {
  Precision precision;
  const char* name;  // "float16", as typed
  int digits;        // bits of the significand, the leading one included
  double largest;    // beyond it, after rounding, is infinity
  double smallest_normal, smallest;
  const char* says;  // one sentence for people
};

std::span<const PrecisionFormat> all_precisions();
const PrecisionFormat& format_of(Precision precision);
const PrecisionFormat* find_precision(const std::string& name);

// To the nearest number of the format, ties to even, as IEEE 754 rounds.
double rounded(double number, Precision precision);
void round_all(View numbers, Precision precision);

}  // namespace backstep
