#include "core/stepping/progress.h"

#include <algorithm>

#include "core/engine/passes.h"

namespace backstep {

Progress::Progress(const Graph& graph) {
  for (int parameter : graph.parameters()) layers_.push_back(graph.node(parameter).layer);
  std::sort(layers_.begin(), layers_.end());
  layers_.erase(std::unique(layers_.begin(), layers_.end()), layers_.end());
  norms_.resize(layers_.size());
  updates_.reserve(most_rows);
  loss_.reserve(most_rows);
  for (auto& norm : norms_) norm.reserve(most_rows);
}

void Progress::record(long update, const Graph& graph) {
  if (!updates_.empty() && static_cast<long>(updates_.back()) >= update) return;
  // A row that was only the newest gives way to the next.
  if (!updates_.empty() && !keeps(static_cast<long>(updates_.back()))) pop();
  if (updates_.size() == most_rows) drop_every_second();
  updates_.push_back(static_cast<double>(update));
  loss_.push_back(graph.node(graph.loss()).value[0]);
  for (std::size_t i = 0; i < layers_.size(); ++i)
    norms_[i].push_back(gradient_norm(graph, layers_[i]));
}

void Progress::forget_from(long update) {
  while (!updates_.empty() && static_cast<long>(updates_.back()) >= update) pop();
}

void Progress::pop() {
  updates_.pop_back();
  loss_.pop_back();
  for (auto& norm : norms_) norm.pop_back();
}

void Progress::drop_every_second() {
  stride_ *= 2;
  std::size_t kept = 0;
  for (std::size_t row = 0; row < updates_.size(); ++row) {
    if (!keeps(static_cast<long>(updates_[row]))) continue;
    updates_[kept] = updates_[row];
    loss_[kept] = loss_[row];
    for (auto& norm : norms_) norm[kept] = norm[row];
    ++kept;
  }
  updates_.resize(kept);
  loss_.resize(kept);
  for (auto& norm : norms_) norm.resize(kept);
}

}  // namespace backstep
