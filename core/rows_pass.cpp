#include "core/rows_pass.h"

#include <algorithm>
#include <cassert>

#include "core/passes.h"

namespace backstep {

namespace {

// Rows `first` … `first + count - 1` of every matrix.
NamedData part_of(const NamedData& data, long first, long count) {
  NamedData part;
  for (const auto& [name, rows] : data) {
    const auto width = rows.shape.columns;
    Matrix& to = part[name];
    to.shape = {count, width};
    to.entries.assign(rows.entries.begin() + first * width,
                      rows.entries.begin() + (first + count) * width);
  }
  return part;
}

void load_rows(const Graph& graph, const NamedData& data, long first) {
  for (const Node& node : graph.nodes()) {
    if (node.data_name.empty()) continue;
    const double* from = data.at(node.data_name).entries.data();
    std::copy_n(from + first * node.value.shape.columns, node.value.shape.size(), node.value.data);
  }
}

void load_trained(const Graph& graph, const Graph& trained) {
  const View from = trained.parameter_memory();
  assert(from.shape == graph.parameter_memory().shape && "both graphs are of one program");
  std::copy(from.begin(), from.end(), graph.parameter_memory().data);
}

}  // namespace

RowsPass::RowsPass(const GraphMaker& make, NamedData rows, long chunk) : data_(std::move(rows)) {
  assert(!data_.empty() && "there are rows to go through");
  count_ = data_.begin()->second.shape.rows;
  chunk_ = std::min(chunk, count_);
  const auto build = [&](std::optional<Graph>& graph, long rows_of_it) {
    graph = make(part_of(data_, 0, rows_of_it));
    graph->pass().mode = PassMode::evaluation;
  };
  build(whole_, chunk_);
  if (count_ % chunk_ != 0) build(rest_, count_ % chunk_);
  row_ = count_;
}

Graph& RowsPass::graph_at(long row) { return count_ - row >= chunk_ ? *whole_ : *rest_; }

void RowsPass::begin(const Graph& trained) {
  load_trained(*whole_, trained);
  if (rest_) load_trained(*rest_, trained);
  row_ = 0;
  op_ = 0;
}

bool RowsPass::work(const Deadline& deadline, const Done& done) {
  while (row_ < count_) {
    const Graph& graph = graph_at(row_);
    if (op_ == 0) load_rows(graph, data_, row_);
    while (op_ < graph.ops().size()) {
      forward(graph, graph.ops()[op_++]);
      if (op_ < graph.ops().size() && deadline.passed()) return false;
    }
    const long rows = graph_rows(row_);
    done(graph, row_, rows);
    row_ += rows;
    op_ = 0;
    if (row_ < count_ && deadline.passed()) return false;
  }
  return true;
}

void SplitLoss::begin(const Graph& trained) {
  pass_.begin(trained);
  loss_ = 0;
}

bool SplitLoss::work(const Deadline& deadline) {
  return pass_.work(deadline, [this](const Graph& graph, long, long count) {
    const double share = static_cast<double>(count) / static_cast<double>(pass_.rows());
    loss_ += share * graph.node(graph.loss()).value[0];
  });
}

}  // namespace backstep
