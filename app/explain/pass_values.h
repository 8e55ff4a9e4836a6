// PassValues are the numbers a pass was computed with: those in the graph,
// except for parameters that the pass has updated since, which count as they
// were before.
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
  // The operands of a structured op, as it saw them.
  Call call(int op);

 private:
  using Memory = std::vector<double, Eigen::aligned_allocator<double>>;
  View view_of(int node);

  const Timeline& timeline_;
  std::map<int, Memory> before_update_;
};

// The entry of an operand that entry `o` of an elementwise op is made from.
Index stretched_entry(Shape operand, Shape out, Index o);

}  // namespace backstep
