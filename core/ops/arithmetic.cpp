// Arithmetic and functions, all elementwise.
#include <cmath>
#include <limits>

#include "core/ops/op_rows.h"

namespace backstep::op_table {

namespace {

// Eigen's own power is off in the last digits: (−3)³ would be −26.999999999999996.
template <typename Base, typename Exponent>
auto power(const Base& base, const Exponent& exponent) {
  return base.binaryExpr(exponent,
                         [](double a, double b) { return b == 2 ? a * a : std::pow(a, b); });
}

// 1 if this side was chosen, ½ if the sides are equal, else 0.
template <typename Chosen, typename Equal>
auto share_of_choice(const Chosen& chosen, const Equal& equal) {
  return chosen.template cast<double>() + 0.5 * equal.template cast<double>();
}

// Eigen's log treats subnormal numbers as the smallest normal one.
void log_of(Array x, Array y) {
  y = x.log();
  for (Index i = 0; i < x.size(); ++i)
    if (x[i] < std::numeric_limits<double>::min()) y[i] = std::log(x[i]);
}

double low(const Call& c) { return c.options[0]; }
double high(const Call& c) { return c.options[1]; }

// NaN passes through.
auto clipped(const Call& c) {
  return x(c).unaryExpr([low = low(c), high = high(c)](double v) {
    const double raised = v < low ? low : v;
    return raised > high ? high : raised;
  });
}

}  // namespace

std::span<const Op> arithmetic() {
  static const Op table[] = {
      {.name = "add",
       .token = "+",
       .spelling = Spelling::infix,
       .sign = "+",
       .operands = {"a", "b"},
       .formula = "{a} + {b}",
       .note = "A sum passes the gradient on, unchanged, to both sides.",
       .forward = [](const Call& c) { y(c) = a(c) + b(c); },
       .partials = {{.formula = "1", .constant = 1}, {.formula = "1", .constant = 1}},
       .samples = anywhere},
      {.name = "subtract",
       .token = "-",
       .spelling = Spelling::infix,
       .sign = "−",
       .operands = {"a", "b"},
       .formula = "{a} − {b}",
       .forward = [](const Call& c) { y(c) = a(c) - b(c); },
       .partials = {{.formula = "1", .constant = 1}, {.formula = "−1", .constant = -1}},
       .samples = anywhere},
      {.name = "multiply",
       .token = "*",
       .spelling = Spelling::infix,
       .sign = "×",
       .operands = {"a", "b"},
       .formula = "{a}·{b}",
       .note = "Each side's slope is the other side's value.",
       .forward = [](const Call& c) { y(c) = a(c) * b(c); },
       .partials = {{.formula = "{b}", .local = [](const Call& c, View l) { array(l) = b(c); }},
                    {.formula = "{a}", .local = [](const Call& c, View l) { array(l) = a(c); }}},
       .samples = anywhere},
      {.name = "divide",
       .token = "/",
       .spelling = Spelling::infix,
       .sign = "÷",
       .operands = {"a", "b"},
       .formula = "{a} / {b}",
       .forward = [](const Call& c) { y(c) = a(c) / b(c); },
       .partials = {{.formula = "1 / {b}",
                     .local = [](const Call& c, View l) { array(l) = 1 / b(c); }},
                    {.formula = "−{y} / {b}",
                     .local = [](const Call& c, View l) { array(l) = -y(c) / b(c); }}},
       .samples = above_zero},
      {.name = "power",
       .token = "**",
       .spelling = Spelling::infix,
       .sign = "xⁿ",
       .operands = {"a", "b"},
       .formula = "{a}^{b}",
       .note = "The slope by the exponent exists for positive bases only.",
       .forward = [](const Call& c) { y(c) = power(a(c), b(c)); },
       .partials = {{.formula = "{b}·{a}^({b} − 1) if {b} ≠ 0, else 0",
                     .local =
                         [](const Call& c, View l) {
                           array(l) = (b(c) == 0).select(0, b(c) * power(a(c), b(c) - 1));
                         }},
                    {.formula = "0 if {a} = 0 and {b} ≥ 0, else {y}·ln {a}",
                     .local =
                         [](const Call& c, View l) {
                           log_of(a(c), array(l));
                           array(l) = (a(c) == 0 && b(c) >= 0).select(0, y(c) * array(l));
                         }}},
       .samples = above_zero},
      {.name = "negate",
       .token = "-",
       .spelling = Spelling::prefix,
       .sign = "−",
       .operands = {"x"},
       .formula = "−{x}",
       .forward = [](const Call& c) { y(c) = -x(c); },
       .partials = {{.formula = "−1", .constant = -1}},
       .samples = anywhere},
      {.name = "maximum",
       .token = "maximum",
       .spelling = Spelling::call,
       .sign = "max",
       .operands = {"a", "b"},
       .formula = "max({a}, {b})",
       .note = "All of the gradient goes to the larger side; where they are equal, half to each.",
       .forward = [](const Call& c) { y(c) = (a(c) > b(c) || a(c) != a(c)).select(a(c), b(c)); },
       .partials = {{.formula = "1 if {a} > {b}, ½ if {a} = {b}, else 0",
                     .local =
                         [](const Call& c, View l) {
                           array(l) = share_of_choice(a(c) > b(c), a(c) == b(c));
                         }},
                    {.formula = "1 if {b} > {a}, ½ if {a} = {b}, else 0",
                     .local =
                         [](const Call& c, View l) {
                           array(l) = share_of_choice(b(c) > a(c), a(c) == b(c));
                         }}},
       .samples = anywhere,
       .pytorch = "torch.maximum({a}, {b})"},
      {.name = "minimum",
       .token = "minimum",
       .spelling = Spelling::call,
       .sign = "min",
       .operands = {"a", "b"},
       .formula = "min({a}, {b})",
       .note = "All of the gradient goes to the smaller side; where they are equal, half to each.",
       .forward = [](const Call& c) { y(c) = (a(c) < b(c) || a(c) != a(c)).select(a(c), b(c)); },
       .partials = {{.formula = "1 if {a} < {b}, ½ if {a} = {b}, else 0",
                     .local =
                         [](const Call& c, View l) {
                           array(l) = share_of_choice(a(c) < b(c), a(c) == b(c));
                         }},
                    {.formula = "1 if {b} < {a}, ½ if {a} = {b}, else 0",
                     .local =
                         [](const Call& c, View l) {
                           array(l) = share_of_choice(b(c) < a(c), a(c) == b(c));
                         }}},
       .samples = anywhere,
       .pytorch = "torch.minimum({a}, {b})"},
      {.name = "clip",
       .token = "clip",
       .spelling = Spelling::call,
       .sign = "clip",
       .operands = {"x"},
       .formula = "{x}, but from {low} to {high}",
       .note = "Beyond its bounds the slope is 0: no gradient passes back.",
       .options = {{.name = "low", .default_value = -1}, {.name = "high", .default_value = 1}},
       .forward = [](const Call& c) { y(c) = clipped(c); },
       .partials = {{.formula = "1 if {low} ≤ {x} ≤ {high}, else 0",
                     .local =
                         [](const Call& c, View l) {
                           array(l) = (x(c) >= low(c) && x(c) <= high(c)).cast<double>();
                         }}},
       .samples = anywhere,
       .pytorch = "torch.clamp({x}, low, high)"},
      {.name = "exp",
       .token = "exp",
       .spelling = Spelling::call,
       .sign = "exp",
       .operands = {"x"},
       .formula = "exp({x})",
       .forward = [](const Call& c) { exp_of(x(c), y(c)); },
       .partials = {{.formula = "{y}", .local = [](const Call& c, View l) { array(l) = y(c); }}},
       .samples = anywhere,
       .pytorch = "torch.exp({x})"},
      {.name = "log",
       .token = "log",
       .spelling = Spelling::call,
       .sign = "ln",
       .operands = {"x"},
       .formula = "ln({x})",
       .note = "The natural logarithm; below zero it is not a number.",
       .forward = [](const Call& c) { log_of(x(c), y(c)); },
       .partials = {{.formula = "1 / {x}",
                     .local = [](const Call& c, View l) { array(l) = 1 / x(c); }}},
       .samples = above_zero,
       .pytorch = "torch.log({x})"},
      {.name = "sqrt",
       .token = "sqrt",
       .spelling = Spelling::call,
       .sign = "√",
       .operands = {"x"},
       .formula = "√{x}",
       .forward =
           [](const Call& c) { y(c) = x(c).unaryExpr([](double x) { return std::sqrt(x); }); },
       .partials = {{.formula = "1 / (2·{y})",
                     .local = [](const Call& c, View l) { array(l) = 0.5 / y(c); }}},
       .samples = above_zero,
       .pytorch = "torch.sqrt({x})"},
      {.name = "abs",
       .token = "abs",
       .spelling = Spelling::call,
       .sign = "|x|",
       .operands = {"x"},
       .formula = "|{x}|",
       .note = "The slope is the sign; at 0, where there is a kink, 0.",
       .forward = [](const Call& c) { y(c) = x(c).abs(); },
       .partials = {{.formula = "sign({x})",
                     .local = [](const Call& c, View l) { array(l) = x(c).sign(); }}},
       .samples = anywhere,
       .pytorch = "torch.abs({x})"},
  };
  return table;
}

}  // namespace backstep::op_table
