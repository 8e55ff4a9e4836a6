#include "core/slips/bug.h"

#include <algorithm>

#include "core/engine/arrays.h"
#include "core/engine/passes.h"
#include "core/slips/broken_rules.h"
#include "core/stepping/optimizers.h"

namespace backstep {

namespace {

// ---- whether a bug changes a number ------------------------------------------

Graph after_a_pass(const Graph& graph, void (*plant)(Graph&)) {
  Graph broken = graph.clone();
  plant(broken);
  forward_and_backward_pass(broken);
  return broken;
}

// Whether some parameter's gradient differs by more than 1e-4 of its size.
template <void (*plant)(Graph&)>
bool changes_a_gradient(const Graph& graph, const Training&) {
  const Graph right = after_a_pass(graph, [](Graph&) {}), broken = after_a_pass(graph, plant);
  return std::any_of(graph.parameters().begin(), graph.parameters().end(), [&](int parameter) {
    const auto a = entries(right.node(parameter).gradient);
    const auto b = entries(broken.node(parameter).gradient);
    return (a - b).matrix().norm() > 1e-4 * std::max(a.matrix().norm(), b.matrix().norm());
  });
}

bool has_gradients(const Graph& graph) {
  const Graph right = after_a_pass(graph, [](Graph&) {});
  return std::any_of(graph.parameters().begin(), graph.parameters().end(), [&](int parameter) {
    return (entries(right.node(parameter).gradient) != 0).any();
  });
}

// ---- where bugs are planted: wherever there is a place for them ---------------

template <bool (*break_one)(Graph&, int)>
void break_all(Graph& graph) {
  for (int op : graph.ops()) break_one(graph, op);
}

void forget_activations(Graph& graph) {
  for (int op : graph.ops())
    if (is_activation(graph.node(op))) forget_slope(graph, op);
}

// Turns the sign of the loss's own gradient, or if it has none, of what is subtracted.
// Not both: two wrong signs would make a right one.
void turn_signs(Graph& graph) {
  const Op* loss = graph.node(graph.loss()).op;
  if (loss && loss->is_loss)
    turn_sign(graph, graph.loss());
  else
    break_all<turn_sign>(graph);
}

void overwrite(Graph& graph) { graph.set_overwrites(true); }

// ---- the table -----------------------------------------------------------------

const Bug bug_table[] = {
    {"slope_of_z", "The slope is taken at z instead of a",
     "The derivative of σ is a·(1 − a), that of tanh is 1 − a², where a is what comes out. Here z, "
     "what goes in, was put in its place. The loss is right; every gradient before such an "
     "activation is wrong, worse the farther z is from a, and a layer farther back more than once.",
     changes_a_gradient<break_all<take_slope_at_z>>, break_all<take_slope_at_z>},
    {"forgot_slope", "An activation passes its gradient on unchanged",
     "The chain rule multiplies by the slope of the activation; here it was left out, as if it "
     "were 1. Everything after the last activation is right, everything before it too large "
     "wherever the slope is below 1.",
     changes_a_gradient<forget_activations>, forget_activations},
    {"missing_transpose", "A transpose is missing behind @",
     "Back through x @ W the gradient of x is upstream · Wᵀ and that of W is xᵀ · upstream. Here "
     "nothing was transposed, which nobody notices where the matrix is square: the shapes fit and "
     "the numbers do not. Layers behind other shapes are right.",
     changes_a_gradient<break_all<forget_transposes>>, break_all<forget_transposes>},
    {"wrong_sign", "A sign is wrong",
     "The gradient of the loss is p − t and not t − p, and what is subtracted gets the gradient "
     "times −1. Here a sign was lost: sizes are right, the direction is opposite, and training "
     "makes the loss grow.",
     changes_a_gradient<turn_signs>, turn_signs},
    {"missing_batch_mean", "The 1/n of a mean is missing",
     "A loss that is a mean over n numbers passes 1/n of its gradient on to each. Here the 1/n was "
     "forgotten: every gradient is n times too large, all by the same factor, and training takes "
     "steps n times too long.",
     changes_a_gradient<break_all<forget_mean>>, break_all<forget_mean>},
    {"bias_times_input", "The bias is treated like a weight",
     "A bias is added, so its gradient is the upstream gradient, summed over the rows. Here it was "
     "multiplied by the input first, as a weight's is. Only gradients of biases are wrong, and "
     "those of rows whose input is 1 are right by chance.",
     changes_a_gradient<break_all<take_bias_for_weight>>, break_all<take_bias_for_weight>},
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
     nullptr, [](Training& training) { training.forgets_zeroing = true; }},
    {"no_bias_correction", "Adam forgets its bias correction",
     "Adam's means start at 0 and are too small at first; dividing by 1 − βᵗ makes up for it. Here "
     "that was left out. No gradient is wrong; the first updates are, about three times too large, "
     "and after some hundred they are right again.",
     [](const Graph& graph, const Training& training) {
       return find_optimizer(training.optimizer)->corrects_bias && training.bias_correction &&
              has_gradients(graph);
     },
     nullptr, [](Training& training) { training.bias_correction = false; }},
};

}  // namespace

std::span<const Bug> all_bugs() { return bug_table; }

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
