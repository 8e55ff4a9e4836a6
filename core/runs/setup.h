// A Setup is everything that determines a training run: a network (or a program written
// by hand), values that replace the program's, samples, and how to train. Equal setups
// give runs that are equal to the bit.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/runs/inference_pass.h"
#include "core/runs/network.h"
#include "core/runs/shared_samples.h"
#include "core/runs/trainer.h"
#include "core/stepping/training.h"

namespace backstep {

struct Setup {
  std::optional<Network> network;            // makes the program when there is one
  std::string program;                       // else this is it
  std::map<std::string, Matrix> parameters;  // by name; replace the program's values

  // Where the rows of input("x") and target("y") come from: samples when there
  // are any, else named rows as they stand.
  SharedSamples samples;
  bool standardise = false;  // inputs to mean 0 and deviation 1, as on the training samples
  bool balance = false;  // samples of rarer classes are repeated until classes are equally large
  NamedData train, test;
  RowEdits row_edits;  // entries of the training rows that were set by hand since

  Training training;

  Precision precision = Precision::float64;  // what every result is rounded to
  std::string bug;                           // a row of all_bugs() built in on purpose, or empty

  friend bool operator==(const Setup&, const Setup&) = default;
};

// The training settings that run: the setup's own, as its bug alters them.
Training training_of(const Setup& setup);

// The program the setup runs.
std::string program_of(const Setup& setup);

// The rows the program reads: x and y of the samples in the network's coding,
// or the named rows. Without samples and rows, both splits are empty.
Dataset dataset_of(const Setup& setup);

// The rows of one sample alone (numbered as in the samples, or through the
// training and then the test rows).
NamedData rows_of_sample(const Setup& setup, long sample);
long sample_count(const Setup& setup);

// The standardisation of the setup's inputs: by the training samples; empty
// unless `standardise` is set.
InputScaling scaling_of(const Setup& setup);

// Graphs of the setup's program with its parameters in place. Throws
// ProgramError from the call when the program or the rows do not fit; values of
// parameters that name nothing or do not fit are left out.
GraphMaker graph_maker_of(const Setup& setup);

}  // namespace backstep
