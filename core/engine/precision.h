// A Precision is the floating-point format that numbers are stored in. Backstep
// computes in float64 and can round the result of every op to a narrower format,
// forward, backward and in updates, to show where that breaks. Each format is one
// row of a table.
#pragma once

#include <span>
#include <string>

#include "core/engine/matrix.h"

namespace backstep {

enum class Precision { float64, float32, bfloat16, float16 };

struct PrecisionFormat {
  Precision precision;
  const char* name;  // "float16", as typed
  int digits;        // bits of the significand, including the implicit leading one
  double largest;    // what rounds beyond it is infinity
  double smallest;   // the smallest positive number, a subnormal one
  const char* description;
};

std::span<const PrecisionFormat> all_precisions();
const PrecisionFormat& format_of(Precision precision);
const PrecisionFormat* find_precision(const std::string& name);

// Rounds to the nearest number of the format, ties to even, as IEEE 754 does.
double round_to(double number, Precision precision);
void round_all(View numbers, Precision precision);

}  // namespace backstep
