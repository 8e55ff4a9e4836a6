// An Updater applies the settings of training to the gradients of a graph: it
// accumulates, clips and decays them, and lets the optimizer change the parameters. All
// it remembers from pass to pass is one piece of memory, so that a timeline can store it
// beside the parameters.
#pragma once

#include <vector>

#include "core/engine/graph.h"
#include "core/stepping/optimizers.h"
#include "core/stepping/training.h"

namespace backstep {

class Updater {
 public:
  Updater(const Graph& graph, const Training& training);

  const Training& training() const { return training_; }
  void set_learning_rate(double learning_rate) {
    training_.learning_rate = unregularised_.learning_rate = learning_rate;
  }

  // Updates `parameter` after the backward pass of pass number `pass`. The
  // parameters of a pass are updated in the order of graph.parameters().
  void update(const Graph& graph, int parameter, long pass);
  // Whether that pass ends in an update; with accumulated gradients only every k-th does.
  bool updates_in(long pass) const { return (pass + 1) % training_.accumulate == 0; }

  // The settings that apply to `parameter`: without L1 and L2 if those are for weights
  // only and it is none.
  const Training& training_of(int parameter) const {
    return regularises(parameter) ? training_ : unregularised_;
  }

  // If gradients are never zeroed: their sums so far in such a memory, entry by entry in
  // the order of graph.parameters(). Else null.
  const double* added_up(const std::vector<double>& memory) const {
    return training_.zeroes() ? nullptr : memory.data() + sums_at();
  }

  // Everything that is remembered between passes.
  std::vector<double>& memory() { return memory_; }
  const std::vector<double>& memory() const { return memory_; }

 private:
  Index sums_at() const { return size_ * optimizer_->slots; }
  bool regularises(int parameter) const {
    return !training_.weights_only || is_weight_[static_cast<std::size_t>(parameter)];
  }
  void gather_all(const Graph& graph, long pass);
  void pull_to_zero(View parameter, Index place);
  void clip_norm();
  void add_decay(const Graph& graph);

  Training training_, unregularised_;
  const Optimizer* optimizer_;
  bool adds_up_ = false;         // the gradients of several passes
  bool prepared_ = false;        // a gradient is changed before it is used
  bool pulls_ = false;           // L1 apart from the gradient, which stops at 0
  std::vector<bool> is_weight_;  // by node
  Index size_ = 0;               // of one slot: all parameters
  // Slots of the optimizer, then gradients added up, then 1 for each entry that L1
  // has stopped at 0.
  std::vector<double> memory_;
  std::vector<double> gradient_;  // as it is used in the present pass
  std::vector<double> before_;    // a parameter before its update, where L1 pulls
};

// Whether `parameter` is a weight. Parameters that are only added or subtracted, or
// only used by batch norm and layer norm, are biases and scales of the norms.
bool is_weight(const Graph& graph, int parameter);

}  // namespace backstep
