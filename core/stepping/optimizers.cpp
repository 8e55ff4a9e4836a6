// The table of optimizers. Formulas and constants are those of PyTorch's
// torch.optim: g the gradient, θ the parameter, η the learning rate, t the
// number of the update.
#include "core/stepping/optimizers.h"

#include <cmath>

#include "core/engine/arrays.h"

namespace backstep {

namespace {

// Slots need not be aligned as a graph's memory is.
using Flat = Eigen::Map<Eigen::ArrayXd>;

constexpr double rms_smoothing = 0.99, rms_epsilon = 1e-8;
constexpr double adagrad_epsilon = 1e-10;
constexpr double adam_beta1 = 0.9, adam_beta2 = 0.999, adam_epsilon = 1e-8;

Flat flat(View view) { return Flat(view.data, view.shape.size()); }
Flat theta(const UpdateCall& c) { return flat(c.parameter); }
Flat g(const UpdateCall& c) { return flat(c.gradient); }
Flat slot(const UpdateCall& c, std::size_t i) { return flat(c.slots[i]); }
double rate(const UpdateCall& c) { return c.training.learning_rate; }

// Kingma and Ba 2015, with the bias correction of the first updates.
void adam(const UpdateCall& c) {
  Flat mean = slot(c, 0), square = slot(c, 1);
  const double t = static_cast<double>(c.number);
  const bool corrects = c.training.bias_correction;
  const double correct1 = corrects ? 1 - std::pow(adam_beta1, t) : 1;
  const double correct2 = corrects ? 1 - std::pow(adam_beta2, t) : 1;
  mean = adam_beta1 * mean + (1 - adam_beta1) * g(c);
  square = adam_beta2 * square + (1 - adam_beta2) * g(c).square();
  theta(c) -= rate(c) / correct1 * mean / (square.sqrt() / std::sqrt(correct2) + adam_epsilon);
}

const Optimizer optimizer_table[] = {
    {"sgd", "SGD", "θ ← θ − η·g", "Straight down the gradient.", "SGD({parameters}, lr={rate}", 0,
     [](const UpdateCall& c) { theta(c) -= rate(c) * g(c); }},
    {"momentum", "Momentum", "v ← β·v + g;  θ ← θ − η·v",
     "Keeps part of the last step, like a ball that rolls.",
     "SGD({parameters}, lr={rate}, momentum={momentum}", 1,
     [](const UpdateCall& c) {
       slot(c, 0) = c.training.momentum * slot(c, 0) + g(c);
       theta(c) -= rate(c) * slot(c, 0);
     }},
    {"nesterov", "Nesterov", "v ← β·v + g;  θ ← θ − η·(g + β·v)",
     "Momentum that looks one step ahead.",
     "SGD({parameters}, lr={rate}, momentum={momentum}, nesterov=True", 1,
     [](const UpdateCall& c) {
       slot(c, 0) = c.training.momentum * slot(c, 0) + g(c);
       theta(c) -= rate(c) * (g(c) + c.training.momentum * slot(c, 0));
     }},
    {"rmsprop", "RMSProp", "s ← 0.99·s + 0.01·g²;  θ ← θ − η·g / (√s + 10⁻⁸)",
     "Divides each step by the usual size of that gradient.", "RMSprop({parameters}, lr={rate}", 1,
     [](const UpdateCall& c) {
       slot(c, 0) = rms_smoothing * slot(c, 0) + (1 - rms_smoothing) * g(c).square();
       theta(c) -= rate(c) * g(c) / (slot(c, 0).sqrt() + rms_epsilon);
     }},
    {"adagrad", "Adagrad", "s ← s + g²;  θ ← θ − η·g / (√s + 10⁻¹⁰)",
     "Steps shrink the more a parameter has moved.", "Adagrad({parameters}, lr={rate}", 1,
     [](const UpdateCall& c) {
       slot(c, 0) += g(c).square();
       theta(c) -= rate(c) * g(c) / (slot(c, 0).sqrt() + adagrad_epsilon);
     }},
    {"adam", "Adam",
     "m ← 0.9·m + 0.1·g;  s ← 0.999·s + 0.001·g²;  "
     "θ ← θ − η·m / (1 − 0.9^t) / (√(s / (1 − 0.999^t)) + 10⁻⁸)",
     "Momentum, divided by the usual size of that gradient.", "Adam({parameters}, lr={rate}", 2,
     adam},
    {"adamw", "AdamW", "θ ← θ − η·λ·θ, then as Adam",
     "Adam whose weight decay does not go through the gradient.", "AdamW({parameters}, lr={rate}",
     2,
     [](const UpdateCall& c) {
       theta(c) -= rate(c) * c.training.weight_decay * theta(c);
       adam(c);
     },
     true},
};

}  // namespace

std::span<const Optimizer> all_optimizers() { return optimizer_table; }

bool is_adam(const Training& training) { return training.optimizer.starts_with("adam"); }

const Optimizer* find_optimizer(const std::string& name) {
  for (const Optimizer& row : optimizer_table)
    if (name == row.name) return &row;
  return nullptr;
}

}  // namespace backstep
