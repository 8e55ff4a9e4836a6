// Comparisons, which give 1 if they are true and else 0, and the choice between two
// values. No gradient passes through a comparison: a small nudge does not change it.
#include "core/ops/op_rows.h"

namespace backstep::op_table {

namespace {

template <typename Holds>
void compare(const Call& c, Holds holds) {
  y(c) = a(c).binaryExpr(b(c), [holds](double a, double b) { return holds(a, b) ? 1.0 : 0.0; });
}

constexpr const char* no_gradient = "A step: no gradient passes back through a comparison.";

// In PyTorch a comparison is a leaf of its own: as in Backstep no gradient passes back
// through it, and it has one itself.
Op comparison(const char* name, const char* token, const char* sign, const char* formula,
              const char* pytorch, void (*forward)(const Call&)) {
  return {.name = name,
          .token = token,
          .spelling = Spelling::infix,
          .sign = sign,
          .operands = {"a", "b"},
          .formula = formula,
          .note = no_gradient,
          .forward = forward,
          .partials = {{.formula = "0", .constant = 0}, {.formula = "0", .constant = 0}},
          .samples = anywhere,
          .pytorch = pytorch};
}

Array chosen_by(const Call& c) { return array(c.in[0]); }
Array first(const Call& c) { return array(c.in[1]); }
Array second(const Call& c) { return array(c.in[2]); }

}  // namespace

std::span<const Op> choices() {
  static const Op table[] = {
      comparison("greater", ">", ">", "1 if {a} > {b}, else 0",
                 "({a} > {b}).double().requires_grad_()",
                 [](const Call& c) { compare(c, [](double a, double b) { return a > b; }); }),
      comparison("less", "<", "<", "1 if {a} < {b}, else 0",
                 "({a} < {b}).double().requires_grad_()",
                 [](const Call& c) { compare(c, [](double a, double b) { return a < b; }); }),
      comparison("greater_equal", ">=", "≥", "1 if {a} ≥ {b}, else 0",
                 "({a} >= {b}).double().requires_grad_()",
                 [](const Call& c) { compare(c, [](double a, double b) { return a >= b; }); }),
      comparison("less_equal", "<=", "≤", "1 if {a} ≤ {b}, else 0",
                 "({a} <= {b}).double().requires_grad_()",
                 [](const Call& c) { compare(c, [](double a, double b) { return a <= b; }); }),
      comparison("equal", "==", "=", "1 if {a} = {b}, else 0",
                 "({a} == {b}).double().requires_grad_()",
                 [](const Call& c) { compare(c, [](double a, double b) { return a == b; }); }),
      comparison("not_equal", "!=", "≠", "1 if {a} ≠ {b}, else 0",
                 "({a} != {b}).double().requires_grad_()",
                 [](const Call& c) { compare(c, [](double a, double b) { return a != b; }); }),
      {.name = "where",
       .token = "where",
       .spelling = Spelling::call,
       .sign = "where",
       .operands = {"c", "a", "b"},
       .formula = "{a} if {c} ≠ 0, else {b}",
       .note = "All of the gradient goes to the side that was chosen.",
       .forward = [](const Call& c) { y(c) = (chosen_by(c) != 0).select(first(c), second(c)); },
       .partials = {{.formula = "0", .constant = 0},
                    {.formula = "1 if {c} ≠ 0, else 0",
                     .local = [](const Call& c,
                                 View l) { array(l) = (chosen_by(c) != 0).cast<double>(); }},
                    {.formula = "0 if {c} ≠ 0, else 1",
                     .local = [](const Call& c,
                                 View l) { array(l) = (chosen_by(c) == 0).cast<double>(); }}},
       .samples = anywhere,
       .pytorch = "torch.where({c} != 0, {a}, {b})"},
  };
  return table;
}

}  // namespace backstep::op_table
