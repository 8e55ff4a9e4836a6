// Softmax along rows, and dropout.
#include <cmath>

#include "core/base/random.h"
#include "core/ops/op_rows.h"

namespace backstep::op_table {

namespace {

Shape same_shape(std::span<const Shape> in, const Call&, std::string&) { return in[0]; }
Term own_entry(const Call&, Index o, Index) { return {o}; }

// ---- softmax ----

void softmax(const Call& c) {
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    const RowArray x = row(c.in[0], r);
    RowArray y = row(c.out, r);
    exp_of(x - x.maxCoeff(), y);
    y /= y.sum();
  }
}

// The textbook formula, in which exp can overflow.
void naive_softmax(const Call& c) {
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    RowArray y = row(c.out, r);
    exp_of(row(c.in[0], r), y);
    y /= y.sum();
  }
}

// y·(g − Σ g·y) does not change if the same number is subtracted from every g. It is
// the g of the largest share: if this share is nearly 1, g and Σ g·y are nearly equal
// and their difference would lose its digits.
void softmax_back(const Call& c, View upstream, View contribution) {
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    const RowArray y = row(c.out, r);
    Index top = 0;
    y.maxCoeff(&top);
    RowArray into = row(contribution, r);
    into = row(upstream, r) - row(upstream, r)[top];
    into = y * (into - (into * y).sum());
  }
}

// 1 − y for entry `i` of the row.
double rest_of_share(RowArray y, Index i) {
  if (!(y[i] > 0.5)) return 1 - y[i];
  return y.head(i).sum() + y.tail(y.size() - i - 1).sum();
}

double softmax_at(const Call& c, Index o, Index i) {
  const Index columns = c.out.shape.columns;
  if (o / columns != i / columns) return 0;
  return c.out[o] * (o == i ? rest_of_share(row(c.out, o / columns), o % columns) : -c.out[i]);
}

void log_softmax(const Call& c) {
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    const RowArray x = row(c.in[0], r);
    const SumOfExp sum(x);
    row(c.out, r) = (x - sum.largest) - std::log1p(sum.others);
  }
}

// g − e^y·Σg, written so that it keeps its digits where e^y is nearly 1.
void log_softmax_back(const Call& c, View upstream, View contribution) {
  for (Index r = 0; r < c.out.shape.rows; ++r) {
    const RowArray y = row(c.out, r), g = row(upstream, r);
    RowArray into = row(contribution, r);
    exp_of(y, into);
    into = -g * y.expm1() - into * (g.sum() - g);
  }
}

double log_softmax_at(const Call& c, Index o, Index i) {
  const Index columns = c.out.shape.columns;
  if (o / columns != i / columns) return 0;
  return o == i ? -std::expm1(c.out[i]) : -std::exp(c.out[i]);
}

// An entry and Σ exp(x) of its row, both relative to the row's largest entry if exp
// would overflow or underflow.
NumberWords share_behind(const Call& c, Index o, Index) {
  const SumOfExp sum(row(c.in[0], o / c.in[0].shape.columns));
  const double taken = std::abs(sum.largest) > 700 ? sum.largest : 0;
  return {{"exponent", c.in[0][o] - taken},
          {"sum", std::exp(sum.largest - taken) * sum.sum()},
          {"log_sum", (sum.largest - taken) + std::log1p(sum.others)}};
}

// ---- dropout ----

// Calls `work` with every entry and its factor. Which neurons are dropped depends on the
// seed and the number of the pass alone.
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
       .expansion = {.term = "exp({exponent}) / {sum}",
                     .count = one_term,
                     .entries = own_entry,
                     .numbers = share_behind},
       .samples = anywhere,
       .pytorch = "torch.softmax({x}, dim=1)"},
      {.name = "naive_softmax",
       .token = "naive_softmax",
       .spelling = Spelling::call,
       .sign = "naive softmax",
       .operands = {"x"},
       .formula = "exp({x}) / Σ exp({x})",
       .note = "The textbook formula: exp overflows beyond 709, and ∞/∞ is not a number. softmax "
               "subtracts the row's maximum first.",
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
       .samples = anywhere,
       .pytorch = "torch.exp({x}) / torch.exp({x}).sum(dim=1, keepdim=True)"},
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
       .expansion = {.term = "{exponent} − {log_sum}",
                     .count = one_term,
                     .entries = own_entry,
                     .numbers = share_behind},
       .samples = anywhere,
       .pytorch = "torch.log_softmax({x}, dim=1)"},
      {.name = "dropout",
       .token = "dropout",
       .spelling = Spelling::call,
       .sign = "drop",
       .operands = {"x"},
       .formula = "{x}·mask / (1 − {p}) if training, else {x}",
       .note = "In training each entry is dropped with probability p, at random in every pass; in "
               "use none is.",
       .options = {{.name = "p",
                    .default_value = 0.5,
                    .fits = [](double p) { return p >= 0 && p < 1; },
                    .takes = "is a share from 0 to less than 1"},
                   {.name = "seed",
                    .default_value = 1,
                    .fits =
                        [](double seed) {
                          return seed >= 0 && seed <= 0x1p53 && seed == std::floor(seed);
                        },
                    .takes = "is a whole number from 0 to 2⁵³",
                    .auto_numbered = true}},
       .forward = dropout,
       .partials = {{.formula = "mask / (1 − {p}) if training, else 1",
                     .local =
                         [](const Call& c, View l) {
                           for_each_scale(c, [&](Index i, double scale) { l[i] = scale; });
                         }}},
       .expansion = {.term = "{x}·{scale}",
                     .count = one_term,
                     .entries = own_entry,
                     .numbers = scale_behind},
       .samples = anywhere,
       .pytorch = "{x} * now.mask({x}, p)"},
  };
  return table;
}

}  // namespace backstep::op_table
