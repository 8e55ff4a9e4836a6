#include "core/updater.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace backstep {

namespace {

// Where the entries of `parameter` begin in a slot: as in graph.parameters().
Index slot_begin(const Graph& graph, int parameter) {
  Index place = 0;
  for (int other : graph.parameters()) {
    if (other == parameter) break;
    place += graph.node(other).value.shape.size();
  }
  return place;
}

}  // namespace

Updater::Updater(const Graph& graph, const Training& training)
    : training_(training), optimizer_(find_optimizer(training.optimizer)) {
  assert(optimizer_ && "the optimizer is a row of the table");
  assert(training.accumulate >= 1 && "an update takes at least one pass");
  for (int parameter : graph.parameters()) size_ += graph.node(parameter).value.shape.size();
  adds_up_ = training.accumulate > 1 || !training.zeroes();
  const bool decays = training.weight_decay != 0 && training.optimizer != "adamw";
  prepared_ =
      adds_up_ || decays || training.l1 != 0 || training.clip_norm > 0 || training.clip_value > 0;
  memory_.resize(static_cast<std::size_t>(size_ * (optimizer_->slots + (adds_up_ ? 1 : 0))));
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
  const double decay = training_.optimizer == "adamw" ? 0 : training_.weight_decay;
  if (decay == 0 && training_.l1 == 0) return;
  double* g = gradient_.data();
  for (int parameter : graph.parameters())
    for (double theta : graph.node(parameter).value) {
      const double sign = theta > 0 ? 1 : theta < 0 ? -1 : 0;
      *g++ += decay * theta + training_.l1 * sign;
    }
}

void Updater::update(const Graph& graph, int parameter, long pass) {
  if (prepared_ && parameter == graph.parameters().front()) gather_all(graph, pass);
  if (!updates_in(pass)) return;
  const Node& node = graph.node(parameter);
  const Index place = prepared_ || optimizer_->slots > 0 ? slot_begin(graph, parameter) : 0;
  const Shape shape = node.value.shape;
  UpdateCall call = {node.value, node.gradient, {}, training_, (pass + 1) / training_.accumulate};
  if (prepared_) call.gradient = {gradient_.data() + place, shape};
  for (int slot = 0; slot < optimizer_->slots; ++slot)
    call.slots[static_cast<std::size_t>(slot)] = {memory_.data() + slot * size_ + place, shape};
  optimizer_->update(call);
  round_all(node.value, graph.pass().precision);
}

}  // namespace backstep
