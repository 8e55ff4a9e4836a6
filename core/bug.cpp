#include "core/bug.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/op_table.h"
#include "core/passes.h"

namespace backstep {

namespace {

// ---- whether a bug changes a number ------------------------------------------

Graph with(const Graph& graph, void (*plant)(Graph&)) {
  Graph broken = graph.clone();
  plant(broken);
  forward_and_backward_pass(broken);
  return broken;
}

// Whether some parameter's gradient is another one, by more than 1e-4 of its size.
template <void (*plant)(Graph&)>
bool changes_a_gradient(const Graph& graph, const Training&) {
  const Graph right = with(graph, [](Graph&) {}), broken = with(graph, plant);
  return std::any_of(graph.parameters().begin(), graph.parameters().end(), [&](int parameter) {
    const auto a = entries(right.node(parameter).gradient);
    const auto b = entries(broken.node(parameter).gradient);
    return (a - b).matrix().norm() > 1e-4 * std::max(a.matrix().norm(), b.matrix().norm());
  });
}

bool has_gradients(const Graph& graph) {
  const Graph right = with(graph, [](Graph&) {});
  return std::any_of(graph.parameters().begin(), graph.parameters().end(), [&](int parameter) {
    return (entries(right.node(parameter).gradient) != 0).any();
  });
}

// ---- breaking the rules of nodes ---------------------------------------------

// Gives a node a rule of its own and calls `work` with the partial of `operand`.
template <typename Work>
void break_rule(Graph& graph, int node, std::size_t operand, Work work, int looks_at = -1) {
  auto rule = std::make_shared<Op>(*graph.node(node).op);
  work(rule->partials[operand]);
  graph.set_rule(node, std::move(rule), looks_at);
}

void use_local(Partial& partial, void (*local)(const Call&, View)) {
  partial.constant = not_given;
  partial.local = local;
}

bool is(const Node& node, std::string_view name) { return node.op && node.op->name == name; }

void take_slope_at_z(Graph& graph) {
  for (int op : graph.ops()) {
    if (is(graph.node(op), "sigmoid"))
      break_rule(graph, op, 0, [](Partial& partial) {
        use_local(partial,
                  [](const Call& c, View l) { array(l) = op_table::x(c) * (1 - op_table::x(c)); });
      });
    if (is(graph.node(op), "tanh"))
      break_rule(graph, op, 0, [](Partial& partial) {
        use_local(partial, [](const Call& c, View l) { array(l) = 1 - op_table::x(c).square(); });
      });
  }
}

bool is_activation(const Node& node) {
  const auto rows = op_table::activations();
  return std::any_of(rows.begin(), rows.end(), [&](const Op& row) { return is(node, row.name); });
}

void forget_slopes(Graph& graph) {
  for (int op : graph.ops())
    if (is_activation(graph.node(op)))
      break_rule(graph, op, 0, [](Partial& partial) {
        use_local(partial, [](const Call&, View l) { array(l).setConstant(1); });
      });
}

// upstream · b instead of upstream · bᵀ, which fits where b is square.
void leave_second_as_it_is(Partial& partial) {
  partial.local_at = [](const Call& c, Index o, Index i) {
    const Index columns = c.out.shape.columns, inner = c.in[0].shape.columns;
    return o / columns == i / inner ? c.in[1](o % columns, i % inner) : 0.0;
  };
  partial.pullback = [](const Call& c, View upstream, View contribution) {
    matrix(contribution).noalias() = matrix(upstream) * matrix(c.in[1]);
  };
}

// a · upstream instead of aᵀ · upstream, which fits where a is square.
void leave_first_as_it_is(Partial& partial) {
  partial.local_at = [](const Call& c, Index o, Index i) {
    const Index columns = c.out.shape.columns;
    return o % columns == i % columns ? c.in[0](i / columns, o / columns) : 0.0;
  };
  partial.pullback = [](const Call& c, View upstream, View contribution) {
    matrix(contribution).noalias() = matrix(c.in[0]) * matrix(upstream);
  };
}

void forget_transposes(Graph& graph) {
  const auto is_square = [](Shape shape) { return shape.rows == shape.columns && shape.rows > 1; };
  for (int op : graph.ops()) {
    const Node& node = graph.node(op);
    if (!is(node, "matmul")) continue;
    if (is_square(node.call.in[1].shape)) break_rule(graph, op, 0, leave_second_as_it_is);
    if (is_square(node.call.in[0].shape)) break_rule(graph, op, 1, leave_first_as_it_is);
  }
}

// ---- losses whose gradient is multiplied by what it should not be ----------------

double minus_one(const Call&) { return -1; }
double entry_count(const Call& c) { return static_cast<double>(c.in[0].shape.size()); }
double row_count(const Call& c) { return static_cast<double>(c.in[0].shape.rows); }

// The gradient that row `row` of the losses hands to its prediction, times a factor.
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

// Rules hold plain functions, so each row has its own; there is room for more.
constexpr std::size_t most_losses = 16;

template <double (*factor)(const Call&), std::size_t... row>
void scale_loss(Graph& graph, int node, std::index_sequence<row...>) {
  static constexpr std::array<void (*)(Partial&), sizeof...(row)> each = {scale<factor, row>...};
  const auto rows = op_table::losses();
  assert(rows.size() <= most_losses && "there is a function for every loss");
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (is(graph.node(node), rows[i].name)) return break_rule(graph, node, 0, each[i]);
}

template <double (*factor)(const Call&)>
void scale_loss(Graph& graph, int node) {
  scale_loss<factor>(graph, node, std::make_index_sequence<most_losses>());
}

// The loss's own gradient where there is one, else that of what is subtracted:
// two wrong signs would be right again.
void turn_signs(Graph& graph) {
  if (graph.node(graph.loss()).op->is_loss) return scale_loss<minus_one>(graph, graph.loss());
  for (int op : graph.ops())
    if (is(graph.node(op), "subtract"))
      break_rule(graph, op, 1, [](Partial& partial) {
        use_local(partial, [](const Call&, View l) { array(l).setConstant(1); });
      });
}

void forget_means(Graph& graph) {
  for (int op : graph.ops()) {
    const Node& node = graph.node(op);
    if (node.op->is_loss && std::string_view(node.op->name).ends_with("cross_entropy"))
      scale_loss<row_count>(graph, op);
    else if (node.op->is_loss)
      scale_loss<entry_count>(graph, op);
    if (is(node, "mean"))
      break_rule(graph, op, 0, [](Partial& partial) {
        const Partial& sum = find_op("sum", Spelling::call)->partials[0];
        partial.local_at = sum.local_at;
        partial.pullback = sum.pullback;
      });
  }
}

// ---- a bias taken for a weight -------------------------------------------------

// What the bias at operand `bias` of a sum is added to x @ W or x * w of: x.
int input_beside(const Graph& graph, const Node& sum, std::size_t bias) {
  const Node& product = graph.node(sum.inputs[1 - bias]);
  if (graph.node(sum.inputs[bias]).kind != NodeKind::parameter) return -1;
  if (!is(product, "matmul") && !is(product, "multiply")) return -1;
  const bool weight_first = graph.node(product.inputs[0]).kind == NodeKind::parameter;
  const int input = product.inputs[weight_first ? 1 : 0];
  const bool rows_fit = graph.node(input).value.shape.rows == sum.value.shape.rows;
  return rows_fit ? input : -1;
}

void multiply_biases(Graph& graph) {
  for (int op : graph.ops()) {
    if (!is(graph.node(op), "add")) continue;
    for (std::size_t bias = 0; bias < 2; ++bias) {
      const int input = input_beside(graph, graph.node(op), bias);
      if (input < 0) continue;
      const auto take_for_weight = [](Partial& partial) {
        use_local(partial, [](const Call& c, View l) {
          for (Index row = 0; row < l.shape.rows; ++row)
            matrix(l).row(row).setConstant(c.in[2](row, 0));
        });
      };
      break_rule(graph, op, bias, take_for_weight, input);
      break;
    }
  }
}

void overwrite(Graph& graph) { graph.set_overwrites(true); }

bool is_adam(const Training& training) {
  return training.optimizer == "adam" || training.optimizer == "adamw";
}

// ---- the table -----------------------------------------------------------------

const Bug table[] = {
    {"slope_of_z", "The slope is taken at z instead of a",
     "The derivative of σ is a·(1 − a), that of tanh is 1 − a², where a is what comes out. Here z, "
     "what goes in, was put in its place. The loss is right; every gradient before such an "
     "activation is wrong, worse the farther z is from a, and a layer farther back more than once.",
     changes_a_gradient<take_slope_at_z>, take_slope_at_z},
    {"forgot_slope", "An activation hands its gradient on unchanged",
     "The chain rule multiplies by the slope of the activation; here it was left out, as if it "
     "were "
     "1. Everything after the last activation is right, everything before it too large wherever "
     "the slope is below 1.",
     changes_a_gradient<forget_slopes>, forget_slopes},
    {"missing_transpose", "A transpose is missing behind @",
     "Back through x @ W the gradient of x is upstream · Wᵀ and that of W is xᵀ · upstream. Here "
     "nothing was transposed, which nobody notices where the matrix is square: the shapes fit and "
     "the numbers do not. Layers behind other shapes are right.",
     changes_a_gradient<forget_transposes>, forget_transposes},
    {"wrong_sign", "A sign is wrong",
     "The gradient of the loss is p − t and not t − p, and what is subtracted gets the gradient "
     "times −1. Here a sign was lost: sizes are right, the direction is opposite, and training "
     "makes the loss grow.",
     changes_a_gradient<turn_signs>, turn_signs},
    {"missing_batch_mean", "The 1/n of a mean is missing",
     "A loss that is a mean over n numbers hands 1/n of its gradient to each. Here the 1/n was "
     "forgotten: every gradient is n times too large, all by the same factor, and training takes "
     "steps n times too long.",
     changes_a_gradient<forget_means>, forget_means},
    {"bias_times_input", "The bias is treated like a weight",
     "A bias is added, so its gradient is the upstream gradient, summed over the rows. Here it was "
     "multiplied by the input first, as a weight's is. Only gradients of biases are wrong, and "
     "those of rows whose input is 1 are right by chance.",
     changes_a_gradient<multiply_biases>, multiply_biases},
    {"overwritten", "A second gradient overwrites the first",
     "A number that is used twice gets a gradient from each use, and they are added. Here the one "
     "that comes last replaces the others. Wherever nothing is used twice, all is right.",
     changes_a_gradient<overwrite>, overwrite},
    {"not_zeroed", "Gradients are not zeroed between passes",
     "Every pass adds its gradients to those of the passes before, as in a loop that forgot "
     "zero_grad. The first update is right; from the second on each uses a sum of old gradients, "
     "and steps grow longer and longer.",
     [](const Graph& graph, const Training& training) {
       return training.zero_gradients && has_gradients(graph);
     },
     nullptr, [](Training& training) { training.zero_gradients = false; }},
    {"no_bias_correction", "Adam forgets its bias correction",
     "Adam's means start at 0 and are too small at first; dividing by 1 − βᵗ makes up for it. Here "
     "that was left out. No gradient is wrong; the first updates are, about three times too large, "
     "and after some hundred they are right again.",
     [](const Graph& graph, const Training& training) {
       return is_adam(training) && training.bias_correction && has_gradients(graph);
     },
     nullptr, [](Training& training) { training.bias_correction = false; }},
};

}  // namespace

std::span<const Bug> all_bugs() { return table; }

const Bug* find_bug(const std::string& id) {
  for (const Bug& row : all_bugs())
    if (id == row.id) return &row;
  return nullptr;
}

std::vector<const Bug*> bugs_for(const Graph& graph, const Training& training) {
  std::vector<const Bug*> fitting;
  for (const Bug& row : all_bugs())
    if (row.fits(graph, training)) fitting.push_back(&row);
  return fitting;
}

}  // namespace backstep
