#include "app/cli/test_loss.h"

#include <algorithm>

#include "app/session/document_graph.h"
#include "core/passes.h"

namespace backstep {

TestLoss::TestLoss(const Document& document) {
  if (!document.test.empty()) graph_ = test_graph_of(document);
}

std::optional<double> TestLoss::of(const Graph& trained) const {
  if (!graph_) return std::nullopt;
  const View from = trained.parameter_memory();
  std::copy(from.begin(), from.end(), graph_->parameter_memory().data);
  forward_pass(*graph_);
  return graph_->node(graph_->loss()).value[0];
}

}  // namespace backstep
