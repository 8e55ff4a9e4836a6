// A Comparison is two to six runs that differ in one setting and share everything
// else: the data, the batches, and starting weights of the same shape. They are
// trained in lockstep, epoch by epoch.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/doctor/run_view.h"
#include "core/runs/experiment.h"

namespace backstep {

constexpr std::size_t most_runs = 6;

class Comparison {
 public:
  struct Run {
    std::string name;  // "sigmoid", "replayed with batch norm"
    Change change;     // of the base; without a setting, this is the base itself
    std::unique_ptr<Experiment> experiment;
    RunView view;
  };

  // Throws ProgramError when a run's program or data do not fit.
  Comparison(Setup base, std::string setting, const std::vector<std::string>& values);
  // The base as it is and a run with the change.
  Comparison(Setup base, const Change& change);

  const Setup& base() const { return base_; }
  const std::string& setting() const { return setting_; }
  const std::vector<Run>& runs() const { return runs_; }
  // The setting's value in each run, the base included. Runs that were added with
  // another change have none.
  std::vector<std::string> values() const;

  // Replays `run` with a remedy: adds a copy of it with the change, from epoch 0, which
  // catches up with the others in the next calls of work().
  void replay(std::size_t run, const Change& change);
  void remove(std::size_t run);  // at least two stay

  long epoch() const;     // the last one that every run has finished
  long furthest() const;  // the last one that some run has finished
  // The epoch at which paused runs meet: the end of the one that the first of them is
  // in. A replayed run that is still far behind does not hold them up.
  long level() const;
  // Trains all runs to the end of `last_epoch`; runs that are behind go first.
  bool work(long last_epoch, const Deadline& deadline);
  // Brings the views up to date with the runs; false while there is more to do.
  bool refresh(const Deadline& deadline);
  void restart();  // all runs back to their starting weights

 private:
  static Run start(Setup setup, std::string name, Change change);
  static long epochs_done(const Run& run);
  Run* next_to_refresh();

  Setup base_;
  std::string setting_;
  std::vector<Run> runs_;
};

}  // namespace backstep
