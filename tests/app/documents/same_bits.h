// Whether two matrices are the same to the last bit, including NaN and -0.
#pragma once

#include <cstring>

#include "core/engine/matrix.h"

namespace backstep {

inline bool same_bits(const Matrix& a, const Matrix& b) {
  return a.shape == b.shape && a.entries.size() == b.entries.size() &&
         std::memcmp(a.entries.data(), b.entries.data(), sizeof(double) * a.entries.size()) == 0;
}

}  // namespace backstep
