// The Doctor examines a run and says what is wrong with it, where, with its numbers,
// and what may help. Each ailment is one row beside its test, in one of the files
// doctor_*.cpp; a run without findings is healthy. A run that has learned what there is
// to learn is healthy however small its gradients have become, and before the first
// update the doctor says only what can be known by then.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/analysis/gradient_flow.h"
#include "core/analysis/layer_stats.h"
#include "core/runs/change.h"
#include "core/runs/experiment.h"

namespace backstep {

struct Remedy {
  std::string label;  // "Replay with batch norm"
  Change change;
};

struct Finding {
  std::string ailment;    // its row: "vanishing"
  std::string title;      // "gradients vanish"
  std::string verdict;    // the title as a run's card has it: "layer 1 hears nothing"
  bool is_error = false;  // rather than a warning: there is nothing left to train
  std::string text;       // sentences with their numbers
  int layer = 0;          // index into Graph::layers(), 0 for none
  int node = -1;          // the node it shows at, or -1
  std::vector<Remedy> remedies;
};

// What the doctor looks at. `graph` is that of a FullSetPass that is done.
struct Patient {
  const Setup& setup;
  const Dataset& data;
  const Graph& graph;
  const EpochHistory& history;
};

struct Diagnosis {
  std::vector<Finding> findings;     // the worst first; empty is healthy
  std::vector<std::string> remarks;  // of a healthy run: "Layer 1 to layer 7 within a factor of 2."
  bool healthy() const { return findings.empty(); }
};

Diagnosis diagnose(const Patient& patient);

// diagnose() for an experiment as it stands; runs its FullSetPass to the end first.
Diagnosis diagnose(Experiment& experiment);

}  // namespace backstep
