// `backstep export` writes a run in one of the formats of
// app/export/export_formats.h, such as a PyTorch script.
#pragma once

#include <filesystem>
#include <optional>

namespace backstep {

struct ExportOptions {
  std::filesystem::path file, out;  // what `out` ends in says the format
  std::optional<int> lesson_step;  // of a lesson, from 1
  long epochs = 0;                 // trained before; of the metrics, all rows
  std::optional<double> learning_rate;
};

// `out` has the ending of a format.
int export_file(const ExportOptions& options);

}  // namespace backstep
