// An ExportFormat is a form in which a run can be written for other programs or for
// people, one row each. The window's dialog and `backstep export` both read this
// table: what a name ends in says which row.
#pragma once

#include <filesystem>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "core/runs/experiment.h"

namespace backstep {

// A run as it stands.
struct ExportedRun {
  const Experiment& experiment;
  const Timeline& shown;  // that Step shows: the experiment's, or that of one sample
  const std::string& title;
};

struct ExportFormat {
  const char* ending;  // ".py"
  const char* label;   // "PyTorch"
  const char* says;    // for people; on the help page of `backstep export`
  void (*write)(std::ostream& out, const ExportedRun& run);

  // Throws ProgramError where the format cannot say what `graph`, after a forward
  // pass, computes; so that a long training does not come first. May be null.
  void (*check)(const Graph& graph) = nullptr;
  // Writes while it trains to the end of `epochs` epochs. Null: writes when it is done.
  void (*write_training)(std::ostream& out, Experiment& experiment, long epochs) = nullptr;
};

std::span<const ExportFormat> all_export_formats();

// By the ending of the name; null when no format has it.
const ExportFormat* find_export_format(const std::filesystem::path& path);

std::vector<std::string> export_endings();  // the usual one first
std::string export_choices();               // ".py (PyTorch), … or .csv (metrics)"

// Trains for so many epochs, and writes; a pass is the one that comes next.
void train_and_export(std::ostream& out, const ExportFormat& format, Experiment& experiment,
                      const std::string& title, long epochs);

}  // namespace backstep
