// A Comparison is two to six runs that differ in one thing and share everything
// else: data, starting weights where they have the same shape, batches. They
// advance in lockstep, epoch by epoch.
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
    Change change;     // from the base; no setting: the base itself
    std::unique_ptr<Experiment> experiment;
    RunView view;
  };

  // Throws ProgramError when a run's program or data do not fit.
  Comparison(Setup base, std::string setting, const std::vector<std::string>& values);
  // The base as it is, whatever that may be, beside a run with the change.
  Comparison(Setup base, const Change& change);

  const Setup& base() const { return base_; }
  const std::string& setting() const { return setting_; }
  const std::vector<Run>& runs() const { return runs_; }
  // The values of the setting that the runs have, the base among them; runs with
  // another remedy have none.
  std::vector<std::string> values() const;

  // Adds a run that changes `change` about `run`, from epoch 0, and brings it to
  // the others' epoch as time allows: how a remedy is replayed.
  void replay(std::size_t run, const Change& change);
  void remove(std::size_t run);  // at least two stay

  long epoch() const;     // that every run has finished
  long furthest() const;  // that some run has finished
  // Where runs that are paused come to stand together: at the end of the epoch
  // that some run is in. One that is far behind, being replayed, stays behind.
  long level() const;
  // Trains all runs to the end of `last_epoch`; runs that are behind go first.
  bool work(long last_epoch, const Deadline& deadline);
  // Brings the views up to date with the runs; false: there is more to do.
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
