// `backstep export` writes a run as something else: a PyTorch script, a worked
// derivation, or its metrics.
#pragma once

#include <filesystem>
#include <optional>

namespace backstep {

struct ExportOptions {
  std::filesystem::path file, out;
  std::optional<int> lesson_step;  // of a lesson, from 1
  long epochs = 0;                 // trained before; of the metrics, all rows
  std::optional<double> learning_rate;
};

// What the name ends in says which; others are answered with a sentence.
bool is_export_name(const std::filesystem::path& out);
constexpr const char* export_names = ".py (PyTorch), .md (a worked derivation) or .csv (metrics)";

int export_file(const ExportOptions& options);

}  // namespace backstep
