#include "core/examination.h"

#include <algorithm>

#include "core/passes.h"

namespace backstep {

namespace {

// At most `most_rows` rows, evenly chosen.
NamedData thinned(const NamedData& data, long most_rows) {
  NamedData part;
  for (const auto& [name, rows] : data) {
    const Index all = rows.shape.rows, kept = std::min<Index>(all, most_rows);
    Matrix& to = part[name];
    to.shape = {kept, rows.shape.columns};
    to.entries.clear();
    for (Index i = 0; i < kept; ++i) {
      const auto from = rows.entries.begin() + i * all / kept * rows.shape.columns;
      to.entries.insert(to.entries.end(), from, from + rows.shape.columns);
    }
  }
  return part;
}

}  // namespace

Examination::Examination(const Timeline& timeline, const GraphMaker& make, const Dataset& data,
                         long most_rows)
    : graph_(data.train.empty() ? timeline.graph().clone() : make(thinned(data.train, most_rows))),
      takes_leaves_(data.train.empty()) {}

void Examination::begin(const Graph& trained) {
  const View from = takes_leaves_ ? trained.leaf_memory() : trained.parameter_memory();
  std::copy(from.begin(), from.end(), graph_.leaf_memory().data);
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
