// The Lab is what Train and Compare show beyond the session itself: the field
// the network has learned, how its layers fare, the doctor's findings, a frozen
// run to hold the next against, and the runs that are compared. It works in
// what time a frame leaves.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/session.h"
#include "core/doctor/comparison.h"

namespace backstep {

// A run laid under the next ones.
struct FrozenRun {
  std::string title;  // "tanh, epoch 300"
  EpochHistory history;
  std::vector<std::string> layer_names;  // of history.layers()
  std::vector<FlowStep> flow;
  std::vector<double> profile;  // the norm of each layer when it was frozen
};

class Lab {
 public:
  // ---- the session's own run ----
  const DecisionSurface* field() const { return field_.get(); }  // null: not one or two inputs
  const std::vector<LayerStats>& stats() const { return stats_; }
  const std::vector<FlowStep>& flow() const { return flow_; }
  const Diagnosis& diagnosis() const { return diagnosis_; }
  bool examined() const { return examined_; }  // stats, flow and diagnosis are known
  // The gradient norm of each layer of the trainer's history at the last examination.
  const std::vector<double>& profile() const { return profile_; }
  // Size of the next update against the weights, per layer: ‖Δθ‖ / ‖θ‖.
  const std::vector<double>& update_ratio() const { return update_ratio_; }
  void watch(int node);  // the hidden layer whose neurons the field shows
  int watched() const { return watch_; }

  const std::optional<FrozenRun>& frozen() const { return frozen_; }
  void freeze(const Session& session);
  void thaw() { frozen_.reset(); }

  // ---- the runs compared ----
  Comparison* comparison() { return comparison_.get(); }  // null: none yet
  const Comparison* comparison() const { return comparison_.get(); }
  // The values of `field` for the runs, from the session's setup as it is now.
  // What is wrong in `mistake`; then the runs before stay.
  void compare(const Session& session, const std::string& field,
               const std::vector<std::string>& values, std::string& mistake);
  // The session's run as it is beside one with the change.
  void compare_with_base(const Session& session, const Change& change, std::string& mistake);
  void forget_comparison() { comparison_.reset(); }

  // Another session is open: what is known of a run of the one before is no
  // longer true of the run with the same number. What is frozen stays.
  void forget_session() {
    run_ = -1;
    forget_comparison();
  }

  // Keeps up with the session (another graph, other parameters) for some time.
  // True when everything shown is of the session as it is.
  bool look(const Session& session, const Deadline& deadline);

 private:
  void start_over(const Session& session);
  bool read_examination(const Session& session);

  long run_ = -1, revision_ = -1;  // of the session, when it was looked at
  std::unique_ptr<DecisionSurface> field_;
  std::unique_ptr<FullSetPass> examination_;
  std::vector<LayerStats> stats_;
  std::vector<FlowStep> flow_;
  Diagnosis diagnosis_;
  std::vector<double> profile_, update_ratio_;
  enum class Looking { nothing, examination, reading, field };
  Looking looking_ = Looking::nothing;
  int read_ = 0;  // how many things were read off the examination
  bool examined_ = false;
  int watch_ = -1;
  std::optional<FrozenRun> frozen_;
  std::unique_ptr<Comparison> comparison_;
};

}  // namespace backstep
