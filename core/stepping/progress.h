// Progress is the record of training by update: the loss and the gradient norm of
// every layer. Many updates are thinned out.
#pragma once

#include <vector>

#include "core/engine/graph.h"
#include "core/stepping/thinned_columns.h"

namespace backstep {

class Progress {
 public:
  explicit Progress(const Graph& graph);

  // Layers that have parameters, in program order; each has a norm.
  const std::vector<int>& layers() const { return layers_; }

  // Adds the row of `update` from the graph's loss and gradients, unless it or
  // a later one is there already.
  void record(long update, const Graph& graph);
  void forget_from(long update) { columns_.forget_from(update); }
  // Whether the row of `update` stays when it is no longer the newest.
  bool keeps(long update) const { return columns_.keeps(update); }

  std::size_t size() const { return columns_.size(); }
  const std::vector<double>& updates() const { return columns_.steps(); }
  const std::vector<double>& loss() const { return columns_.column(0); }
  // Norms of layers()[number].
  const std::vector<double>& norm(int number) const {
    return columns_.column(static_cast<std::size_t>(number) + 1);
  }

 private:
  static constexpr std::size_t most_rows = 8192;
  std::vector<int> layers_;
  ThinnedColumns columns_;   // the loss, then the norms
  std::vector<double> row_;  // the one being recorded
};

}  // namespace backstep
