#include "core/engine/graph_builder.h"

#include <algorithm>
#include <cassert>

#include "core/engine/arrays.h"

namespace backstep {

void GraphBuilder::begin_layer(const std::string& name) {
  auto& layers = graph_.layers_;
  const auto known = std::find(layers.begin(), layers.end(), name);
  layer_ = static_cast<int>(known - layers.begin());
  if (known == layers.end()) layers.push_back(name);
}

int GraphBuilder::add_leaf(NodeKind kind, const Matrix& value, const SourceRange& source,
                           const std::string& text) {
  Node node;
  node.kind = kind;
  node.layer = layer_;
  node.source = source;
  node.text = text;
  node.value.shape = node.gradient.shape = value.shape;
  graph_.nodes_.push_back(node);
  leaf_values_.push_back(value);
  memory_needed_ += 2 * padded(value.shape.size());
  const int index = static_cast<int>(graph_.nodes_.size()) - 1;
  if (kind == NodeKind::parameter) graph_.parameters_.push_back(index);
  return index;
}

void GraphBuilder::set_data_name(int leaf, const std::string& name) {
  graph_.nodes_[leaf].data_name = name;
  graph_.data_leaves_.push_back(leaf);
}

namespace {

// The options of the next node of `op`, with defaults for those not given.
Options with_defaults(const Op& op, Options options, const std::vector<Node>& nodes) {
  for (std::size_t i = 0; i < op.options.size(); ++i) {
    const Option& option = op.options[i];
    if (options[i] == options[i]) continue;
    options[i] = option.default_value;
    if (option.auto_numbered)
      options[i] += static_cast<double>(std::count_if(
          nodes.begin(), nodes.end(), [&](const Node& node) { return node.op == &op; }));
  }
  return options;
}

Shape elementwise_shape(const std::vector<Shape>& in, std::string& mistake) {
  Shape shape = in[0];
  for (const Shape& next : in)
    if (!broadcast(shape, next, shape))
      mistake =
          in[0].columns != next.columns && in[0].columns != 1 && next.columns != 1
              ? std::to_string(in[0].columns) + " columns against " + std::to_string(next.columns)
              : std::to_string(in[0].rows) + " rows against " + std::to_string(next.rows);
  return shape;
}

}  // namespace

int GraphBuilder::add_op(const Op& op, const std::vector<int>& inputs, const Options& options,
                         const SourceRange& source, const std::string& text, std::string& mistake) {
  std::vector<Shape> in;
  for (int input : inputs) in.push_back(shape_of(input));
  Node node;
  node.op = &op;
  node.inputs = inputs;
  node.options = options;
  node.call.options = with_defaults(op, options, graph_.nodes_);
  node.layer = layer_;
  node.source = source;
  node.text = text;
  const Shape shape =
      op.is_elementwise() ? elementwise_shape(in, mistake) : op.shape(in, node.call, mistake);
  if (!mistake.empty()) {
    mistake = in.size() == 1
                  ? to_string(in[0]) + " " + mistake
                  : to_string(in[0]) + " and " + to_string(in[1]) + " do not fit, " + mistake;
    return -1;
  }
  node.value.shape = node.gradient.shape = shape;
  if (op.state_shape) {
    node.call.state.shape = op.state_shape(in);
    memory_needed_ += padded(node.call.state.shape.size());
  }
  const int index = static_cast<int>(graph_.nodes_.size());
  for (int operand = 0; operand < op.operand_count(); ++operand) {
    GraphEdge edge;
    edge.from = inputs[operand];
    edge.to = index;
    edge.operand = operand;
    edge.broadcast = op.is_elementwise() && in[operand] != shape;
    const int number = static_cast<int>(graph_.edges_.size());
    graph_.edges_.push_back(edge);
    graph_.nodes_[edge.from].edges_out.push_back(number);
    node.edges_in.push_back(number);
    memory_needed_ +=
        padded(in[operand].size()) + padded(shape.size()) * (op.is_elementwise() + edge.broadcast);
  }
  memory_needed_ += 2 * padded(shape.size());
  graph_.nodes_.push_back(node);
  graph_.ops_.push_back(index);
  leaf_values_.emplace_back();
  return index;
}

void GraphBuilder::set_name(int node, const std::string& name) {
  if (graph_.nodes_[node].name.empty()) graph_.nodes_[node].name = name;
  graph_.names_.emplace_back(name, node);
  graph_.node_of_name_.emplace(name, node);
}

void GraphBuilder::set_bare_number(int node, bool bare) {
  graph_.nodes_[node].has_gradient = !bare;
}

void GraphBuilder::find_what_reaches_the_loss() {
  auto& nodes = graph_.nodes_;
  nodes[graph_.loss_].reaches_loss = true;
  for (auto op = graph_.ops_.rbegin(); op != graph_.ops_.rend(); ++op) {
    if (!nodes[*op].reaches_loss) continue;
    graph_.backward_ops_.push_back(*op);
    for (int input : nodes[*op].inputs) nodes[input].reaches_loss = true;
  }
  std::vector<int> carrying(nodes.size(), 0);
  for (GraphEdge& edge : graph_.edges_) {
    edge.carries_gradient = nodes[edge.to].reaches_loss && nodes[edge.from].has_gradient;
    carrying[edge.from] += edge.carries_gradient;
  }
  for (GraphEdge& edge : graph_.edges_)
    edge.sole_contribution = edge.carries_gradient && carrying[edge.from] == 1;
}

void GraphBuilder::find_what_parameters_change() {
  auto& nodes = graph_.nodes_;
  for (int parameter : graph_.parameters_) nodes[parameter].leads_from_parameter = true;
  for (int op : graph_.ops_)
    for (int input : nodes[op].inputs)
      if (nodes[input].leads_from_parameter) nodes[op].leads_from_parameter = true;
  for (GraphEdge& edge : graph_.edges_)
    edge.trains = edge.carries_gradient && nodes[edge.from].leads_from_parameter;
}

View GraphBuilder::take(Shape shape) {
  View view = {memory_ ? memory_ + taken_ : nullptr, shape};
  taken_ += padded(shape.size());
  return view;
}

Graph GraphBuilder::finish(int loss) {
  assert(loss >= 0 && shape_of(loss) == Shape{} &&
         "the loss is 1×1: whoever builds the graph checks that");
  graph_.loss_ = loss;
  find_what_reaches_the_loss();
  find_what_parameters_change();
  lay_out_memory();  // once to learn the size,
  graph_.allocate(taken_);
  memory_ = graph_.memory_.get();
  lay_out_memory();  // once to place everything
  for (std::size_t i = 0; i < graph_.nodes_.size(); ++i) {
    Node& node = graph_.nodes_[i];
    if (node.is_leaf())
      std::copy(leaf_values_[i].entries.begin(), leaf_values_[i].entries.end(), node.value.data);
  }
  for (int index : graph_.ops_) {
    Call& call = graph_.nodes_[index].call;
    call.pass = graph_.pass_.get();
    if (call.state.data) graph_.nodes_[index].op->start_state(call.state);
  }
  for (GraphEdge& edge : graph_.edges_) {
    const Op& op = *graph_.nodes_[edge.to].op;
    const double constant = op.partials[edge.operand].constant;
    if (op.is_elementwise() && constant == constant) array(edge.local).setConstant(constant);
  }
  return std::move(graph_);
}

// What training changes comes first, parameters and running state, then the other
// leaves, so that each group can be saved and restored in one copy; then values of
// ops, gradients, and what edges hold.
void GraphBuilder::lay_out_memory() {
  taken_ = 0;
  auto& nodes = graph_.nodes_;
  for (int parameter : graph_.parameters_) nodes[parameter].value = take(shape_of(parameter));
  for (int op : graph_.ops_)
    if (nodes[op].op->state_shape) nodes[op].call.state = take(nodes[op].call.state.shape);
  graph_.parameters_size_ = taken_;
  for (Node& node : nodes)
    if (node.is_leaf() && node.kind != NodeKind::parameter) node.value = take(node.value.shape);
  graph_.leaves_size_ = taken_;
  Index largest = 1;
  for (int op : graph_.ops_) {
    nodes[op].value = take(nodes[op].value.shape);
    largest = std::max(largest, nodes[op].value.shape.size());
  }
  graph_.gradients_at_ = taken_;
  const auto has_sole_contribution = [&](const Node& node) {
    return std::any_of(node.edges_out.begin(), node.edges_out.end(),
                       [&](int edge) { return graph_.edges_[edge].sole_contribution; });
  };
  for (Node& node : nodes)
    if (!has_sole_contribution(node)) node.gradient = take(node.value.shape);
  graph_.gradients_size_ = taken_ - graph_.gradients_at_;
  for (Node& node : nodes)
    if (has_sole_contribution(node)) node.gradient = take(node.value.shape);
  for (GraphEdge& edge : graph_.edges_) {
    const Node& from = nodes[edge.from];
    const Node& to = nodes[edge.to];
    edge.operand_value = edge.broadcast ? take(to.value.shape) : from.value;
    if (to.op->is_elementwise()) edge.local = take(to.value.shape);
    edge.contribution = edge.sole_contribution ? from.gradient : take(from.value.shape);
  }
  graph_.scratch_at_ = taken_;
  graph_.scratch_size_ = padded(largest);
  taken_ += graph_.scratch_size_;

  for (int op : graph_.ops_) {
    Node& node = nodes[op];
    node.call.out = node.value;
    for (int edge : node.edges_in)
      node.call.in[graph_.edges_[edge].operand] = graph_.edges_[edge].operand_value;
  }
}

}  // namespace backstep
