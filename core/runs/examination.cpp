#include "core/runs/examination.h"

#include <algorithm>

#include "core/engine/passes.h"

namespace backstep {

namespace {

Graph examined_graph(const Timeline& timeline, const GraphMaker& make, const NamedData& rows,
                     long most_rows) {
  return rows.empty() ? timeline.graph().clone() : graph_that_fits(make, rows, most_rows);
}

}  // namespace

Examination::Examination(const Timeline& timeline, const GraphMaker& make, const Dataset& data,
                         long most_rows)
    : rows_(data.train),
      graph_(examined_graph(timeline, make, data.train, most_rows)),
      takes_leaves_(data.train.empty()) {}

void Examination::begin(const Graph& trained) {
  const View from = takes_leaves_ ? trained.leaf_memory() : trained.parameter_memory();
  std::copy(from.begin(), from.end(), graph_.leaf_memory().data);
  if (!takes_leaves_) load_evenly(graph_, rows_);
  tick_ = 0;
}

bool Examination::work(const Deadline& deadline) {
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
