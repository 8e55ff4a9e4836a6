// Softmax along rows, and dropout.
#include <cmath>

#include "core/op_table.h"
#include "core/random.h"

namespace backstep::op_table {

namespace {

Shape same_shape(std::span<const Shape> in, const Call&, std::string&) { return in[0]; }
Term own_entry(const Call&, Index o, Index) { return {o}; }

// ---- softmax ----

double sum_of_exp(RowArray x) { return (x - x.maxCoeff()).exp().sum(); }

void softmax(const Call& c) {
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    const RowArray x = row(c.in[0], r);
    RowArray y = row(c.out, r);
    exp_of(x - x.maxCoeff(), y);
    y /= y.sum();
  }
}

// Nothing keeps exp from overflowing.
void naive_softmax(const Call& c) {
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    RowArray y = row(c.out, r);
    exp_of(row(c.in[0], r), y);
    y /= y.sum();
  }
}

void softmax_back(const Call& c, View upstream, View contribution) {
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    const RowArray y = row(c.out, r), g = row(upstream, r);
    row(contribution, r) = y * (g - (g * y).sum());
  }
}

double softmax_at(const Call& c, Index o, Index i) {
  const Index columns = c.out.shape.columns;
  return o / columns == i / columns ? c.out[o] * ((o == i) - c.out[i]) : 0.0;
}

void log_softmax(const Call& c) {
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    const RowArray x = row(c.in[0], r);
    row(c.out, r) = x - (x.maxCoeff() + std::log(sum_of_exp(x)));
  }
}

void log_softmax_back(const Call& c, View upstream, View contribution) {
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    const RowArray y = row(c.out, r), g = row(upstream, r);
    RowArray into = row(contribution, r);
    exp_of(y, into);
    into = g - into * g.sum();
  }
}

double log_softmax_at(const Call& c, Index o, Index i) {
  const Index columns = c.out.shape.columns;
  return o / columns == i / columns ? (o == i) - std::exp(c.out[i]) : 0.0;
}

// What an entry is measured against: its row's Σ exp(x), and the logarithm of it.
NumberWords sum_behind(const Call& c, Index o, Index) {
  const RowArray x = row(c.in[0], o / c.in[0].shape.columns);
  const double top = x.maxCoeff(), sum = sum_of_exp(x);
  return {{"sum", std::exp(top) * sum}, {"log_sum", top + std::log(sum)}};
}

// ---- dropout ----

// Calls `work` with every entry and what it is multiplied by. The neurons left
// out follow from the seed and the number of the pass alone.
template <typename Work>
void for_each_scale(const Call& c, Work work) {
  const double p = c.options[0];
  const Index count = c.out.shape.size();
  if (!in_training(c)) {
    for (Index i = 0; i < count; ++i) work(i, 1.0);
    return;
  }
  Random seeded(static_cast<std::uint64_t>(c.options[1]));
  Random of_pass(seeded.bits() + c.pass->number);
  Random random(of_pass.bits());
  const double scale = 1 / (1 - p);
  for (Index i = 0; i < count; ++i) work(i, random.uniform() < p ? 0.0 : scale);
}

void dropout(const Call& c) {
  for_each_scale(c, [&](Index i, double scale) { c.out[i] = c.in[0][i] * scale; });
}

NumberWords scale_behind(const Call& c, Index o, Index) {
  double found = 1;
  for_each_scale(c, [&](Index i, double scale) { found = i == o ? scale : found; });
  return {{"scale", found}};
}

}  // namespace

std::span<const Op> layers() {
  static const Op table[] = {
      {.name = "softmax",
       .token = "softmax",
       .spelling = Spelling::call,
       .sign = "softmax",
       .operands = {"x"},
       .formula = "exp({x}) / Σ exp({x})",
       .note = "Every row becomes shares that add up to 1: what one gains the others lose.",
       .shape = same_shape,
       .forward = softmax,
       .partials = {{.formula = "{y}·(δ − {y}′)",
                     .local_at = softmax_at,
                     .pullback = softmax_back}},
       .expansion = {.term = "exp({x}) / {sum}",
                     .count = one_term,
                     .entries = own_entry,
                     .numbers = sum_behind},
       .samples = anywhere},
      {.name = "naive_softmax",
       .token = "naive_softmax",
       .spelling = Spelling::call,
       .sign = "naive softmax",
       .operands = {"x"},
       .formula = "exp({x}) / Σ exp({x})",
       .note = "As the formula says, and so exp overflows beyond 709 and ∞/∞ is not a number; "
               "softmax takes the row's maximum away first.",
       .shape = same_shape,
       .forward = naive_softmax,
       .partials = {{.formula = "{y}·(δ − {y}′)",
                     .local_at = softmax_at,
                     .pullback = softmax_back}},
       .expansion = {.term = "exp({x}) / {sum}",
                     .count = one_term,
                     .entries = own_entry,
                     .numbers = [](const Call& c, Index o, Index) -> NumberWords {
                       const RowArray x = row(c.in[0], o / c.in[0].shape.columns);
                       return {{"sum", x.exp().sum()}};
                     }},
       .samples = anywhere},
      {.name = "log_softmax",
       .token = "log_softmax",
       .spelling = Spelling::call,
       .sign = "ln softmax",
       .operands = {"x"},
       .formula = "{x} − ln Σ exp({x})",
       .note = "The logarithm of a softmax, without overflow.",
       .shape = same_shape,
       .forward = log_softmax,
       .partials = {{.formula = "δ − exp({y}′)",
                     .local_at = log_softmax_at,
                     .pullback = log_softmax_back}},
       .expansion = {.term = "{x} − {log_sum}",
                     .count = one_term,
                     .entries = own_entry,
                     .numbers = sum_behind},
       .samples = anywhere},
      {.name = "dropout",
       .token = "dropout",
       .spelling = Spelling::call,
       .sign = "drop",
       .operands = {"x"},
       .formula = "{x}·mask / (1 − {p})",
       .note = "In training each entry is left out with probability p, anew in every pass; in use "
               "nothing is left out.",
       .options = {{.name = "p",
                    .usual = 0.5,
                    .fits = [](double p) { return p >= 0 && p < 1; },
                    .takes = "is a share from 0 to less than 1"},
                   {.name = "seed",
                    .usual = 1,
                    .fits =
                        [](double seed) {
                          return seed >= 0 && seed <= 0x1p53 && seed == std::floor(seed);
                        },
                    .takes = "is a whole number from 0 to 2⁵³",
                    .each_its_own = true}},
       .forward = dropout,
       .partials = {{.formula = "mask / (1 − {p})",
                     .local =
                         [](const Call& c, View l) {
                           for_each_scale(c, [&](Index i, double scale) { l[i] = scale; });
                         }}},
       .expansion = {.term = "{x}·{scale}",
                     .count = one_term,
                     .entries = own_entry,
                     .numbers = scale_behind},
       .samples = anywhere},
  };
  return table;
}

}  // namespace backstep::op_table
