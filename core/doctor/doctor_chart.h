// A Chart is what the doctor has measured of a run before any judgement: norms,
// losses, statistics of layers. The tests of single ailments read it; they are
// declared here and listed in doctor.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/doctor/doctor.h"

namespace backstep {

class Chart {
 public:
  explicit Chart(const Patient& patient);

  const Patient& patient;
  std::vector<int> layers;          // those with parameters: indices into Graph::layers()
  std::vector<double> norms;        // of each, over the training set: those of `flow`
  std::vector<double> first_norms;  // before any update
  std::vector<double> batch_norms;  // of the batches of recent epochs
  std::vector<LayerStats> stats;
  std::vector<FlowStep> flow;
  long epoch = 0;               // finished
  double loss = 0;              // as in recent epochs
  double first = 0;             // before any update
  double baseline = 0;          // of the best guess that is the same for every sample
  bool baseline_known = false;  // else it is the first loss

  const Setup& setup() const { return patient.setup; }
  const Graph& graph() const { return patient.graph; }
  const std::vector<double>& losses() const { return patient.history.train_loss(); }
  const std::vector<double>& epochs() const { return patient.history.epochs(); }

  // Whether the loss is down to this share of the baseline.
  bool learned(double share = 0.25) const;
  // Epochs for which the loss has stayed where it is.
  long still_epochs() const;
  // "Loss has not moved for 290 epochs.", or "" when it has.
  std::string still_sentence() const;
  // How far updates have moved the parameters at most: the sum of ‖Δθ‖, over ‖θ‖.
  double moved() const;

  long neurons() const;
  bool can_die(const LayerStats& layer) const;  // as neurons of a ReLU can
  double dead_share() const;                    // of all neurons, those that are dead
  double saturated_share() const;
  // The activation all hidden layers have, or null.
  const Op* activation() const;

  std::string layer_words(int layer) const;  // "layer 3"
};

// ---- what remedies are made of ----------------------------------------------

// "Replay with batch norm"
Remedy remedy(const std::string& setting, const std::string& value);
Remedy learning_rate_times(const Chart& chart, double factor);
// Those a program written by hand cannot take are left out.
std::vector<Remedy> fitting(const Chart& chart, std::vector<Remedy> remedies);

std::string in_percent(double share);

// ---- one test per ailment ---------------------------------------------------

// Without title; nothing when the run does not have it.
std::optional<Finding> test_not_finite(const Chart& chart);
std::optional<Finding> test_never_zeroed(const Chart& chart);
std::optional<Finding> test_exploding(const Chart& chart);
std::optional<Finding> test_vanishing(const Chart& chart);
std::optional<Finding> test_dead_relus(const Chart& chart);
std::optional<Finding> test_saturated(const Chart& chart);
std::optional<Finding> test_rate_too_high(const Chart& chart);
std::optional<Finding> test_rate_too_low(const Chart& chart);
std::optional<Finding> test_stuck(const Chart& chart);
std::optional<Finding> test_wild_scales(const Chart& chart);
std::optional<Finding> test_rare_class(const Chart& chart);

}  // namespace backstep
