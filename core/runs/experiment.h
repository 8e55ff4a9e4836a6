// An Experiment is one run of a setup: its timeline, and the trainer with its history.
#pragma once

#include <memory>

#include "core/runs/full_set_pass.h"
#include "core/runs/setup.h"
#include "core/runs/trainer.h"
#include "core/stepping/timeline.h"

namespace backstep {

class Experiment {
 public:
  // Throws ProgramError when the program or its data do not fit.
  explicit Experiment(Setup setup);
  Experiment(const Experiment&) = delete;  // its trainer points into it
  Experiment& operator=(const Experiment&) = delete;

  const Setup& setup() const { return setup_; }
  const Dataset& data() const { return data_; }
  const GraphMaker& make() const { return make_; }
  Timeline& timeline() { return *timeline_; }
  const Timeline& timeline() const { return *timeline_; }
  Trainer& trainer() { return *trainer_; }
  const Trainer& trainer() const { return *trainer_; }

  bool work(long last_epoch, const Deadline& deadline) {
    return trainer_->work(last_epoch, deadline);
  }

 private:
  Setup setup_;
  Dataset data_;
  GraphMaker make_;
  std::unique_ptr<Timeline> timeline_;
  std::unique_ptr<Trainer> trainer_;
};

}  // namespace backstep
