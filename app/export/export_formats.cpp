#include "app/export/export_formats.h"

#include "app/documents/file_kinds.h"
#include "app/export/derivation.h"
#include "app/export/metrics.h"
#include "app/export/pytorch.h"
#include "core/base/text.h"

namespace backstep {

namespace {

void write_pytorch(std::ostream& out, const ExportedRun& run) {
  out << pytorch_script(run.experiment, run.title, run.experiment.trainer().epoch());
}

void write_derivation(std::ostream& out, const ExportedRun& run) {
  out << derivation(run.shown, program_of(run.experiment.setup()), run.title);
}

void write_metrics_so_far(std::ostream& out, const ExportedRun& run) {
  write_history(out, run.experiment);
}

constexpr ExportFormat export_formats[] = {
    {.ending = ".py",
     .label = "PyTorch",
     .says = "The .py holds the program as it is and every number; it prints the same values and\n"
             "gradients with PyTorch, and trains with --train N.",
     .write = write_pytorch,
     .check = check_for_pytorch},
    {.ending = ".md",
     .label = "a worked derivation",
     .says = "The .md works one pass out, op by op.",
     .write = write_derivation},
    {.ending = ".csv",
     .label = "metrics",
     .says = "The .csv is that of `backstep run --csv`.",
     .write = write_metrics_so_far,
     .write_training = write_metrics},
};

}  // namespace

std::span<const ExportFormat> all_export_formats() { return export_formats; }

const ExportFormat* find_export_format(const std::filesystem::path& path) {
  for (const ExportFormat& format : export_formats)
    if (has_ending(path.filename().string(), format.ending)) return &format;
  return nullptr;
}

std::vector<std::string> export_endings() {
  std::vector<std::string> endings;
  for (const ExportFormat& format : export_formats) endings.emplace_back(format.ending);
  return endings;
}

std::string export_choices() {
  std::vector<std::string> choices;
  for (const ExportFormat& format : export_formats)
    choices.push_back(text("{} ({})", format.ending, format.label));
  return alternatives(choices);
}

void train_and_export(std::ostream& out, const ExportFormat& format, Experiment& experiment,
                      const std::string& title, long epochs) {
  if (format.write_training) return format.write_training(out, experiment, epochs);
  experiment.work(epochs, Deadline::never());
  Timeline& timeline = experiment.timeline();
  timeline.seek({epochs * timeline.batches().per_epoch(), 0});
  format.write(out, {experiment, timeline, title});
}

}  // namespace backstep
