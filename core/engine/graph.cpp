#include "core/engine/graph.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <new>

namespace backstep {

const char* name_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::input:
      return "input";
    case NodeKind::target:
      return "target";
    case NodeKind::parameter:
      return "param";
    case NodeKind::constant:
      return "constant";
    case NodeKind::op:
      return "op";
  }
  return "";
}

int Graph::find(const std::string& name) const {
  const auto found = node_of_name_.find(name);
  return found == node_of_name_.end() ? -1 : found->second;
}

std::string Graph::label(int index) const {
  const Node& node = nodes_[index];
  if (!node.name.empty()) return node.name;
  return node.op ? node.op->sign : node.text;
}

void Graph::set_rule(int index, std::shared_ptr<const Op> rule, int looks_at) {
  Node& node = nodes_[index];
  assert(node.op && "leaves follow no rule");
  assert((looks_at < 0 || node.inputs.size() < max_operands) && "a call has room for one more");
  replaced_.emplace_back(index, node.op);
  node.op = rule.get();
  if (looks_at >= 0) node.call.in[node.inputs.size()] = nodes_[looks_at].value;
  own_rules_.push_back(std::move(rule));
}

void Graph::mend_rules() {
  for (auto rule = replaced_.rbegin(); rule != replaced_.rend(); ++rule)
    nodes_[rule->first].op = rule->second;
  replaced_.clear();
  own_rules_.clear();
  overwrites_ = false;
}

void Graph::Free::operator()(double* memory) const {
  ::operator delete[](memory, std::align_val_t(64));
}

void Graph::allocate(Index size) {
  memory_size_ = size;
  memory_.reset(new (std::align_val_t(64)) double[static_cast<std::size_t>(size)]());
}

void Graph::rebase(double* from, double* to) {
  const auto move = [&](View& view) {
    if (view.data) view.data = to + (view.data - from);
  };
  for (Node& node : nodes_) {
    move(node.value);
    move(node.gradient);
    for (View& operand : node.call.in) move(operand);
    move(node.call.out);
    move(node.call.state);
  }
  for (GraphEdge& edge : edges_) {
    move(edge.operand_value);
    move(edge.local);
    move(edge.contribution);
  }
}

Graph Graph::clone() const {
  Graph copy;
  copy.nodes_ = nodes_;
  copy.edges_ = edges_;
  copy.layers_ = layers_;
  copy.names_ = names_;
  copy.node_of_name_ = node_of_name_;
  copy.ops_ = ops_;
  copy.backward_ops_ = backward_ops_;
  copy.parameters_ = parameters_;
  copy.data_leaves_ = data_leaves_;
  copy.loss_ = loss_;
  copy.own_rules_ = own_rules_;
  copy.replaced_ = replaced_;
  copy.overwrites_ = overwrites_;
  copy.parameters_size_ = parameters_size_;
  copy.leaves_size_ = leaves_size_;
  copy.gradients_at_ = gradients_at_;
  copy.gradients_size_ = gradients_size_;
  copy.scratch_at_ = scratch_at_;
  copy.scratch_size_ = scratch_size_;
  copy.allocate(memory_size_);
  copy_values_to(copy);
  copy.rebase(memory_.get(), copy.memory_.get());
  *copy.pass_ = *pass_;
  for (int op : ops_) copy.nodes_[op].call.pass = copy.pass_.get();
  return copy;
}

bool Graph::shaped_like(const Graph& other) const {
  return std::equal(data_leaves_.begin(), data_leaves_.end(), other.data_leaves_.begin(),
                    other.data_leaves_.end(), [&](int mine, int theirs) {
                      return node(mine).value.shape == other.node(theirs).value.shape;
                    });
}

void Graph::copy_values_to(Graph& other) const {
  std::memcpy(other.memory_.get(), memory_.get(), sizeof(double) * memory_size_);
}

}  // namespace backstep
