// `backstep check` compares the gradient of every parameter with the change of the
// loss when the parameter is nudged.
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
