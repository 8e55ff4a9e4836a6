// OneOp is a graph of a single op on leaves of given values, with its sum as the loss.
#pragma once

#include <vector>

#include "core/engine/graph_builder.h"
#include "core/ops/op_table.h"

namespace backstep {

struct OneOp {
  Graph graph;
  int node = -1;
  const Node& get() const { return graph.node(node); }
};

// Builds the graph; false where the op does not accept these shapes.
inline bool build(const Op& op, const std::vector<Matrix>& operands, const Options& options,
                  OneOp& result) {
  GraphBuilder builder;
  std::vector<int> inputs;
  for (const Matrix& operand : operands)
    inputs.push_back(builder.add_leaf(NodeKind::parameter, operand, {}, "param"));
  std::string mistake;
  result.node = builder.add_op(op, inputs, options, {}, "", mistake);
  if (result.node < 0) return false;
  const int loss =
      builder.add_op(*find_op("sum", Spelling::call), {result.node}, no_options, {}, "", mistake);
  result.graph = builder.finish(loss);
  return true;
}

// Operands of these shapes, filled with the op's sample points.
inline std::vector<Matrix> samples_of(const Op& op, const std::vector<Shape>& shapes) {
  std::vector<Matrix> operands;
  std::size_t drawn = 0;
  for (Shape shape : shapes) {
    operands.push_back({shape, {}});
    for (Index i = 0; i < shape.size(); ++i, ++drawn)
      operands.back().entries.push_back(op.samples[drawn % op.samples.size()] +
                                        0.006 * static_cast<double>(drawn));  // all distinct
  }
  return operands;
}

// Sets each option alone to each of its choices, or to a few numbers where any will do.
inline std::vector<Options> all_options(const Op& op) {
  std::vector<Options> list = {no_options};
  for (std::size_t i = 0; i < op.options.size(); ++i) {
    const Option& option = op.options[i];
    const std::vector<double> numbers = {0, 0.3, 4};
    for (double number : option.choices.empty() ? numbers : option.choices) {
      if (option.fits && !option.fits(number)) continue;
      list.push_back(no_options);
      list.back()[i] = number;
    }
  }
  return list;
}

}  // namespace backstep
