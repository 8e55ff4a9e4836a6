// Progress is what training has shown so far: by update, the loss and every
// layer's gradient norm. It has a fixed number of rows; when they are full,
// every second is dropped and rows are kept half as often. The newest row is
// always there.
#pragma once

#include <vector>

#include "core/engine/graph.h"

namespace backstep {

class Progress {
 public:
  explicit Progress(const Graph& graph);

  // Layers that have parameters, in program order: one norm each.
  const std::vector<int>& layers() const { return layers_; }

  // Adds the row of `update` from the graph's loss and gradients, unless it or
  // a later one is there already.
  void record(long update, const Graph& graph);
  void forget_from(long update);
  // Whether the row of `update` is one that stays when it is no longer the newest.
  bool keeps(long update) const { return update % stride_ == 0; }

  std::size_t size() const { return updates_.size(); }
  const std::vector<double>& updates() const { return updates_; }
  const std::vector<double>& loss() const { return loss_; }
  // Norms of layers()[number].
  const std::vector<double>& norm(int number) const { return norms_[number]; }

 private:
  void drop_every_second();
  void pop();

  static constexpr std::size_t most_rows = 8192;
  std::vector<int> layers_;
  std::vector<double> updates_, loss_;
  std::vector<std::vector<double>> norms_;
  long stride_ = 1;
};

}  // namespace backstep
