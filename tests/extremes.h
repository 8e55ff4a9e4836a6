// The special values of a double.
#pragma once

#include <limits>

namespace backstep {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

}  // namespace backstep
