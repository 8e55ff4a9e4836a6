#include "core/slips/broken_rules.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string_view>
#include <utility>

#include "core/ops/op_rows.h"
#include "core/ops/op_table.h"

namespace backstep {

namespace {

// Gives a node a rule of its own, in which `change` has changed the partial of `operand`.
template <typename Change>
bool break_rule(Graph& graph, int node, std::size_t operand, Change change, int looks_at = -1) {
  auto rule = std::make_shared<Op>(*graph.node(node).op);
  change(rule->partials[operand]);
  graph.set_rule(node, std::move(rule), looks_at);
  return true;
}

// Gives an elementwise node another local derivative by `operand`.
bool break_local(Graph& graph, int node, std::size_t operand, void (*local)(const Call&, View),
                 int looks_at = -1) {
  const auto change = [&](Partial& partial) {
    partial.constant = not_given;
    partial.local = local;
  };
  return break_rule(graph, node, operand, change, looks_at);
}

void one_everywhere(const Call&, View local) { array(local).setConstant(1); }

// ---- products ----

// upstream · b instead of upstream · bᵀ
void leave_second_as_it_is(Partial& partial) {
  partial.local_at = [](const Call& c, Index o, Index i) {
    const Index columns = c.out.shape.columns, inner = c.in[0].shape.columns;
    return o / columns == i / inner ? c.in[1](o % columns, i % inner) : 0.0;
  };
  partial.pullback = [](const Call& c, View upstream, View contribution) {
    matrix(contribution).noalias() = matrix(upstream) * matrix(c.in[1]);
  };
}

// a · upstream instead of aᵀ · upstream
void leave_first_as_it_is(Partial& partial) {
  partial.local_at = [](const Call& c, Index o, Index i) {
    const Index columns = c.out.shape.columns;
    return o % columns == i % columns ? c.in[0](i / columns, o / columns) : 0.0;
  };
  partial.pullback = [](const Call& c, View upstream, View contribution) {
    matrix(contribution).noalias() = matrix(c.in[0]) * matrix(upstream);
  };
}

void take_own_first(Partial& partial) {
  partial.local_at = [](const Call& c, Index o, Index i) {
    return o / c.out.shape.columns == i / c.in[0].shape.columns ? c.in[0][i] : 0.0;
  };
  partial.pullback = [](const Call& c, View upstream, View contribution) {
    for (Index row = 0; row < contribution.shape.rows; ++row)
      matrix(contribution).row(row) = matrix(c.in[0]).row(row) * matrix(upstream).row(row).sum();
  };
}

void take_own_second(Partial& partial) {
  partial.local_at = [](const Call& c, Index o, Index i) {
    const Index columns = c.out.shape.columns;
    return o % columns == i % columns ? c.in[1][i] : 0.0;
  };
  partial.pullback = [](const Call& c, View upstream, View contribution) {
    for (Index column = 0; column < contribution.shape.columns; ++column)
      matrix(contribution).col(column) =
          matrix(c.in[1]).col(column) * matrix(upstream).col(column).sum();
  };
}

// ---- losses: the gradient is multiplied by a factor that does not belong there ----

double minus_one(const Call&) { return -1; }
double entry_count(const Call& c) { return static_cast<double>(c.in[0].shape.size()); }
double row_count(const Call& c) { return static_cast<double>(c.in[0].shape.rows); }

// Multiplies the gradient that row `row` of the losses gives its prediction by a factor.
template <double (*factor)(const Call&), std::size_t row>
void scale(Partial& partial) {
  partial.local_at = [](const Call& c, Index o, Index i) {
    return factor(c) * op_table::losses()[row].partials[0].local_at(c, o, i);
  };
  partial.pullback = [](const Call& c, View upstream, View contribution) {
    op_table::losses()[row].partials[0].pullback(c, upstream, contribution);
    array(contribution) *= factor(c);
  };
}

// Partials hold plain function pointers, which cannot remember the row they scale; so a
// function is instantiated for every row.
constexpr std::size_t most_losses = 16;

template <double (*factor)(const Call&), std::size_t... row>
bool scale_loss(Graph& graph, int node, std::index_sequence<row...>) {
  static constexpr std::array<void (*)(Partial&), sizeof...(row)> each = {scale<factor, row>...};
  const auto rows = op_table::losses();
  assert(rows.size() <= most_losses && "most_losses is too small");
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (is_op(graph.node(node), rows[i].name)) return break_rule(graph, node, 0, each[i]);
  return false;
}

template <double (*factor)(const Call&)>
bool scale_loss(Graph& graph, int node) {
  return scale_loss<factor>(graph, node, std::make_index_sequence<most_losses>());
}

bool averages_rows(const Node& node) {
  return node.op && node.op->is_loss && node.op->loss.targets == LossTraits::Targets::one_hot;
}

// If operand `bias` of a sum is a parameter added to x @ W or x * w: the node x, else -1.
int input_beside(const Graph& graph, const Node& sum, std::size_t bias) {
  const Node& product = graph.node(sum.inputs[1 - bias]);
  if (graph.node(sum.inputs[bias]).kind != NodeKind::parameter) return -1;
  if (!is_op(product, "matmul") && !is_op(product, "multiply")) return -1;
  const bool weight_first = graph.node(product.inputs[0]).kind == NodeKind::parameter;
  const int input = product.inputs[weight_first ? 1 : 0];
  return graph.node(input).value.shape.rows == sum.value.shape.rows ? input : -1;
}

}  // namespace

bool is_activation(const Node& node) { return node.op && node.op->is_activation; }

bool take_slope_at_z(Graph& graph, int node) {
  if (is_op(graph.node(node), "sigmoid"))
    return break_local(graph, node, 0, [](const Call& c, View l) {
      array(l) = op_table::x(c) * (1 - op_table::x(c));
    });
  if (is_op(graph.node(node), "tanh"))
    return break_local(graph, node, 0,
                       [](const Call& c, View l) { array(l) = 1 - op_table::x(c).square(); });
  return false;
}

bool forget_slope(Graph& graph, int node) {
  const Op& op = *graph.node(node).op;
  const bool of_one_number = op.is_elementwise() && op.operand_count() == 1 &&
                             op.spelling == Spelling::call && !is_op(graph.node(node), "dropout");
  if (!of_one_number && !is_op(graph.node(node), "power")) return false;
  return break_local(graph, node, 0, one_everywhere);
}

bool forget_transposes(Graph& graph, int node) {
  if (!is_op(graph.node(node), "matmul")) return false;
  const auto is_square = [](Shape shape) { return shape.rows == shape.columns && shape.rows > 1; };
  const Shape first = graph.node(node).call.in[0].shape, second = graph.node(node).call.in[1].shape;
  if (is_square(second)) break_rule(graph, node, 0, leave_second_as_it_is);
  if (is_square(first)) break_rule(graph, node, 1, leave_first_as_it_is);
  return is_square(first) || is_square(second);
}

bool turn_sign(Graph& graph, int node) {
  if (graph.node(node).op->is_loss) return scale_loss<minus_one>(graph, node);
  return is_op(graph.node(node), "subtract") && break_local(graph, node, 1, one_everywhere);
}

double divisor_of(const Node& node) {
  if (averages_rows(node)) return row_count(node.call);
  const bool averages = node.op && (node.op->is_loss || is_op(node, "mean"));
  return averages ? entry_count(node.call) / static_cast<double>(node.value.shape.size()) : 1;
}

bool forget_mean(Graph& graph, int node) {
  if (divisor_of(graph.node(node)) == 1) return false;
  if (averages_rows(graph.node(node))) return scale_loss<row_count>(graph, node);
  if (graph.node(node).op->is_loss) return scale_loss<entry_count>(graph, node);
  return break_rule(graph, node, 0, [](Partial& partial) {
    const Partial& sum = find_op("sum", Spelling::call)->partials[0];
    partial.local_at = sum.local_at;
    partial.pullback = sum.pullback;
  });
}

bool take_bias_for_weight(Graph& graph, int node) {
  if (!is_op(graph.node(node), "add")) return false;
  const auto first_column = [](const Call& c, View l) {
    for (Index row = 0; row < l.shape.rows; ++row) matrix(l).row(row).setConstant(c.in[2](row, 0));
  };
  for (std::size_t bias = 0; bias < 2; ++bias) {
    const int input = input_beside(graph, graph.node(node), bias);
    if (input >= 0) return break_local(graph, node, bias, first_column, input);
  }
  return false;
}

bool take_own_value(Graph& graph, int node) {
  if (is_op(graph.node(node), "matmul")) {
    break_rule(graph, node, 0, take_own_first);
    return break_rule(graph, node, 1, take_own_second);
  }
  if (!is_op(graph.node(node), "multiply")) return false;
  break_local(graph, node, 0, [](const Call& c, View l) { array(l) = op_table::a(c); });
  return break_local(graph, node, 1, [](const Call& c, View l) { array(l) = op_table::b(c); });
}

}  // namespace backstep
