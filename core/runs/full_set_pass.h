// A FullSetPass runs one forward and one backward pass over the whole training set,
// or over evenly chosen rows where the set is large, with the parameters of a run.
// Norms, gradient flow and statistics are then read off its graph. It works op by op
// until a deadline and never touches the run itself.
#pragma once

#include "core/base/deadline.h"
#include "core/runs/inference_pass.h"
#include "core/stepping/timeline.h"

namespace backstep {

struct Dataset {
  NamedData train, test;  // test may be empty
};

class FullSetPass {
 public:
  // `data` outlives it: every pass reads the rows as they are then.
  FullSetPass(const Timeline& timeline, const GraphMaker& make, const Dataset& data,
              long most_rows = 512);
  void begin(const Graph& trained);     // with the parameters it has now
  bool work(const Deadline& deadline);  // true when done
  const Graph& graph() const { return graph_; }

 private:
  const NamedData& rows_;
  Graph graph_;
  bool takes_leaves_;  // there are no named rows: the leaves are the data
  std::size_t tick_ = 0;
};

}  // namespace backstep
