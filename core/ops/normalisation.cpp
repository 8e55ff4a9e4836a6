// Normalisation: batch norm over columns, layer norm over rows.
#include <cmath>

#include "core/ops/op_rows.h"

namespace backstep::op_table {

namespace {

// y = γ·u + β with u = (x − mean) / √(var + ε). In training the mean and variance
// depend on every entry of the batch, so each entry gets a share of every gradient:
// dx = γ / √(var + ε) · (g − mean(g) − u·mean(g·u)).

constexpr double epsilon = 1e-5;
constexpr double momentum = 0.1;  // share of the batch in the running statistics

Shape normalised_shape(std::span<const Shape> in, const Call&, std::string& mistake) {
  const Shape row = {1, in[0].columns};
  if (in[1] != row || in[2] != row)
    mistake = "gamma and beta are rows with a number per column, " + to_string(row) + " both";
  return in[0];
}

Term normalised_entry(const Call& c, Index o, Index) {
  const Index column = o % c.out.shape.columns;
  return {o, column, column};
}

struct Moments {
  double mean = 0, variance = 0;

  double scale() const { return 1 / std::sqrt(variance + epsilon); }
  double normalised(double x) const { return (x - mean) * scale(); }
};

// The sum of large entries is rounded. The error of the mean is found as the mean of
// what remains after subtracting it.
template <typename Entries>
Moments moments_of(const Entries& x) {
  double mean = x.mean();
  mean += (x - mean).mean();
  return {mean, (x - mean).square().mean()};
}

NumberWords named_moments(const Moments& moments) {
  return {{"mean", moments.mean}, {"var", moments.variance}};
}

constexpr const char* normalised_term = "{gamma}·({x} − {mean}) / √({var} + 0.00001) + {beta}";

// ---- batch norm: over each column ----
//
// Many columns are handled at a time, on the stack, so that rows are read in the order
// of memory.
constexpr Index columns_at_once = 64;
using Columns = Eigen::Array<double, Eigen::Dynamic, 1, Eigen::ColMajor, columns_at_once, 1>;
using ColumnsOfRow = Eigen::Map<Eigen::ArrayXd>;

// Some columns of a batch, with their moments.
struct BatchPart {
  const Call& c;
  Index first, count, rows;
  Columns mean, variance, scale;

  BatchPart(const Call& call, Index first_column)
      : c(call),
        first(first_column),
        count(std::min(columns_at_once, call.out.shape.columns - first_column)),
        rows(call.out.shape.rows) {
    if (in_training(c)) {
      mean = Columns::Zero(count);
      variance = Columns::Zero(count);
      for (Index r = 0; r < rows; ++r) mean += of(c.in[0], r);
      mean /= static_cast<double>(rows);
      Columns missed = Columns::Zero(count);
      for (Index r = 0; r < rows; ++r) missed += of(c.in[0], r) - mean;
      mean += missed / static_cast<double>(rows);
      for (Index r = 0; r < rows; ++r) variance += (of(c.in[0], r) - mean).square();
      variance /= static_cast<double>(rows);
    } else {
      mean = of(c.state, 0);
      variance = of(c.state, 1);
    }
    scale = 1 / (variance + epsilon).sqrt();
  }

  // These columns in row `r` of `view`.
  ColumnsOfRow of(View view, Index r) const {
    return {view.data + r * view.shape.columns + first, count};
  }
  auto normalised(Index r) const { return (of(c.in[0], r) - mean) * scale; }
};

template <typename Work>
void for_each_part(const Call& c, Work work) {
  for (Index first = 0; first < c.out.shape.columns; first += columns_at_once)
    work(BatchPart(c, first));
}

Shape running_shape(std::span<const Shape> in) { return {2, in[0].columns}; }

// Row 0 the running mean, row 1 the running variance.
void start_running(View state) {
  row(state, 0).setConstant(0);
  row(state, 1).setConstant(1);
}

// The running variance estimates that of the whole data set, so it has n − 1 in the
// denominator; a batch of one row gives 0.
void keep_running(const BatchPart& part) {
  const double n = static_cast<double>(part.rows);
  auto mean = part.of(part.c.state, 0), variance = part.of(part.c.state, 1);
  mean += momentum * (part.mean - mean);
  variance += momentum * (part.variance * (n > 1 ? n / (n - 1) : 1) - variance);
}

void batch_norm(const Call& c) {
  for_each_part(c, [&](const BatchPart& part) {
    for (Index r = 0; r < part.rows; ++r)
      part.of(c.out, r) = part.normalised(r) * part.of(c.in[1], 0) + part.of(c.in[2], 0);
    if (in_training(c)) keep_running(part);
  });
}

void batch_norm_back(const Call& c, View upstream, View contribution) {
  for_each_part(c, [&](const BatchPart& part) {
    Columns share = Columns::Zero(part.count), tilt = Columns::Zero(part.count);
    if (in_training(c)) {
      for (Index r = 0; r < part.rows; ++r) {
        share += part.of(upstream, r);
        tilt += part.of(upstream, r) * part.normalised(r);
      }
      share /= static_cast<double>(part.rows);
      tilt /= static_cast<double>(part.rows);
    }
    for (Index r = 0; r < part.rows; ++r)
      part.of(contribution, r) = part.of(c.in[1], 0) * part.scale *
                                 (part.of(upstream, r) - share - part.normalised(r) * tilt);
  });
}

void batch_gamma_back(const Call& c, View upstream, View contribution) {
  array(contribution).setZero();
  for_each_part(c, [&](const BatchPart& part) {
    for (Index r = 0; r < part.rows; ++r)
      part.of(contribution, 0) += part.of(upstream, r) * part.normalised(r);
  });
}

Moments column_moments(const Call& c, Index column) {
  if (!in_training(c)) return {c.state(0, column), c.state(1, column)};
  return moments_of(matrix(c.in[0]).col(column).array());
}

double batch_norm_at(const Call& c, Index o, Index i) {
  const Index columns = c.out.shape.columns, column = o % columns;
  if (column != i % columns) return 0;
  const Moments m = column_moments(c, column);
  const double slope = c.in[1][column] * m.scale();
  if (!in_training(c)) return o == i ? slope : 0;
  const double n = static_cast<double>(c.out.shape.rows);
  return slope * ((o == i) - (1 + m.normalised(c.in[0][o]) * m.normalised(c.in[0][i])) / n);
}

// ---- layer norm: over each row ----

Moments row_moments(const Call& c, Index r) { return moments_of(row(c.in[0], r)); }

void layer_norm(const Call& c) {
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    const Moments m = row_moments(c, r);
    row(c.out, r) = (row(c.in[0], r) - m.mean) * m.scale() * row(c.in[1], 0) + row(c.in[2], 0);
  }
}

void layer_norm_back(const Call& c, View upstream, View contribution) {
  const RowArray gamma = row(c.in[1], 0);
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    const Moments m = row_moments(c, r);
    const RowArray g = row(upstream, r);
    const auto u = (row(c.in[0], r) - m.mean) * m.scale();
    const double share = (g * gamma).mean(), tilt = (g * gamma * u).mean();
    row(contribution, r) = m.scale() * (g * gamma - share - u * tilt);
  }
}

void layer_gamma_back(const Call& c, View upstream, View contribution) {
  array(contribution).setZero();
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    const Moments m = row_moments(c, r);
    row(contribution, 0) += row(upstream, r) * (row(c.in[0], r) - m.mean) * m.scale();
  }
}

double layer_norm_at(const Call& c, Index o, Index i) {
  const Index columns = c.out.shape.columns;
  if (o / columns != i / columns) return 0;
  const Moments m = row_moments(c, o / columns);
  return c.in[1][o % columns] * m.scale() *
         ((o == i) -
          (1 + m.normalised(c.in[0][o]) * m.normalised(c.in[0][i])) / static_cast<double>(columns));
}

void beta_back(const Call&, View upstream, View contribution) {
  array(contribution).setZero();
  for (Index r = 0; r < upstream.shape.rows; ++r) row(contribution, 0) += row(upstream, r);
}

// An entry that is large compared to the spread loses digits when the mean is
// subtracted. Its derivative does not show how many, since it ignores shifts.
double lost_digits(const Call& c, View upstream, Index row, Index column, const Moments& m) {
  const double size = std::abs(c.in[0](row, column)) + std::abs(m.mean);
  return std::abs(upstream(row, column) * c.in[1][column]) * size * m.scale();
}

double batch_norm_rounding(const Call& c, View upstream) {
  double sum = 0;
  for (Index column = 0; column < c.out.shape.columns; ++column) {
    const Moments m = column_moments(c, column);
    for (Index r = 0; r < c.out.shape.rows; ++r) sum += lost_digits(c, upstream, r, column, m);
  }
  return sum;
}

double layer_norm_rounding(const Call& c, View upstream) {
  double sum = 0;
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    const Moments m = row_moments(c, r);
    for (Index column = 0; column < c.out.shape.columns; ++column)
      sum += lost_digits(c, upstream, r, column, m);
  }
  return sum;
}

double beta_at(const Call& c, Index o, Index i) { return o % c.out.shape.columns == i; }

}  // namespace

std::span<const Op> normalisations() {
  static const Op table[] = {
      {.name = "batch_norm",
       .token = "batch_norm",
       .spelling = Spelling::call,
       .sign = "BN",
       .operands = {"x", "gamma", "beta"},
       .formula = "{gamma}·({x} − mean) / √(var + ε) + {beta}",
       .note = "In training, mean and var are those of each column of the batch; in use, running "
               "averages take their place. u = (x − mean) / √(var + ε), and ε = 0.00001.",
       .shape = normalised_shape,
       .state_shape = running_shape,
       .start_state = start_running,
       .forward = batch_norm,
       .partials = {{.formula = "{gamma}·(δ − 1/n − u·u′/n) / √(var + ε) if training, else "
                                "{gamma}·δ / √(var + ε)",
                     .local_at = batch_norm_at,
                     .pullback = batch_norm_back},
                    {.formula = "({x} − mean) / √(var + ε)",
                     .local_at =
                         [](const Call& c, Index o, Index i) {
                           return beta_at(c, o, i) * column_moments(c, i).normalised(c.in[0][o]);
                         },
                     .pullback = batch_gamma_back},
                    {.formula = "1", .local_at = beta_at, .pullback = beta_back}},
       .expansion = {.term = normalised_term,
                     .count = one_term,
                     .entries = normalised_entry,
                     .numbers =
                         [](const Call& c, Index o, Index) {
                           return named_moments(column_moments(c, o % c.out.shape.columns));
                         }},
       .rounding = batch_norm_rounding,
       .samples = anywhere,
       .pytorch = "batch_normalised({x}, {gamma}, {beta})"},
      {.name = "layer_norm",
       .token = "layer_norm",
       .spelling = Spelling::call,
       .sign = "LN",
       .operands = {"x", "gamma", "beta"},
       .formula = "{gamma}·({x} − mean) / √(var + ε) + {beta}",
       .note = "Mean and var are those of each row, so every sample is normalised by itself. "
               "u = (x − mean) / √(var + ε), and ε = 0.00001.",
       .shape = normalised_shape,
       .forward = layer_norm,
       .partials = {{.formula = "{gamma}·(δ − 1/n − u·u′/n) / √(var + ε)",
                     .local_at = layer_norm_at,
                     .pullback = layer_norm_back},
                    {.formula = "({x} − mean) / √(var + ε)",
                     .local_at =
                         [](const Call& c, Index o, Index i) {
                           const Index r = o / c.out.shape.columns;
                           return beta_at(c, o, i) * row_moments(c, r).normalised(c.in[0][o]);
                         },
                     .pullback = layer_gamma_back},
                    {.formula = "1", .local_at = beta_at, .pullback = beta_back}},
       .expansion = {.term = normalised_term,
                     .count = one_term,
                     .entries = normalised_entry,
                     .numbers =
                         [](const Call& c, Index o, Index) {
                           return named_moments(row_moments(c, o / c.out.shape.columns));
                         }},
       .rounding = layer_norm_rounding,
       .samples = anywhere,
       .pytorch = "functional.layer_norm({x}, {x}.shape[1:], {gamma}[0], {beta}[0])"},
  };
  return table;
}

}  // namespace backstep::op_table
