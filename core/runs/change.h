// A Change sets one thing about a setup: the activation to tanh, batch norm on.
// Everything that can be changed is one row of the table in change.cpp, and settings of
// a network that say so in their own row follow; runs that are compared differ by one
// change, and a remedy of the doctor is one.
//
// Values of parameters that stand in the setup stay where they still fit. Other
// starting weights (init, seed) replace them; weight_scale multiplies them, and
// is the one change that is relative: its value now is always 1.
#pragma once

#include <functional>
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
  const char* setting;              // "activation", "learning_rate", "weight_scale", …
  const char* label;                // "Activation"
  std::vector<const char*> values;  // worth comparing, best first; others may be allowed
  bool needs_network = false;
  // Sets it; a sentence on what would be right when `value` makes no sense.
  std::function<std::string(Setup& setup, const std::string& value)> apply;
  std::function<std::string(const Setup& setup)> read;  // its value now

  // What a run with a value is called. Either words of its own make the whole name,
  // "ReLU"; or it is the setting's name and the value, "learning rate 0.1", and 0 may
  // have words of its own, "full batch".
  std::string (*words)(const std::string& value) = nullptr;
  const char* run_name = "";
  const char* zero_words = nullptr;

  // How a comparison by it is put into words: "THREE ACTIVATIONS" says what there are
  // many of, a switch says what both runs are, "with and without batch norm". The
  // sentence "Only the activation differs." ends as `differs` does.
  const char* many = "values";
  const char* both = "";
  const char* differs = "one setting differs";
  // What runs that differ in it do not share.
  bool changes_start = false;    // starting weights
  bool changes_batches = false;  // batches
  bool changes_rows = false;     // what is learned from, though the samples are the same
};

std::span<const Changeable> all_changeables();
const Changeable* find_changeable(const std::string& setting);

// The setup with the change; what is wrong with it in `mistake`, and then the
// setup as it was.
Setup with_change(Setup setup, const Change& change, std::string& mistake);

// "learning rate 0.1", and beside the setting's name the value alone, "0.1".
std::string run_words(const Changeable& row, const std::string& value);
std::string value_words(const Changeable& row, const std::string& value);
std::string run_words(const Change& change);
// What a run has that others lack: "batch norm" where run_words() has "batch norm on".
std::string addition_words(const Change& change);

}  // namespace backstep
