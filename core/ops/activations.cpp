// Activations: elementwise functions of one number.
#include <cmath>
#include <numbers>

#include "core/ops/op_rows.h"

namespace backstep::op_table {

namespace {

// An output this near to ±1 has lost digits of its distance to it, so that the slope is
// computed from the operand.
constexpr double nearly_one = 0.99;

double slope(const Call& c) { return c.options[0]; }
double alpha(const Call& c) { return c.options[0]; }

// 1 / (1 + e⁻ˣ)
auto sigmoid(Array x) { return 1 / (1 + (-x).exp()); }

// y·(1 − y), which is e⁻ˣ / (1 + e⁻ˣ)².
void sigmoid_slope(const Call& c, View l) {
  array(l) = y(c) * (1 - y(c));
  if (!keeps_all_digits(c)) return;
  for (Index i = 0; i < l.shape.size(); ++i) {
    if (!(c.out[i] > nearly_one)) continue;
    const double small = std::exp(-c.in[0][i]);
    l[i] = small / ((1 + small) * (1 + small));
  }
}

// 1 − y², which is 4·e^(−2|x|) / (1 + e^(−2|x|))².
void tanh_slope(const Call& c, View l) {
  array(l) = (1 - y(c)) * (1 + y(c));
  if (!keeps_all_digits(c)) return;
  for (Index i = 0; i < l.shape.size(); ++i) {
    if (!(std::abs(c.out[i]) > nearly_one)) continue;
    const double small = std::exp(-2 * std::abs(c.in[0][i]));
    l[i] = 4 * small / ((1 + small) * (1 + small));
  }
}

// Φ, the share of a standard normal distribution below x. Far below zero erfc keeps its
// digits, where ½(1 + erf) has none left.
auto normal_share(Array x) {
  return x.unaryExpr([](double v) { return 0.5 * std::erfc(v * -std::numbers::sqrt2 / 2); });
}

// y = x above zero, else y stays. A loop, for the same reason as in tanh_of.
void keep_above_zero(Array x, Array y) {
  for (Index i = 0; i < x.size(); ++i) y[i] = x[i] > 0 ? x[i] : y[i];
}

// y = 1 above zero, else y stays.
void one_above_zero(Array x, Array y) {
  for (Index i = 0; i < x.size(); ++i) y[i] = x[i] > 0 ? 1 : y[i];
}

// GELU's tanh form is computed as x·σ(2u), because ½·(1 + tanh u) equals σ(2u), which
// keeps its digits far below zero.
constexpr double bend = 0.044715;
const double stretch = std::sqrt(2 / std::numbers::pi);  // of u = stretch·(x + bend·x³)

auto twice_u(Array x) { return 2 * stretch * x * (1 + bend * x.square()); }

void gelu_tanh_slope(const Call& c, View l) {
  array(l) = 1 / (1 + (-twice_u(x(c))).exp());
  const auto slope_of_u = stretch * (1 + 3 * bend * x(c).square());
  array(l) = (array(l) == 0 || array(l) == 1)
                 .select(array(l), array(l) * (1 + 2 * x(c) * (1 - array(l)) * slope_of_u));
}

// ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), which never overflows.
void softplus_of(Array x, Array y) {
  exp_of(-x.abs(), y);
  y = y.log1p();
  for (Index i = 0; i < x.size(); ++i) y[i] += x[i] > 0 ? x[i] : 0;
}

// tanh x = 1 − 2/(e²ˣ + 1) loses digits near 0. There Lambert's continued fraction
// x / (1 + x²/(3 + x²/(5 + …))), cut off at the seventh level, is exact to the last
// digit. It is a loop, because Eigen's select() and tanh are not vectorised.
void tanh_of(Array x, Array y) {
  y = 1 - 2 / ((2 * x).exp() + 1);
  for (Index i = 0; i < x.size(); ++i) {
    const double square = x[i] * x[i];
    const double above = x[i] * (((square + 378) * square + 17325) * square + 135135);
    const double below = ((28 * square + 3150) * square + 62370) * square + 135135;
    y[i] = square < 0.16 ? above / below : y[i];
  }
}

}  // namespace

std::span<const Op> activations() {
  static const Op table[] = {
      {.name = "tanh",
       .token = "tanh",
       .spelling = Spelling::call,
       .sign = "tanh",
       .operands = {"x"},
       .formula = "tanh({x})",
       .note = "tanh saturates beyond |x| > 3: its slope is under 0.01.",
       .forward = [](const Call& c) { tanh_of(x(c), y(c)); },
       .partials = {{.formula = "1 − {y}²", .local = tanh_slope}},
       .samples = anywhere,
       .is_activation = true,
       .largest_slope = 1,
       .place_in_list = 2,
       .pytorch = "torch.tanh({x})"},
      {.name = "sigmoid",
       .token = "sigmoid",
       .spelling = Spelling::call,
       .sign = "σ",
       .operands = {"x"},
       .formula = "1 / (1 + exp(−{x}))",
       .note = "σ saturates beyond |x| > 5: its slope is under 0.0067.",
       .forward = [](const Call& c) { y(c) = sigmoid(x(c)); },
       .partials = {{.formula = "{y}·(1 − {y})", .local = sigmoid_slope}},
       .samples = anywhere,
       .is_activation = true,
       .largest_slope = 0.25,
       .place_in_list = 1,
       .pytorch = "torch.sigmoid({x})"},
      {.name = "relu",
       .token = "relu",
       .spelling = Spelling::call,
       .sign = "ReLU",
       .operands = {"x"},
       .formula = "max(0, {x})",
       .note = "Below zero the slope is 0: no gradient passes back.",
       .forward = [](const Call& c) { y(c) = (x(c) < 0).select(0, x(c)); },
       .partials = {{.formula = "1 if {x} > 0, else 0",
                     .local = [](const Call& c, View l) { array(l) = (x(c) > 0).cast<double>(); }}},
       .samples = anywhere,
       .is_activation = true,
       .can_die = true,
       .label = "ReLU",
       .place_in_list = 3,
       .pytorch = "torch.relu({x})"},
      {.name = "leaky_relu",
       .token = "leaky_relu",
       .spelling = Spelling::call,
       .sign = "LReLU",
       .operands = {"x"},
       .formula = "{x} if {x} > 0, else {slope}·{x}",
       .note = "Below zero a little of the gradient still passes back, so that no neuron is stuck "
               "there.",
       .options = {{.name = "slope", .default_value = 0.01}},
       .forward =
           [](const Call& c) {
             y(c) = slope(c) * x(c);
             keep_above_zero(x(c), y(c));
           },
       .partials = {{.formula = "1 if {x} > 0, else {slope}",
                     .local =
                         [](const Call& c, View l) {
                           array(l).setConstant(slope(c));
                           one_above_zero(x(c), array(l));
                         }}},
       .samples = anywhere,
       .is_activation = true,
       .label = "leaky ReLU",
       .place_in_list = 4,
       .pytorch = "functional.leaky_relu({x}, slope)"},
      {.name = "elu",
       .token = "elu",
       .spelling = Spelling::call,
       .sign = "ELU",
       .operands = {"x"},
       .formula = "{x} if {x} > 0, else {alpha}·(exp({x}) − 1)",
       .note = "Below zero it bends smoothly towards −α, and its slope towards 0.",
       .options = {{.name = "alpha", .default_value = 1}},
       .forward =
           [](const Call& c) {
             y(c) = alpha(c) * x(c).expm1();
             keep_above_zero(x(c), y(c));
           },
       .partials = {{.formula = "1 if {x} > 0, else {alpha}·exp({x})",
                     .local =
                         [](const Call& c, View l) {
                           exp_of(x(c), array(l));
                           array(l) *= alpha(c);
                           one_above_zero(x(c), array(l));
                         }}},
       .samples = anywhere,
       .is_activation = true,
       .largest_slope = 1,
       .label = "ELU",
       .place_in_list = 5,
       .pytorch = "functional.elu({x}, alpha)"},
      {.name = "softplus",
       .token = "softplus",
       .spelling = Spelling::call,
       .sign = "softplus",
       .operands = {"x"},
       .formula = "ln(1 + exp({x}))",
       .note = "A ReLU with a round corner; its slope is σ.",
       .forward = [](const Call& c) { softplus_of(x(c), y(c)); },
       .partials = {{.formula = "1 / (1 + exp(−{x}))",
                     .local = [](const Call& c, View l) { array(l) = sigmoid(x(c)); }}},
       .samples = anywhere,
       .is_activation = true,
       .largest_slope = 1,
       .place_in_list = 9,
       // PyTorch's own threshold of 20 would leave out 2e-9.
       .pytorch = "functional.softplus({x}, threshold=700)"},
      {.name = "gelu",
       .token = "gelu",
       .spelling = Spelling::call,
       .sign = "GELU",
       .operands = {"x"},
       .formula = "{x}·Φ({x})",
       .note = "Φ(x) is the share of a standard normal distribution that lies below x; φ is its "
               "density.",
       .word_options = {{"approximate",
                         {{"\"none\"", "gelu"}, {"\"tanh\"", "gelu_tanh"}},
                         "is \"none\" or \"tanh\""}},
       .forward = [](const Call& c) { y(c) = x(c) * normal_share(x(c)); },
       .partials = {{.formula = "Φ({x}) + {x}·φ({x})",
                     .local =
                         [](const Call& c, View l) {
                           const double top = std::numbers::inv_sqrtpi / std::numbers::sqrt2;
                           exp_of(-0.5 * x(c).square(), array(l));
                           array(l) = normal_share(x(c)) + x(c) * top * array(l);
                         }}},
       .samples = anywhere,
       .is_activation = true,
       .largest_slope = 1.129,
       .label = "GELU",
       .place_in_list = 6,
       .pytorch = "functional.gelu({x}, approximate=approximate)"},
      {.name = "gelu_tanh",
       .token = "gelu_tanh",
       .spelling = Spelling::call,
       .sign = "GELU",
       .operands = {"x"},
       .formula = "½·{x}·(1 + tanh(√(2/π)·({x} + 0.044715·{x}³)))",
       .note = "GELU without Φ, as it is often computed, within 0.0005 of it. In the slope "
               "u = √(2/π)·(x + 0.044715·x³), and v = √(2/π)·(1 + 0.134145·x²).",
       .forward = [](const Call& c) { y(c) = x(c) / (1 + (-twice_u(x(c))).exp()); },
       .partials = {{.formula = "½·(1 + tanh u)·(1 + {x}·(1 − tanh u)·v)",
                     .local = gelu_tanh_slope}},
       .samples = anywhere,
       .is_activation = true,
       .largest_slope = 1.129,
       .label = "GELU by tanh",
       .place_in_list = 7,
       .pytorch = "functional.gelu({x}, approximate=\"tanh\")"},
      {.name = "silu",
       .token = "silu",
       .spelling = Spelling::call,
       .sign = "SiLU",
       .operands = {"x"},
       .formula = "{x}·σ({x})",
       .note = "Also called swish: x times its own sigmoid.",
       .forward = [](const Call& c) { y(c) = x(c) / (1 + (-x(c)).exp()); },
       .partials = {{.formula = "σ({x})·(1 + {x}·(1 − σ({x})))",
                     .local =
                         [](const Call& c, View l) {
                           array(l) = sigmoid(x(c));
                           array(l) *= 1 + x(c) * (1 - array(l));
                         }}},
       .samples = anywhere,
       .is_activation = true,
       .largest_slope = 1.0998,
       .label = "SiLU",
       .place_in_list = 8,
       .pytorch = "functional.silu({x})"},
  };
  return table;
}

}  // namespace backstep::op_table
