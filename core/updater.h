// An Updater applies a training's settings to the gradients of a graph: it adds
// up what is to be added up, clips, decays, and lets the optimizer change the
// parameters. What it must remember from pass to pass is one piece of memory,
// so that a timeline can keep it beside the parameters.
#pragma once

#include <vector>

#include "core/graph.h"
#include "core/optimizers.h"
#include "core/training.h"

namespace backstep {

class Updater {
 public:
  Updater(const Graph& graph, const Training& training);

  const Training& training() const { return training_; }
  void set_learning_rate(double learning_rate) { training_.learning_rate = learning_rate; }

  // Updates `parameter` after the backward pass of pass number `pass`. The
  // parameters of a pass are updated in the order of graph.parameters().
  void update(const Graph& graph, int parameter, long pass);
  // Whether that pass changes parameters; when gradients accumulate only every
  // k-th does.
  bool updates_in(long pass) const { return (pass + 1) % training_.accumulate == 0; }

  // Where gradients are never zeroed: those added up so far, in such a memory,
  // entry by entry in the order of graph.parameters(). Else null.
  const double* added_up(const std::vector<double>& memory) const {
    return training_.zeroes() ? nullptr : memory.data() + sums_at();
  }

  // What is remembered between passes.
  std::vector<double>& memory() { return memory_; }
  const std::vector<double>& memory() const { return memory_; }

 private:
  Index sums_at() const { return size_ * optimizer_->slots; }
  void gather_all(const Graph& graph, long pass);
  void clip_norm();
  void add_decay(const Graph& graph);

  Training training_;
  const Optimizer* optimizer_;
  bool adds_up_ = false;          // gradients of several passes
  bool prepared_ = false;         // a gradient is changed before it is used
  Index size_ = 0;                // of one slot: all parameters
  std::vector<double> memory_;    // slots of the optimizer, then gradients added up
  std::vector<double> gradient_;  // as it is used in the present pass
};

}  // namespace backstep
