// The Doctor looks at a run and says what is wrong with it, where, with its
// numbers, and what may help. Each ailment is one row of the table in
// doctor.cpp with its test; a run without findings is healthy. A run that has
// learned what there is to learn is healthy however small its gradients have
// become, and before the first update only what can be known then is said.
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

enum class Ailment {
  not_finite,    // NaN or infinity, with the first op that made it
  never_zeroed,  // gradients never zeroed
  exploding,     // a layer's norm over ten times that of the layer after it
  vanishing,     // the first layer's gradient a hundredth of the last's
  dead_relus,
  saturated,
  rate_too_high,
  rate_too_low,
  stuck,        // the loss has not moved
  wild_scales,  // features on wild scales
  rare_class,   // one class far more frequent
};

struct Remedy {
  std::string label;  // "Replay with batch norm"
  Change change;
};

struct Finding {
  Ailment ailment;
  std::string title;  // "gradients vanish"
  std::string text;   // sentences with their numbers
  int layer = 0;      // index into Graph::layers(), 0 for none
  int node = -1;      // the node it shows at, or -1
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
const char* name_of(Ailment ailment);

// diagnose() for an experiment as it stands; examines it to the end first.
Diagnosis diagnose(Experiment& experiment);

}  // namespace backstep
