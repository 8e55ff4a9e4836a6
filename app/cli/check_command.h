// `backstep check` holds the gradient of every parameter against what nudging
// the parameter really does to the loss.
#pragma once

#include <filesystem>
#include <optional>

namespace backstep {

struct CheckOptions {
  std::filesystem::path file;
  std::optional<int> lesson_step;  // of a lesson, from 1
};

// 0 when all agree, 1 when some differ.
int check(const CheckOptions& options);

}  // namespace backstep
