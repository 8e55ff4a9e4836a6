#include "core/stepping/updater.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string_view>

namespace backstep {

namespace {

// The first entry of `parameter` in a slot, which has parameters in the order of
// graph.parameters().
Index slot_begin(const Graph& graph, int parameter) {
  Index place = 0;
  for (int other : graph.parameters()) {
    if (other == parameter) break;
    place += graph.node(other).value.shape.size();
  }
  return place;
}

double sign_of(double number) { return number > 0 ? 1 : number < 0 ? -1 : 0; }

}  // namespace

bool is_weight(const Graph& graph, int parameter) {
  static constexpr std::string_view of_biases[] = {"add", "subtract", "batch_norm", "layer_norm"};
  const std::vector<int>& edges = graph.node(parameter).edges_out;
  return std::any_of(edges.begin(), edges.end(), [&](int edge) {
    const std::string_view user = graph.node(graph.edge(edge).to).op->name;
    return std::find(std::begin(of_biases), std::end(of_biases), user) == std::end(of_biases);
  });
}

Updater::Updater(const Graph& graph, const Training& training)
    : training_(training),
      unregularised_(training),
      optimizer_(find_optimizer(training.optimizer)),
      pulls_(training.l1 != 0 && training.l1_stops_at_zero),
      is_weight_(graph.nodes().size()) {
  assert(optimizer_ && "the optimizer is a row of the table");
  assert(training.accumulate >= 1 && "an update takes at least one pass");
  unregularised_.weight_decay = unregularised_.l1 = 0;
  std::size_t largest = 0;
  for (int parameter : graph.parameters()) {
    const Index size = graph.node(parameter).value.shape.size();
    size_ += size;
    largest = std::max(largest, static_cast<std::size_t>(size));
    is_weight_[static_cast<std::size_t>(parameter)] = is_weight(graph, parameter);
  }
  adds_up_ = training.accumulate > 1 || !training.zeroes();
  const bool decays = training.weight_decay != 0 && !optimizer_->decouples_decay;
  prepared_ = adds_up_ || decays || (training.l1 != 0 && !pulls_) || training.clip_norm > 0 ||
              training.clip_value > 0;
  memory_.resize(static_cast<std::size_t>(size_ * (optimizer_->slots + adds_up_ + pulls_)));
  before_.resize(pulls_ ? largest : 0);
  gradient_.resize(static_cast<std::size_t>(prepared_ ? size_ : 0));
}

// The gradients of all parameters as they will be used. Clipping comes before
// decay, as when clip_grad_norm_ is called before the optimizer's step.
void Updater::gather_all(const Graph& graph, long pass) {
  double* to = gradient_.data();
  for (int parameter : graph.parameters()) {
    const View gradient = graph.node(parameter).gradient;
    to = std::copy(gradient.begin(), gradient.end(), to);
  }
  if (adds_up_) {
    double* sums = memory_.data() + sums_at();
    const double share = 1.0 / static_cast<double>(training_.accumulate);
    for (Index i = 0; i < size_; ++i) {
      sums[i] += gradient_[static_cast<std::size_t>(i)];
      gradient_[static_cast<std::size_t>(i)] = sums[i] * share;
    }
    if (updates_in(pass) && training_.zeroes()) std::fill_n(sums, size_, 0.0);
  }
  if (training_.clip_norm > 0) clip_norm();
  if (training_.clip_value > 0)
    for (double& g : gradient_) g = std::clamp(g, -training_.clip_value, training_.clip_value);
  add_decay(graph);
}

// torch.nn.utils.clip_grad_norm_ divides by the norm plus 1e-6.
void Updater::clip_norm() {
  double squares = 0;
  for (double g : gradient_) squares += g * g;
  const double factor = training_.clip_norm / (std::sqrt(squares) + 1e-6);
  if (factor < 1)
    for (double& g : gradient_) g *= factor;
}

void Updater::add_decay(const Graph& graph) {
  const double decay = optimizer_->decouples_decay ? 0 : training_.weight_decay;
  const double l1 = pulls_ ? 0 : training_.l1;
  if (decay == 0 && l1 == 0) return;
  double* g = gradient_.data();
  for (int parameter : graph.parameters()) {
    const View value = graph.node(parameter).value;
    if (regularises(parameter))
      for (Index i = 0; i < value.shape.size(); ++i)
        g[i] += decay * value[i] + l1 * sign_of(value[i]);
    g += value.shape.size();
  }
}

// L1 as in TensorFlow Playground: it is applied after the step, and a weight that it
// would carry across 0 stays at 0 from then on (until it is set by hand).
void Updater::pull_to_zero(View parameter, Index place) {
  double* stopped = memory_.data() + sums_at() + (adds_up_ ? size_ : 0) + place;
  const double pull = training_.learning_rate * training_.l1;
  for (Index i = 0; i < parameter.shape.size(); ++i) {
    const double old = before_[static_cast<std::size_t>(i)];
    const double pulled = parameter[i] - pull * sign_of(old);
    stopped[i] = (stopped[i] != 0 && old == 0) || parameter[i] * pulled < 0 ? 1 : 0;
    parameter[i] = stopped[i] != 0 ? 0 : pulled;
  }
}

void Updater::update(const Graph& graph, int parameter, long pass) {
  if (prepared_ && parameter == graph.parameters().front()) gather_all(graph, pass);
  if (!updates_in(pass)) return;
  const Node& node = graph.node(parameter);
  const Index place =
      prepared_ || pulls_ || optimizer_->slots > 0 ? slot_begin(graph, parameter) : 0;
  const Shape shape = node.value.shape;
  const bool pulls = pulls_ && regularises(parameter);
  if (pulls) std::copy(node.value.begin(), node.value.end(), before_.begin());
  UpdateCall call = {
      node.value, node.gradient, {}, training_of(parameter), (pass + 1) / training_.accumulate};
  if (prepared_) call.gradient = {gradient_.data() + place, shape};
  for (int slot = 0; slot < optimizer_->slots; ++slot)
    call.slots[static_cast<std::size_t>(slot)] = {memory_.data() + slot * size_ + place, shape};
  optimizer_->update(call);
  if (pulls) pull_to_zero(node.value, place);
  round_all(node.value, graph.pass().precision);
}

}  // namespace backstep
