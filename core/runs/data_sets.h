// A data set is points to learn from, drawn by a formula from a seed; each is one row of
// the table in data_sets.cpp. Samples come in random order; the first part of them is
// for training, the rest for testing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/engine/matrix.h"

namespace backstep {

// What the targets of a table of samples are: a class (0, 1, …) or a number.
enum class TargetKind { classes, numbers };

// Samples as rows: inputs, and one target each (a class's number, or a value).
struct Samples {
  Matrix inputs;   // n × inputs
  Matrix targets;  // n × 1
  long train = 0;  // the first `train` rows are for training
  TargetKind kind = TargetKind::classes;
  int classes = 2;                       // classes only
  std::vector<std::string> input_names;  // one per column
  std::string target_name = "y";
  std::vector<std::string> class_names;  // classes only, one per class

  long count() const { return static_cast<long>(inputs.shape.rows); }
};

struct DataSet {
  const char* name;   // "circle", as in a session
  const char* label;  // "Circle"
  const char* description;  // one sentence for people
  TargetKind kind;
  int inputs;              // columns of x
  bool fixed;              // always the same few points: no samples, noise or seed
  double lowest, highest;  // the range of inputs a plot shows
  // Sample `i` of `count`: fills its inputs, returns its class or value.
  double (*draw)(Random& random, long i, long count, double noise, double* inputs);
};

std::span<const DataSet> all_data_sets();
const DataSet* find_data_set(const std::string& name);

// How a built-in set is drawn.
struct DataSetOptions {
  long samples = 500;           // 2 … 1,000,000
  double noise = 0;             // 0 … 0.5
  double train_fraction = 0.5;  // more than 0, at most 1
  std::uint64_t seed = 1;

  friend bool operator==(const DataSetOptions&, const DataSetOptions&) = default;
};

// How inputs are standardised: (x − mean) / deviation, by column. Empty: not.
struct InputScaling {
  std::vector<double> mean, deviation;

  double apply(std::size_t column, double x) const {
    return mean.empty() ? x : (x - mean[column]) / deviation[column];
  }
};

// The same options give the same samples on every computer.
Samples draw_samples(const DataSet& set, const DataSetOptions& options);

// Puts sample order[0] first, and so on.
void reorder(Samples& samples, const std::vector<std::size_t>& order);

// Puts the samples in random order and `train_fraction` of them, at least one,
// into training.
void shuffle_and_split(Samples& samples, double train_fraction, Random& random);

}  // namespace backstep
