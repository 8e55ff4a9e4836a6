// `backstep run` trains without a window and writes the result: every value and
// gradient as JSON, a row per epoch as CSV, or a summary.
#pragma once

#include <filesystem>
#include <optional>

#include "core/engine/precision.h"

namespace backstep {

struct RunOptions {
  std::filesystem::path file;
  std::optional<int> lesson_step;  // of a lesson, from 1
  long epochs = 0;                 // 0: one forward and one backward pass
  std::optional<double> learning_rate;
  std::optional<Precision> precision;  // the session's own unless told
  std::filesystem::path json, csv;     // empty: not wanted; "-": standard output
};

int run(const RunOptions& options);

}  // namespace backstep
