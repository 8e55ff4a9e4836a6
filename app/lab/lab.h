// The Lab is what Train and Compare show beyond the session itself: the view of
// its run, a frozen run to hold the next against, and the runs that are compared.
// It works in what time a frame leaves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/lab/compared_runs.h"
#include "app/session/session.h"
#include "core/doctor/run_view.h"

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
  ComparedRuns& compared() { return compared_; }
  const ComparedRuns& compared() const { return compared_; }
  const Comparison* comparison() const { return compared_.comparison(); }  // null: none yet

  // Another session is open: what is known of a run of the one before is no
  // longer true of the run with the same number. What is frozen stays.
  void forget_session() {
    forget_run();
    compared_.forget();
  }

  // Keeps up with the session (another graph, other parameters) for some time.
  // True when everything shown is of the session as it is.
  bool refresh(const Session& session, const Deadline& deadline);

 private:
  void forget_run();

  long run_ = -1;  // of the session: the one in view
  RunView view_;
  std::optional<FrozenRun> frozen_;
  ComparedRuns compared_;
};

}  // namespace backstep
