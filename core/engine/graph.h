// A Graph is the computation a program describes: nodes in program order, the
// edges between them, and the memory in which every value and gradient lives.
// A node is a leaf (input, target, parameter or constant) or the result of one
// op. All memory is allocated when the graph is built; stepping and training
// allocate nothing.
//
// `const Graph&` protects the structure, not the numbers: a View of a const graph
// can be written through, and that is how passes, updates and edits work.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/engine/matrix.h"
#include "core/engine/ops.h"

namespace backstep {

enum class NodeKind { input, target, parameter, constant, op };

// "input", "target", "param", "constant", "op"
const char* name_of(NodeKind kind);

// Where a node stands in the program.
struct SourceRange {
  int line = 0, column = 0;        // from 1
  std::size_t begin = 0, end = 0;  // bytes
};

struct Node {
  NodeKind kind = NodeKind::op;
  std::string name;  // empty for intermediate results of a line
  const Op* op = nullptr;
  std::vector<int> inputs;     // nodes, in operand order
  std::vector<int> edges_in;   // edges, in operand order
  std::vector<int> edges_out;  // edges, in program order of their users
  Options options = no_options;
  int layer = 0;  // index into Graph::layers()
  SourceRange source;
  std::string text;       // "x @ W1", as written; for leaves "param"
  std::string data_name;  // "x" of input("x"); empty when data is inline

  bool has_gradient = true;           // false for bare numbers: the 2 of x**2
  bool reaches_loss = false;          // the loss depends on it
  bool leads_from_parameter = false;  // it depends on some parameter

  View value, gradient;
  Call call;  // ops only; its operands are already broadcast

  bool is_leaf() const { return kind != NodeKind::op; }
  bool is_editable() const { return is_leaf() && kind != NodeKind::constant; }
};

inline bool is_op(const Node& node, std::string_view name) {
  return node.op && node.op->name == name;
}

// One use of a node by an op: x * x has two edges.
struct GraphEdge {
  int from = 0, to = 0, operand = 0;
  bool carries_gradient = false;   // `from` has a gradient and `to` reaches the loss
  bool trains = false;             // carries a gradient on to some parameter
  bool broadcast = false;          // `from` is broadcast to the op's shape
  bool sole_contribution = false;  // no other edge carries a gradient to `from`
  View operand_value;              // `from`'s value as the op sees it
  View local;                      // elementwise ops: local derivative, in the op's shape
  View contribution;               // what this edge adds to `from`'s gradient; the sole one
                                   // is that gradient, in the same memory
};

class Graph {
 public:
  const std::vector<Node>& nodes() const { return nodes_; }
  const std::vector<GraphEdge>& edges() const { return edges_; }
  const std::vector<std::string>& layers() const { return layers_; }  // [0] is ""
  const Node& node(int index) const { return nodes_[index]; }
  const GraphEdge& edge(int index) const { return edges_[index]; }

  int loss() const { return loss_; }
  const std::vector<int>& ops() const { return ops_; }                    // forward order
  const std::vector<int>& backward_ops() const { return backward_ops_; }  // backward order
  const std::vector<int>& parameters() const { return parameters_; }
  const std::vector<int>& data_leaves() const { return data_leaves_; }  // input("x")

  // The node called `name`, or -1. A node may have several names (p = a).
  int find(const std::string& name) const;
  const std::vector<std::pair<std::string, int>>& names() const { return names_; }

  // How a node is labelled: with its name, the sign of its op, or its number.
  std::string label(int node) const;

  // The pass that all ops of this graph are part of.
  Pass& pass() const { return *pass_; }

  // Bugs on purpose. set_rule() makes `node` compute by a rule of its own, which may
  // also read the value of one more node, after its operands. If the graph overwrites,
  // contributions replace a gradient instead of being added to it.
  void set_rule(int node, std::shared_ptr<const Op> rule, int looks_at = -1);
  void set_overwrites(bool overwrites) { overwrites_ = overwrites; }
  bool overwrites() const { return overwrites_; }
  void mend_rules();  // every node computes by its row of the table again

  // Each of these is contiguous: the gradients that are sums of contributions; what
  // training changes, that is all parameter values and then the running state of ops;
  // the same and all other leaf values.
  View summed_gradients() const { return {memory_.get() + gradients_at_, {1, gradients_size_}}; }
  View parameter_memory() const { return {memory_.get(), {1, parameters_size_}}; }
  View leaf_memory() const { return {memory_.get(), {1, leaves_size_}}; }
  View scratch() const { return {memory_.get() + scratch_at_, {1, scratch_size_}}; }

  // A second graph of the same program and the same numbers, with its own memory and
  // its own pass.
  Graph clone() const;

  // Whether another graph of the same program has as many rows of data.
  bool shaped_like(const Graph& other) const;

  // Copies all numbers into a clone of this graph.
  void copy_values_to(Graph& clone) const;

 private:
  friend class GraphBuilder;

  struct Free {
    void operator()(double* memory) const;
  };

  void allocate(Index size);              // zeroed
  void rebase(double* from, double* to);  // moves every view from one memory to another

  std::vector<Node> nodes_;
  std::vector<GraphEdge> edges_;
  std::vector<std::string> layers_ = {""};
  std::vector<std::pair<std::string, int>> names_;  // in program order
  std::unordered_map<std::string, int> node_of_name_;
  std::vector<int> ops_, backward_ops_, parameters_, data_leaves_;
  int loss_ = -1;
  std::vector<std::shared_ptr<const Op>> own_rules_;
  std::vector<std::pair<int, const Op*>> replaced_;  // nodes and their rows before set_rule()
  bool overwrites_ = false;

  std::unique_ptr<Pass> pass_ = std::make_unique<Pass>();  // ops point to it
  std::unique_ptr<double[], Free> memory_;
  Index memory_size_ = 0;
  Index parameters_size_ = 0, leaves_size_ = 0, gradients_at_ = 0, gradients_size_ = 0;
  Index scratch_at_ = 0, scratch_size_ = 0;
};

}  // namespace backstep
