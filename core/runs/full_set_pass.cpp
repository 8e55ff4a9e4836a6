#include "core/runs/full_set_pass.h"

#include <algorithm>

#include "core/engine/passes.h"

namespace backstep {

namespace {

Graph graph_for_full_set(const Timeline& timeline, const GraphMaker& make, const NamedData& rows,
                         long most_rows) {
  return rows.empty() ? timeline.graph().clone() : graph_that_fits(make, rows, most_rows);
}

}  // namespace

FullSetPass::FullSetPass(const Timeline& timeline, const GraphMaker& make, const Dataset& data,
                         long most_rows)
    : rows_(data.train),
      graph_(graph_for_full_set(timeline, make, data.train, most_rows)),
      takes_leaves_(data.train.empty()) {}

void FullSetPass::begin(const Graph& trained) {
  const View from = takes_leaves_ ? trained.leaf_memory() : trained.parameter_memory();
  std::copy(from.begin(), from.end(), graph_.leaf_memory().data);
  if (!takes_leaves_) load_evenly(graph_, rows_);
  tick_ = 0;
}

bool FullSetPass::work(const Deadline& deadline) {
  const std::size_t forward_ticks = graph_.ops().size();
  const std::size_t ticks = forward_ticks + graph_.backward_ops().size();
  while (tick_ < ticks) {
    if (tick_ < forward_ticks) {
      forward(graph_, graph_.ops()[tick_]);
    } else {
      if (tick_ == forward_ticks) begin_backward(graph_);
      backward(graph_, graph_.backward_ops()[tick_ - forward_ticks]);
    }
    ++tick_;
    if (tick_ < ticks && deadline.passed()) return false;
  }
  return true;
}

}  // namespace backstep
