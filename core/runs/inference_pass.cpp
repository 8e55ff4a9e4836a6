#include "core/runs/inference_pass.h"

#include <algorithm>
#include <cassert>

#include "core/engine/passes.h"

namespace backstep {

namespace {

// The number, among `all` rows, of row `i` of `kept` evenly chosen ones.
Index chosen(Index i, Index kept, Index all) { return i * all / kept; }

NamedData evenly_chosen(const NamedData& data, long most_rows) {
  NamedData part;
  for (const auto& [name, rows] : data) {
    const Index all = rows.shape.rows, kept = std::min<Index>(all, most_rows);
    Matrix& to = part[name];
    to.shape = {kept, rows.shape.columns};
    to.entries.clear();
    for (Index i = 0; i < kept; ++i) {
      const auto from = rows.entries.begin() + chosen(i, kept, all) * rows.shape.columns;
      to.entries.insert(to.entries.end(), from, from + rows.shape.columns);
    }
  }
  return part;
}

void load_rows(const Graph& graph, const NamedData& data, long first) {
  for (const Node& node : graph.nodes()) {
    if (node.data_name.empty()) continue;
    const double* from = data.at(node.data_name).entries.data();
    std::copy_n(from + first * node.value.shape.columns, node.value.shape.size(), node.value.data);
    round_all(node.value, graph.pass().precision);
  }
}

void load_trained(const Graph& graph, const Graph& trained) {
  const View from = trained.parameter_memory();
  assert(from.shape == graph.parameter_memory().shape && "both graphs are of one program");
  std::copy(from.begin(), from.end(), graph.parameter_memory().data);
}

}  // namespace

Graph graph_that_fits(const GraphMaker& make, const NamedData& data, long& rows) {
  long all = 0;
  for (const auto& [name, matrix] : data) all = std::max<long>(all, matrix.shape.rows);
  rows = std::min(rows, all);
  while (true) {
    try {
      return make(evenly_chosen(data, rows));
    } catch (const ProgramTooLarge&) {
      if (rows <= 1) throw;
      rows = rows * 5 / 8;  // halving could keep only every second row: rows of one class
    }
  }
}

void load_evenly(const Graph& graph, const NamedData& data) {
  for (int leaf : graph.data_leaves()) {
    const Node& node = graph.node(leaf);
    const Matrix& rows = data.at(node.data_name);
    const Index width = rows.shape.columns, kept = node.value.shape.rows;
    for (Index i = 0; i < kept; ++i)
      std::copy_n(rows.entries.begin() + chosen(i, kept, rows.shape.rows) * width, width,
                  node.value.data + i * width);
    round_all(node.value, graph.pass().precision);
  }
}

InferencePass::InferencePass(const GraphMaker& make, const NamedData& rows, long chunk)
    : data_(rows) {
  assert(!data_.empty() && "there are rows to go through");
  count_ = data_.begin()->second.shape.rows;
  chunk_ = chunk;
  whole_ = graph_that_fits(make, data_, chunk_);
  whole_->pass().mode = PassMode::evaluation;
  if (long rest = count_ % chunk_; rest != 0) {
    rest_ = graph_that_fits(make, data_, rest);
    rest_->pass().mode = PassMode::evaluation;
  }
  row_ = count_;
}

Graph& InferencePass::graph_at(long row) { return count_ - row >= chunk_ ? *whole_ : *rest_; }

void InferencePass::begin(const Graph& trained) {
  load_trained(*whole_, trained);
  if (rest_) load_trained(*rest_, trained);
  row_ = 0;
  op_ = 0;
}

bool InferencePass::work(const Deadline& deadline, const Done& done) {
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

void DatasetLoss::begin(const Graph& trained) {
  pass_.begin(trained);
  loss_ = 0;
}

bool DatasetLoss::work(const Deadline& deadline) {
  return pass_.work(deadline, [this](const Graph& graph, long, long count) {
    const double share = static_cast<double>(count) / static_cast<double>(pass_.rows());
    loss_ += share * graph.node(graph.loss()).value[0];
  });
}

}  // namespace backstep
