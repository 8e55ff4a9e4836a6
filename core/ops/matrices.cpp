// Products, the transpose, and sums over rows, columns or everything.
#include "core/base/text.h"
#include "core/ops/op_rows.h"

namespace backstep::op_table {

namespace {

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

// The sum of the entries, each times `share`.
void sum_into(const Call& call, double share) {
  const auto x = share * matrix(call.in[0]);
  switch (axis_of(call)) {
    case 0:
      matrix(call.out) = x.colwise().sum();
      break;
    case 1:
      matrix(call.out) = x.rowwise().sum();
      break;
    default:
      call.out[0] = (share * entries(call.in[0])).sum();
  }
}

// Gives each entry the gradient of the output entry it went into, times `slope`.
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

// If the sum overflows, the mean need not.
void mean_into(const Call& call) {
  sum_into(call, 1);
  y(call) = y(call) * one_over_count(call);
  if (!y(call).isFinite().all()) sum_into(call, one_over_count(call));
}

Shape product_shape(std::span<const Shape> in, const Call&, std::string& mistake) {
  if (in[0].columns != in[1].rows)
    mistake = text("{} against {}", counted(in[0].columns, "column"), counted(in[1].rows, "row"));
  return {in[0].rows, in[1].columns};
}

// One column times one row, for which Eigen would start a general product.
void outer_product(const double* column, const double* row, View out) {
  using Row = Eigen::Map<const Eigen::RowVectorXd>;
  for (Index i = 0; i < out.shape.rows; ++i)
    matrix(out).row(i) = column[i] * Row(row, out.shape.columns);
}

Shape transposed_shape(std::span<const Shape> in, const Call&, std::string&) {
  return {in[0].columns, in[0].rows};
}

const std::vector<Option> axis_option = {{"axis", {0, 1}}};

// The two dimensions are kept anyway, so these options choose nothing.
std::vector<WordOption> keeps_dimensions(const char* token) {
  constexpr const char* takes = "is True, as every value keeps its rows and columns";
  return {{"keepdims", {{"True", token}}, takes}, {"keepdim", {{"True", token}}, takes}};
}

}  // namespace

std::span<const Op> matrices() {
  static const Op table[] = {
      {.name = "matmul",
       .token = "@",
       .spelling = Spelling::infix,
       .sign = "@",
       .operands = {"a", "b"},
       .formula = "Σₖ {a}[i,k]·{b}[k,j]",
       .note = "Back through a product: upstream times the other side, transposed.",
       .shape = product_shape,
       .forward =
           [](const Call& c) { matrix(c.out).noalias() = matrix(c.in[0]) * matrix(c.in[1]); },
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
       .word_options = keeps_dimensions("sum"),
       .shape = reduced_shape,
       .forward = [](const Call& c) { sum_into(c, 1); },
       .partials = {{.formula = "1",
                     .local_at = [](const Call& c, Index o,
                                    Index i) { return reduces_into(c, o, i) ? 1.0 : 0.0; },
                     .pullback =
                         [](const Call& c, View upstream, View contribution) {
                           spread_back(c, upstream, contribution, 1);
                         }}},
       .expansion = {.term = "{x}", .count = reduced_count, .entries = reduced_term},
       .samples = anywhere,
       .pytorch = "{x}.sum().reshape(1, 1) if axis is None else {x}.sum(dim=axis, keepdim=True)"},
      {.name = "mean",
       .token = "mean",
       .spelling = Spelling::call,
       .sign = "mean",
       .operands = {"x"},
       .formula = "Σ {x} / n",
       .note = "n entries share the gradient equally: each gets 1/n of it.",
       .options = axis_option,
       .word_options = keeps_dimensions("mean"),
       .shape = reduced_shape,
       .forward = mean_into,
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
       .samples = anywhere,
       .pytorch = "{x}.mean().reshape(1, 1) if axis is None else {x}.mean(dim=axis, keepdim=True)"},
  };
  return table;
}

}  // namespace backstep::op_table
