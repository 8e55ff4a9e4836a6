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
    {.name = "sgd",
     .label = "SGD",
     .formula = "θ ← θ − η·g",
     .description = "Straight down the gradient.",
     .pytorch = "SGD({parameters}, lr={rate}",
     .slots = 0,
     .update = [](const UpdateCall& c) { theta(c) -= rate(c) * g(c); }},
    {.name = "momentum",
     .label = "Momentum",
     .formula = "v ← β·v + g;  θ ← θ − η·v",
     .description = "Keeps part of the last step, like a ball that rolls.",
     .pytorch = "SGD({parameters}, lr={rate}, momentum={momentum}",
     .slots = 1,
     .update =
         [](const UpdateCall& c) {
           slot(c, 0) = c.training.momentum * slot(c, 0) + g(c);
           theta(c) -= rate(c) * slot(c, 0);
         },
     .uses_momentum = true},
    {.name = "nesterov",
     .label = "Nesterov",
     .formula = "v ← β·v + g;  θ ← θ − η·(g + β·v)",
     .description = "Momentum that looks one step ahead.",
     .pytorch = "SGD({parameters}, lr={rate}, momentum={momentum}, nesterov=True",
     .slots = 1,
     .update =
         [](const UpdateCall& c) {
           slot(c, 0) = c.training.momentum * slot(c, 0) + g(c);
           theta(c) -= rate(c) * (g(c) + c.training.momentum * slot(c, 0));
         },
     .uses_momentum = true,
     .without_momentum = "sgd"},  // PyTorch refuses nesterov=True with momentum=0
    {.name = "rmsprop",
     .label = "RMSProp",
     .formula = "s ← 0.99·s + 0.01·g²;  θ ← θ − η·g / (√s + 10⁻⁸)",
     .description = "Divides each step by the usual size of that gradient.",
     .pytorch = "RMSprop({parameters}, lr={rate}",
     .slots = 1,
     .update =
         [](const UpdateCall& c) {
           slot(c, 0) = rms_smoothing * slot(c, 0) + (1 - rms_smoothing) * g(c).square();
           theta(c) -= rate(c) * g(c) / (slot(c, 0).sqrt() + rms_epsilon);
         },
     .normalises = true},
    {.name = "adagrad",
     .label = "Adagrad",
     .formula = "s ← s + g²;  θ ← θ − η·g / (√s + 10⁻¹⁰)",
     .description = "Steps shrink the more a parameter has moved.",
     .pytorch = "Adagrad({parameters}, lr={rate}",
     .slots = 1,
     .update =
         [](const UpdateCall& c) {
           slot(c, 0) += g(c).square();
           theta(c) -= rate(c) * g(c) / (slot(c, 0).sqrt() + adagrad_epsilon);
         },
     .normalises = true},
    {.name = "adam",
     .label = "Adam",
     .formula = "m ← 0.9·m + 0.1·g;  s ← 0.999·s + 0.001·g²;  "
                "θ ← θ − η·m / (1 − 0.9^t) / (√(s / (1 − 0.999^t)) + 10⁻⁸)",
     .description = "Momentum, divided by the usual size of that gradient.",
     .pytorch = "Adam({parameters}, lr={rate}",
     .slots = 2,
     .update = adam,
     .normalises = true,
     .corrects_bias = true},
    {.name = "adamw",
     .label = "AdamW",
     .formula = "θ ← θ − η·λ·θ, then as Adam",
     .description = "Adam whose weight decay does not go through the gradient.",
     .pytorch = "AdamW({parameters}, lr={rate}",
     .slots = 2,
     .update =
         [](const UpdateCall& c) {
           theta(c) -= rate(c) * c.training.weight_decay * theta(c);
           adam(c);
         },
     .normalises = true,
     .corrects_bias = true,
     .decouples_decay = true},
};

}  // namespace

std::span<const Optimizer> all_optimizers() { return optimizer_table; }

const Optimizer* find_optimizer(const std::string& name) {
  for (const Optimizer& row : optimizer_table)
    if (name == row.name) return &row;
  return nullptr;
}

}  // namespace backstep
