// PassValues are the numbers that a pass was computed with: those in the graph, but for
// parameters that the pass has updated already the values before that.
#pragma once

#include <Eigen/Core>
#include <map>
#include <vector>

#include "core/stepping/timeline.h"

namespace backstep {

class PassValues {
 public:
  explicit PassValues(const Timeline& timeline) : timeline_(timeline) {}

  bool known(int node) const { return timeline_.value_known(node); }
  bool operands_known(int op) const;
  double value(int node, Index entry) { return view_of(node)[entry]; }
  // The call of an op, with its operands as it saw them.
  Call call(int op);

 private:
  using Memory = std::vector<double, Eigen::aligned_allocator<double>>;
  View view_of(int node);

  const Timeline& timeline_;
  std::map<int, Memory> before_update_;
};

}  // namespace backstep
