// An Examination runs the parameters of a training forward and backward once
// over its whole training set (or evenly chosen rows of it, where it is large), op by op until a
// deadline, so that norms, flow and statistics can be read off the graph. The
// training itself is left alone.
#pragma once

#include "core/base/deadline.h"
#include "core/runs/rows_pass.h"
#include "core/stepping/timeline.h"

namespace backstep {

struct Dataset {
  NamedData train, test;  // test may be empty
};

class Examination {
 public:
  // `data` outlives it: every examination is of the rows as they are then.
  Examination(const Timeline& timeline, const GraphMaker& make, const Dataset& data,
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
