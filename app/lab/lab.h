// The Lab is what Train and Compare show beyond the session itself: the view of
// its run, a frozen run to hold the next against, and the runs that are compared.
// It works in what time a frame leaves.
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
  const RunView& run_view() const { return view_; }
  void watch(int node) { view_.watch(node); }

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
    forget_run();
    forget_comparison();
  }

  // Keeps up with the session (another graph, other parameters) for some time.
  // True when everything shown is of the session as it is.
  bool refresh(const Session& session, const Deadline& deadline);

 private:
  void forget_run();

  long run_ = -1;  // of the session: the one in view
  RunView view_;
  std::optional<FrozenRun> frozen_;
  std::unique_ptr<Comparison> comparison_;
};

}  // namespace backstep
