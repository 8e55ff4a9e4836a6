// A Trainer takes a timeline through epochs and keeps, per epoch, the loss on
// the training and the test set and every layer's gradient norm. Epoch 0 is
// before any update. Losses are of the whole set at the end of the epoch; norms
// are those of its first update (epoch 0: of the whole training set). It works until a
// deadline and continues where it stopped.
#pragma once

#include <optional>
#include <vector>

#include "core/base/deadline.h"
#include "core/runs/full_set_pass.h"
#include "core/runs/inference_pass.h"
#include "core/stepping/thinned_columns.h"
#include "core/stepping/timeline.h"

namespace backstep {

// What a Trainer records, by epoch; when there are many epochs, some are dropped evenly.
class EpochHistory {
 public:
  explicit EpochHistory(const Graph& graph);

  const std::vector<int>& layers() const { return layers_; }  // those with parameters
  std::size_t size() const { return columns_.size(); }
  const std::vector<double>& epochs() const { return columns_.steps(); }
  const std::vector<double>& train_loss() const { return columns_.column(0); }
  // NaN without a test set.
  const std::vector<double>& test_loss() const { return columns_.column(1); }
  const std::vector<double>& norm(int number) const {
    return columns_.column(static_cast<std::size_t>(number) + 2);
  }

  bool keeps(long epoch) const { return columns_.keeps(epoch); }
  void add(long epoch, double train, double test, const std::vector<double>& norms);
  void forget_from(long epoch) { columns_.forget_from(epoch); }
  long last() const { return columns_.last(); }  // -1 without one

 private:
  static constexpr std::size_t most_rows = 4096;
  std::vector<int> layers_;
  ThinnedColumns columns_;  // the losses, then the norms
};

class Trainer {
 public:
  Trainer(Timeline& timeline, const GraphMaker& make, const Dataset& data);

  // Trains until the end of `last_epoch` or the deadline; true at the end.
  // Starts at the timeline's present position, wherever it was moved.
  bool work(long last_epoch, const Deadline& deadline);

  long epoch() const;  // epochs finished
  long begun() const;  // the same, and the epoch that is under way
  const EpochHistory& history() const { return history_; }
  // Forgets the records of epochs that, because the timeline was moved back or edited,
  // are not finished any more.
  void forget_what_changed();
  double epochs_per_second() const { return speed_; }

 private:
  enum class Stage { passes, train_loss, test_loss };
  bool run_epoch(long epoch, long last_epoch, const Deadline& deadline);
  bool record(long epoch, const Deadline& deadline);
  int gradients_known() const;  // the tick after which they are
  bool read_norms_before_training(const Deadline& deadline);
  double loss_of_whole();
  void measure_speed(long epoch);

  Timeline& timeline_;
  GraphMaker make_;
  const Dataset& data_;
  EpochHistory history_;
  std::optional<DatasetLoss> train_, test_;
  std::optional<Graph> whole_;        // of a program that holds its data itself
  std::optional<FullSetPass> start_;  // while the norms before training are computed
  std::vector<double> norms_;
  long norms_of_ = -1;  // the epoch norms_ belong to
  Stage stage_ = Stage::passes;
  Deadline::Clock::time_point measured_at_;
  long measured_epoch_ = 0;
  double speed_ = 0;
};

}  // namespace backstep
