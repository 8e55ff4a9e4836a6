// Training is how parameters learn from data: which optimizer, how fast, on how
// many samples at a time, and what is done to a gradient before it is used.
// Each setting is one row of the table in training.cpp, with its formula; the
// window, the session file and the help read it from there.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>

namespace backstep {

struct Training {
  std::string optimizer = "sgd";  // a row of the table in optimizers.h
  double learning_rate = 0.1;
  double momentum = 0.9;    // of momentum and nesterov
  long batch_size = 0;      // samples in a pass; 0 is the whole training set
  bool shuffle = false;     // another order of the samples in every epoch
  std::uint64_t seed = 1;   // of the shuffling
  bool drop_last = false;   // samples that do not fill a batch are left out of the epoch
  double weight_decay = 0;  // L2: adds weight_decay · θ to the gradient (adamw: apart from it)
  double l1 = 0;            // adds l1 · sign(θ) to the gradient
  bool l1_stops_at_zero = false;  // apart from the gradient; what it carries across 0 stays 0
  bool weights_only = false;      // L2 and L1 leave out biases and what norms learn
  double clip_norm = 0;           // 0 is off
  double clip_value = 0;          // 0 is off
  long accumulate = 1;            // passes whose gradients are averaged for one update
  bool zero_gradients = true;     // false: every pass adds to the gradients of those before

  // No settings but bugs made on purpose, which no words about the training name:
  bool bias_correction = true;   // of Adam's moments
  bool forgets_zeroing = false;  // as if zero_gradients were false

  bool zeroes() const { return zero_gradients && !forgets_zeroing; }

  friend bool operator==(const Training&, const Training&) = default;
};

// One setting but the optimizer's name: what it is called in a session and in
// the window, what it does, and which numbers it takes.
struct TrainingSetting {
  const char* name;     // "clip_norm"
  const char* label;    // "Clip gradient norm"
  const char* formula;  // what it does to the update
  const char* description;  // one sentence for people
  std::variant<double Training::*, long Training::*, bool Training::*, std::uint64_t Training::*>
      field;
  double lowest, highest;      // numbers it takes, both included
  const char* zero = nullptr;  // what 0 is called: "off"
};

std::span<const TrainingSetting> all_training_settings();
const TrainingSetting* find_training_setting(const std::string& name);

// A setting as a number, whatever its type.
double value_of(const Training& training, const TrainingSetting& setting);
void set_value(Training& training, const TrainingSetting& setting, double value);

}  // namespace backstep
