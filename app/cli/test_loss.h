// A TestLoss is the loss of the parameters being trained on data they are not
// trained on: the same program, built a second time around the test data.
#pragma once

#include <optional>

#include "app/session/document.h"
#include "core/graph.h"

namespace backstep {

class TestLoss {
 public:
  explicit TestLoss(const Document& document);

  // With the parameters of `trained`; nothing when there are no test data.
  std::optional<double> of(const Graph& trained) const;

 private:
  std::optional<Graph> graph_;
};

}  // namespace backstep
