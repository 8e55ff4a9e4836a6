// A GraphBuilder puts a Graph together node by node, in program order, then finds
// out what reaches the loss and lays out the memory.
#pragma once

#include <string>
#include <vector>

#include "core/engine/graph.h"

namespace backstep {

class GraphBuilder {
 public:
  // Nodes added from here on belong to the layer called `name`.
  void begin_layer(const std::string& name);

  int add_leaf(NodeKind kind, const Matrix& value, const SourceRange& source,
               const std::string& text);
  // Names the data of a leaf read from input("name").
  void set_data_name(int leaf, const std::string& name);

  // The node of `op` on `inputs`. If shapes do not fit it is -1, and `mistake` says why:
  // "1×2 and 3×1 do not fit, 2 columns against 3 rows".
  int add_op(const Op& op, const std::vector<int>& inputs,
             const Options& options, const SourceRange& source,
             const std::string& text, std::string& mistake);

  // Names `node`. One that has a name keeps it, and can be found by both.
  void set_name(int node, const std::string& name);
  // A bare number inside an expression is part of the op and has no gradient.
  void set_bare_number(int node, bool bare);

  const Graph& graph() const { return graph_; }
  Shape shape_of(int node) const { return graph_.nodes_[node].value.shape; }
  // Doubles of memory that the nodes added so far will take.
  Index memory_needed() const { return memory_needed_; }

  Graph finish(int loss);

 private:
  void find_what_reaches_the_loss();
  void find_what_parameters_change();
  void lay_out_memory();
  View take(Shape shape);

  Graph graph_;
  int layer_ = 0;
  double* memory_ = nullptr;
  Index taken_ = 0, memory_needed_ = 0;
  std::vector<Matrix> leaf_values_;  // by node, empty for ops
};

}  // namespace backstep
