#include "core/stepping/progress.h"

#include <algorithm>

#include "core/engine/passes.h"

namespace backstep {

namespace {

std::vector<int> layers_with_parameters(const Graph& graph) {
  std::vector<int> layers;
  for (int parameter : graph.parameters()) layers.push_back(graph.node(parameter).layer);
  std::sort(layers.begin(), layers.end());
  layers.erase(std::unique(layers.begin(), layers.end()), layers.end());
  return layers;
}

}  // namespace

Progress::Progress(const Graph& graph)
    : layers_(layers_with_parameters(graph)),
      columns_(1 + layers_.size(), most_rows),
      row_(1 + layers_.size()) {}

void Progress::record(long update, const Graph& graph) {
  if (update <= columns_.last()) return;
  row_[0] = graph.node(graph.loss()).value[0];
  for (std::size_t i = 0; i < layers_.size(); ++i) row_[i + 1] = gradient_norm(graph, layers_[i]);
  columns_.add(update, row_);
}

}  // namespace backstep
