// An Experiment is one run of a setup: its timeline and what training has shown.
#pragma once

#include <memory>

#include "core/gradient_flow.h"
#include "core/layer_stats.h"
#include "core/setup.h"
#include "core/timeline.h"
#include "core/trainer.h"

namespace backstep {

class Experiment {
 public:
  // Throws ProgramError when the program or its data do not fit.
  explicit Experiment(Setup setup);

  const Setup& setup() const { return setup_; }
  const Dataset& data() const { return data_; }
  const GraphMaker& make() const { return make_; }
  Timeline& timeline() { return *timeline_; }
  const Timeline& timeline() const { return *timeline_; }
  Trainer& trainer() { return *trainer_; }
  const Trainer& trainer() const { return *trainer_; }

  bool work(long last_epoch, const Deadline& deadline) { return trainer_->work(last_epoch, deadline); }

 private:
  Setup setup_;
  Dataset data_;
  GraphMaker make_;
  std::unique_ptr<Timeline> timeline_;
  std::unique_ptr<Trainer> trainer_;
};

// Runs a timeline's parameters forward and backward once over a data set (at
// most `most_rows` of it, evenly chosen), op by op until a deadline, so that
// flow and statistics can be read off the graph.
class Examination {
 public:
  Examination(const GraphMaker& make, const Dataset& data, long most_rows = 512);
  void begin(const Graph& trained);
  bool work(const Deadline& deadline);  // true when done
  const Graph& graph() const { return graph_; }

 private:
  Graph graph_;
  std::size_t tick_ = 0;
};

}  // namespace backstep
