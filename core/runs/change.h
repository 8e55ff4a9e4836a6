// A Change sets one thing about a setup: the activation to tanh, batch norm on.
// What can be changed is one row of the table in change.cpp each; runs that are
// compared differ by one change, and a remedy of the doctor is one.
//
// Values of parameters that stand in the setup stay where they still fit. Other
// starting weights (init, seed) replace them; weight_scale multiplies them, and
// is the one change that is relative: its value now is always 1.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/runs/setup.h"

namespace backstep {

struct Change {
  std::string setting, value;  // "activation", "tanh"
  friend bool operator==(const Change&, const Change&) = default;
};

struct Changeable {
  const char* setting;              // "activation", "init", "optimizer", "depth", "batch_norm",
                                    // "skip_connections", "learning_rate", "weight_scale", …
  const char* label;                // "Activation"
  std::vector<const char*> values;  // worth comparing, best first; others may be allowed
  bool needs_network;
  // Sets it; a sentence on what would be right when `value` makes no sense.
  std::string (*apply)(Setup& setup, const std::string& value);
  std::string (*read)(const Setup& setup);         // its value now
  std::string (*words)(const std::string& value);  // how a run is called: "batch norm on", "ReLU"
};

std::span<const Changeable> all_changeables();
const Changeable* find_changeable(const std::string& setting);

// The setup with the change; what is wrong with it in `mistake`, and then the
// setup as it was.
Setup with_change(Setup setup, const Change& change, std::string& mistake);
std::string words_of(const Change& change);

}  // namespace backstep
