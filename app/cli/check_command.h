// `backstep check` holds the gradient of every parameter against what nudging
// the parameter really does to the loss.
#pragma once

#include <filesystem>

namespace backstep {

// 0 when all agree, 1 when some differ.
int check(const std::filesystem::path& file);

}  // namespace backstep
