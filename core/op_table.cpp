// The table of ops. To add one, add a row: the parser, the inspector, the help
// page and the tests read it from here.
//
// In formulas {a}, {b}, {x}, {p}, {t} stand for the operands, {y} for the
// output. Derivatives follow PyTorch's conventions where several are possible
// (relu and abs have slope 0 at 0).
#include <cmath>

#include "core/arrays.h"
#include "core/ops.h"

namespace backstep {

namespace {

Array x(const Call& c) { return array(c.in[0]); }
Array a(const Call& c) { return array(c.in[0]); }
Array b(const Call& c) { return array(c.in[1]); }
Array y(const Call& c) { return array(c.out); }

// tanh x = 1 − 2/(e²ˣ + 1) loses digits near 0; there Lambert's continued fraction
// x / (1 + x²/(3 + x²/(5 + …))), cut at the seventh level, is exact to the last.
// A loop, as Eigen's select() (and its tanh) would take one lane at a time.
void tanh_of(Array x, Array y) {
  y = 1 - 2 / ((2 * x).exp() + 1);
  for (Index i = 0; i < x.size(); ++i) {
    const double square = x[i] * x[i];
    const double above = x[i] * (((square + 378) * square + 17325) * square + 135135);
    const double below = ((28 * square + 3150) * square + 62370) * square + 135135;
    y[i] = square < 0.16 ? above / below : y[i];
  }
}

// Eigen's exp never falls to 0.
void exp_of(Array x, Array y) {
  y = x.exp();
  y = (x < -708).select(0, y);
}

// Eigen's own power is off in the last digits: (−3)³ would be −26.999999999999996.
template <typename Base, typename Exponent>
auto power(const Base& base, const Exponent& exponent) {
  return base.binaryExpr(exponent,
                         [](double a, double b) { return b == 2 ? a * a : std::pow(a, b); });
}

int axis_of(const Call& call) { return call.given(0) ? static_cast<int>(call.options[0]) : -1; }

Shape reduced_shape(std::span<const Shape> in, const Call& call, std::string&) {
  switch (axis_of(call)) {
    case 0:
      return {1, in[0].columns};
    case 1:
      return {in[0].rows, 1};
    default:
      return {1, 1};
  }
}

Index reduced_count(const Call& call) { return call.in[0].shape.size() / call.out.shape.size(); }

// The entry of the operand that is the k-th term of output entry `o`.
Term reduced_term(const Call& call, Index o, Index k) {
  const Index columns = call.in[0].shape.columns;
  switch (axis_of(call)) {
    case 0:
      return {k * columns + o};
    case 1:
      return {o * columns + k};
    default:
      return {k};
  }
}

bool reduces_into(const Call& call, Index o, Index i) {
  const Index columns = call.in[0].shape.columns;
  switch (axis_of(call)) {
    case 0:
      return i % columns == o;
    case 1:
      return i / columns == o;
    default:
      return true;
  }
}

void sum_into(const Call& call) {
  const auto x = matrix(call.in[0]);
  switch (axis_of(call)) {
    case 0:
      matrix(call.out) = x.colwise().sum();
      break;
    case 1:
      matrix(call.out) = x.rowwise().sum();
      break;
    default:
      call.out[0] = entries(call.in[0]).sum();
  }
}

// Hands each output entry's share, times `slope`, to the entries it came from.
void spread_back(const Call& call, View upstream, View contribution, double slope) {
  auto into = matrix(contribution);
  switch (axis_of(call)) {
    case 0:
      for (Index row = 0; row < into.rows(); ++row) into.row(row) = slope * matrix(upstream).row(0);
      break;
    case 1:
      for (Index row = 0; row < into.rows(); ++row)
        into.row(row).setConstant(slope * upstream[row]);
      break;
    default:
      into.setConstant(slope * upstream[0]);
  }
}

double one_over_count(const Call& call) { return 1.0 / static_cast<double>(reduced_count(call)); }

Shape product_shape(std::span<const Shape> in, const Call&, std::string& mistake) {
  if (in[0].columns != in[1].rows)
    mistake = std::to_string(in[0].columns) + (in[0].columns == 1 ? " column" : " columns") +
              " against " + std::to_string(in[1].rows) + (in[1].rows == 1 ? " row" : " rows");
  return {in[0].rows, in[1].columns};
}

// One column times one row, which Eigen would do as a large product.
void outer_product(const double* column, const double* row, View out) {
  using Row = Eigen::Map<const Eigen::RowVectorXd>;
  for (Index i = 0; i < out.shape.rows; ++i)
    matrix(out).row(i) = column[i] * Row(row, out.shape.columns);
}

Shape transposed_shape(std::span<const Shape> in, const Call&, std::string&) {
  return {in[0].columns, in[0].rows};
}

// A loss compares predictions and targets entry by entry; stretching one over
// the other is nearly always a slip, so it is refused.
Shape loss_shape(std::span<const Shape> in, const Call&, std::string& mistake) {
  if (in[0] != in[1]) mistake = "prediction and target need the same shape";
  return {1, 1};
}

Index entry_count(const Call& call) { return call.in[0].shape.size(); }
Term same_entry(const Call&, Index, Index k) { return {k, k}; }

// A loss that is the mean of `share`·(p − t)², and how it hands its gradient back.
void squared_error(const Call& call, double share) {
  const auto difference = entries(call.in[0]) - entries(call.in[1]);
  call.out[0] = share * difference.square().sum() / static_cast<double>(entry_count(call));
}

void squared_error_back(const Call& call, View upstream, View contribution, double slope) {
  array(contribution) =
      (slope * upstream[0] / static_cast<double>(entry_count(call))) * (a(call) - b(call));
}

double squared_error_at(const Call& call, Index i, double slope) {
  return slope * (call.in[0][i] - call.in[1][i]) / static_cast<double>(entry_count(call));
}

const std::vector<Option> axis_option = {{"axis", {0, 1}}};
const std::vector<double> anywhere = {-1.7, -0.6, 0.4, 1.3, 2.2};
const std::vector<double> above_zero = {0.3, 0.8, 1.7, 2.9};

const Op table[] = {
    // ---- arithmetic, entry by entry ----
    {.name = "add",
     .token = "+",
     .spelling = Spelling::infix,
     .sign = "+",
     .operands = {"a", "b"},
     .formula = "{a} + {b}",
     .note = "A sum hands the gradient on, unchanged, to both sides.",
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
     .partials = {{.formula = "{b}·{a}^({b} − 1)",
                   .local =
                       [](const Call& c, View l) {
                         array(l) = (b(c) == 0).select(0, b(c) * power(a(c), b(c) - 1));
                       }},
                  {.formula = "{y}·ln {a}",
                   .local =
                       [](const Call& c, View l) {
                         array(l) = (a(c) == 0 && b(c) >= 0).select(0, y(c) * a(c).log());
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

    // ---- matrices ----
    {.name = "matmul",
     .token = "@",
     .spelling = Spelling::infix,
     .sign = "@",
     .operands = {"a", "b"},
     .formula = "Σₖ {a}[i,k]·{b}[k,j]",
     .note = "Back through a product: upstream times the other side, transposed.",
     .shape = product_shape,
     .forward = [](const Call& c) { matrix(c.out).noalias() = matrix(c.in[0]) * matrix(c.in[1]); },
     .partials = {{.formula = "{b}ᵀ",
                   .local_at =
                       [](const Call& c, Index o, Index i) {
                         const Index columns = c.out.shape.columns, inner = c.in[0].shape.columns;
                         return o / columns == i / inner ? c.in[1](i % inner, o % columns) : 0.0;
                       },
                   .pullback =
                       [](const Call& c, View upstream, View contribution) {
                         if (upstream.shape.columns == 1)
                           outer_product(upstream.data, c.in[1].data, contribution);
                         else
                           matrix(contribution).noalias() =
                               matrix(upstream) * matrix(c.in[1]).transpose();
                       }},
                  {.formula = "{a}ᵀ",
                   .local_at =
                       [](const Call& c, Index o, Index i) {
                         const Index columns = c.out.shape.columns;
                         return o % columns == i % columns ? c.in[0](o / columns, i / columns)
                                                           : 0.0;
                       },
                   .pullback =
                       [](const Call& c, View upstream, View contribution) {
                         if (upstream.shape.rows == 1)
                           outer_product(c.in[0].data, upstream.data, contribution);
                         else
                           matrix(contribution).noalias() =
                               matrix(c.in[0]).transpose() * matrix(upstream);
                       }}},
     .expansion = {.term = "{a}·{b}",
                   .count = [](const Call& c) { return c.in[0].shape.columns; },
                   .entries = [](const Call& c, Index o, Index k) -> Term {
                     const Index columns = c.out.shape.columns, inner = c.in[0].shape.columns;
                     return {o / columns * inner + k, k * columns + o % columns};
                   }},
     .samples = anywhere},
    {.name = "transpose",
     .token = ".T",
     .spelling = Spelling::postfix,
     .sign = "ᵀ",
     .operands = {"x"},
     .formula = "{x}ᵀ",
     .shape = transposed_shape,
     .forward = [](const Call& c) { matrix(c.out) = matrix(c.in[0]).transpose(); },
     .partials = {{.formula = "1, transposed",
                   .local_at =
                       [](const Call& c, Index o, Index i) {
                         const Shape out = c.out.shape;
                         return i == o % out.columns * out.rows + o / out.columns ? 1.0 : 0.0;
                       },
                   .pullback =
                       [](const Call&, View upstream, View contribution) {
                         matrix(contribution) = matrix(upstream).transpose();
                       }}},
     .expansion = {.term = "{x}",
                   .count = [](const Call&) -> Index { return 1; },
                   .entries = [](const Call& c, Index o, Index) -> Term {
                     const Shape out = c.out.shape;
                     return {o % out.columns * out.rows + o / out.columns};
                   }},
     .samples = anywhere},
    {.name = "sum",
     .token = "sum",
     .spelling = Spelling::call,
     .sign = "Σ",
     .operands = {"x"},
     .formula = "Σ {x}",
     .note = "Every entry that went into the sum gets the same gradient.",
     .options = axis_option,
     .shape = reduced_shape,
     .forward = sum_into,
     .partials = {{.formula = "1",
                   .local_at = [](const Call& c, Index o,
                                  Index i) { return reduces_into(c, o, i) ? 1.0 : 0.0; },
                   .pullback =
                       [](const Call& c, View upstream, View contribution) {
                         spread_back(c, upstream, contribution, 1);
                       }}},
     .expansion = {.term = "{x}", .count = reduced_count, .entries = reduced_term},
     .samples = anywhere},
    {.name = "mean",
     .token = "mean",
     .spelling = Spelling::call,
     .sign = "mean",
     .operands = {"x"},
     .formula = "Σ {x} / n",
     .note = "n entries share the gradient equally: each gets 1/n of it.",
     .options = axis_option,
     .shape = reduced_shape,
     .forward =
         [](const Call& c) {
           sum_into(c);
           y(c) = y(c) * one_over_count(c);
         },
     .partials = {{.formula = "1 / n",
                   .local_at =
                       [](const Call& c, Index o, Index i) {
                         return reduces_into(c, o, i) ? one_over_count(c) : 0.0;
                       },
                   .pullback =
                       [](const Call& c, View upstream, View contribution) {
                         spread_back(c, upstream, contribution, one_over_count(c));
                       }}},
     .expansion = {.term = "{x}",
                   .around = "({terms}) / {n}",
                   .count = reduced_count,
                   .entries = reduced_term},
     .samples = anywhere},

    // ---- functions, entry by entry ----
    {.name = "exp",
     .token = "exp",
     .spelling = Spelling::call,
     .sign = "exp",
     .operands = {"x"},
     .formula = "exp({x})",
     .forward = [](const Call& c) { exp_of(x(c), y(c)); },
     .partials = {{.formula = "{y}", .local = [](const Call& c, View l) { array(l) = y(c); }}},
     .samples = anywhere},
    {.name = "log",
     .token = "log",
     .spelling = Spelling::call,
     .sign = "ln",
     .operands = {"x"},
     .formula = "ln({x})",
     .note = "The natural logarithm; below zero it is not a number.",
     .forward = [](const Call& c) { y(c) = x(c).log(); },
     .partials = {{.formula = "1 / {x}",
                   .local = [](const Call& c, View l) { array(l) = 1 / x(c); }}},
     .samples = above_zero},
    {.name = "sqrt",
     .token = "sqrt",
     .spelling = Spelling::call,
     .sign = "√",
     .operands = {"x"},
     .formula = "√{x}",
     .forward = [](const Call& c) { y(c) = x(c).unaryExpr([](double x) { return std::sqrt(x); }); },
     .partials = {{.formula = "1 / (2·{y})",
                   .local = [](const Call& c, View l) { array(l) = 0.5 / y(c); }}},
     .samples = above_zero},
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
     .samples = anywhere},
    {.name = "tanh",
     .token = "tanh",
     .spelling = Spelling::call,
     .sign = "tanh",
     .operands = {"x"},
     .formula = "tanh({x})",
     .note = "tanh saturates beyond |x| > 3: its slope is under 0.01.",
     .forward = [](const Call& c) { tanh_of(x(c), y(c)); },
     // (1 − y)(1 + y) does not lose its digits where y is nearly 1.
     .partials = {{.formula = "1 − {y}²",
                   .local = [](const Call& c, View l) { array(l) = (1 - y(c)) * (1 + y(c)); }}},
     .samples = anywhere},
    {.name = "sigmoid",
     .token = "sigmoid",
     .spelling = Spelling::call,
     .sign = "σ",
     .operands = {"x"},
     .formula = "1 / (1 + exp(−{x}))",
     .note = "σ saturates beyond |x| > 5: its slope is under 0.0067.",
     .forward = [](const Call& c) { y(c) = 1 / (1 + (-x(c)).exp()); },
     .partials = {{.formula = "{y}·(1 − {y})",
                   .local = [](const Call& c, View l) { array(l) = y(c) * (1 - y(c)); }}},
     .samples = anywhere},
    {.name = "relu",
     .token = "relu",
     .spelling = Spelling::call,
     .sign = "ReLU",
     .operands = {"x"},
     .formula = "max(0, {x})",
     .note = "Below zero the slope is 0: nothing passes back.",
     .forward = [](const Call& c) { y(c) = (x(c) < 0).select(0, x(c)); },
     .partials = {{.formula = "1 if {x} > 0, else 0",
                   .local = [](const Call& c, View l) { array(l) = (x(c) > 0).cast<double>(); }}},
     .samples = anywhere},

    // ---- losses: the mean over all entries ----
    {.name = "mse",
     .token = "mse",
     .spelling = Spelling::call,
     .sign = "MSE",
     .operands = {"p", "t"},
     .formula = "Σ ({p} − {t})² / n",
     .shape = loss_shape,
     .forward = [](const Call& c) { squared_error(c, 1); },
     .partials = {{.formula = "2·({p} − {t}) / n",
                   .local_at = [](const Call& c, Index,
                                  Index i) { return squared_error_at(c, i, 2); },
                   .pullback =
                       [](const Call& c, View upstream, View contribution) {
                         squared_error_back(c, upstream, contribution, 2);
                       }},
                  {.formula = "−2·({p} − {t}) / n",
                   .local_at = [](const Call& c, Index,
                                  Index i) { return squared_error_at(c, i, -2); },
                   .pullback =
                       [](const Call& c, View upstream, View contribution) {
                         squared_error_back(c, upstream, contribution, -2);
                       }}},
     .expansion = {.term = "({p} − {t})²",
                   .around = "({terms}) / {n}",
                   .count = entry_count,
                   .entries = same_entry},
     .samples = anywhere,
     .is_loss = true},
    {.name = "half_mse",
     .token = "half_mse",
     .spelling = Spelling::call,
     .sign = "½MSE",
     .operands = {"p", "t"},
     .formula = "½ · Σ ({p} − {t})² / n",
     .note = "The ½ cancels the 2 of the derivative.",
     .shape = loss_shape,
     .forward = [](const Call& c) { squared_error(c, 0.5); },
     .partials = {{.formula = "({p} − {t}) / n",
                   .local_at = [](const Call& c, Index,
                                  Index i) { return squared_error_at(c, i, 1); },
                   .pullback =
                       [](const Call& c, View upstream, View contribution) {
                         squared_error_back(c, upstream, contribution, 1);
                       }},
                  {.formula = "({t} − {p}) / n",
                   .local_at = [](const Call& c, Index,
                                  Index i) { return squared_error_at(c, i, -1); },
                   .pullback =
                       [](const Call& c, View upstream, View contribution) {
                         squared_error_back(c, upstream, contribution, -1);
                       }}},
     .expansion = {.term = "({p} − {t})²",
                   .around = "½ · ({terms}) / {n}",
                   .count = entry_count,
                   .entries = same_entry},
     .samples = anywhere,
     .is_loss = true},
};

}  // namespace

std::span<const Op> all_ops() { return table; }

}  // namespace backstep
