// A matrix whose entries are all one number.
#pragma once

#include "core/engine/matrix.h"

namespace backstep {

inline Matrix filled(Index rows, Index columns, double value) {
  return {{rows, columns}, std::vector<double>(static_cast<std::size_t>(rows * columns), value)};
}

}  // namespace backstep
