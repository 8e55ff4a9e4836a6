// A Chart is what the doctor has measured of a run before any judgement: norms,
// losses, statistics of layers. An Ailment is one row: a test that reads the chart,
// and what is said of it.
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
  double baseline = 0;          // loss of the best guess that is the same for every sample
  bool baseline_known = false;  // else it is the first loss

  const Setup& setup() const { return patient.setup; }
  const Graph& graph() const { return patient.graph; }
  const std::vector<double>& losses() const { return patient.history.train_loss(); }
  const std::vector<double>& epochs() const { return patient.history.epochs(); }

  // Whether the loss is down to this share of the baseline.
  bool learned(double share = 0.25) const;
  // For how many epochs the loss has not moved.
  long still_epochs() const;
  // "Loss has not moved for 290 epochs.", or "" when it has.
  std::string still_sentence() const;
  // An upper bound of how far updates have moved the parameters: Σ ‖Δθ‖ / ‖θ‖.
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
// Drops remedies that need a Network, where the program is written by hand.
std::vector<Remedy> fitting(const Chart& chart, std::vector<Remedy> remedies);

std::string in_percent(double share);

// ---- ailments ---------------------------------------------------------------

struct Ailment {
  const char* name;   // "vanishing", as rows and tests refer to it
  const char* title;  // behind the name of a run: "sigmoid: gradients vanish"
  // A diagnosis names the ailment with the lowest place first, as the worst.
  int place;
  // What the run shows of it, without ailment and title; nothing when the run is well.
  std::optional<Finding> (*test)(const Chart&);
  std::vector<const char*> explained_by = {};  // with one of these found, this is no news
  const char* verdict = nullptr;               // on a run's card; null: the title
  bool is_error = false;                       // see Finding
};

// Those of each file, and all of them in the order of their places.
std::vector<Ailment> ailments_of_numbers();    // doctor_not_finite.cpp
std::vector<Ailment> ailments_of_gradients();  // doctor_gradients.cpp
std::vector<Ailment> ailments_of_training();   // doctor_training.cpp
std::vector<Ailment> ailments_of_data();       // doctor_data.cpp
const std::vector<Ailment>& all_ailments();

}  // namespace backstep
