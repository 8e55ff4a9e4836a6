// Losses: one number that says how far a prediction is from its target.
#include <algorithm>
#include <cmath>

#include "core/ops/op_rows.h"

namespace backstep::op_table {

namespace {

// A loss compares predictions and targets entry by entry. Broadcasting one over the
// other is nearly always a mistake, so it is refused.
Shape loss_shape(std::span<const Shape> in, const Call&, std::string& mistake) {
  if (in[0] != in[1]) mistake = "prediction and target need the same shape";
  return {1, 1};
}

Index entry_count(const Call& call) { return call.in[0].shape.size(); }
Term same_entry(const Call&, Index, Index k) { return {k, k}; }

// A loss that is the mean of `share`·(p − t)². If the sum overflows, the mean need not.
void squared_error(const Call& call, double share) {
  const auto n = static_cast<double>(entry_count(call));
  const auto difference = entries(call.in[0]) - entries(call.in[1]);
  call.out[0] = share * difference.square().sum() / n;
  if (std::isinf(call.out[0])) call.out[0] = (difference * (share / n) * difference).sum();
}

// The partial of such a loss: the derivative of `share`·d² is `slope`·d.
template <int slope>
Partial squared_error_partial(const char* formula) {
  return {
      .formula = formula,
      .local_at =
          [](const Call& c, Index, Index i) {
            return double{slope} * (c.in[0][i] - c.in[1][i]) / static_cast<double>(entry_count(c));
          },
      .pullback =
          [](const Call& c, View upstream, View contribution) {
            array(contribution) =
                (double{slope} * upstream[0] / static_cast<double>(entry_count(c))) * (a(c) - b(c));
          }};
}

// What a mean over entries or over rows multiplies by: 1/n.
double entry_share(const Call& c) { return 1 / static_cast<double>(entry_count(c)); }
double row_share(const Call& c) { return 1 / static_cast<double>(c.in[0].shape.rows); }

// A loss that is the mean over all entries of `error`(p, t), and its gradient if
// `slope`(p, t) is the derivative of one entry's error.
template <typename Error>
void mean_error(const Call& c, Error error) {
  double sum = 0;
  for (Index i = 0; i < entry_count(c); ++i) sum += error(c.in[0][i], c.in[1][i]);
  c.out[0] = sum * entry_share(c);
  if (!std::isinf(sum)) return;
  c.out[0] = 0;
  for (Index i = 0; i < entry_count(c); ++i)
    c.out[0] += error(c.in[0][i], c.in[1][i]) * entry_share(c);
}

template <typename Slope>
void mean_error_back(const Call& c, View upstream, View contribution, Slope slope) {
  const double share = upstream[0] * entry_share(c);
  for (Index i = 0; i < entry_count(c); ++i)
    contribution[i] = share * slope(c.in[0][i], c.in[1][i]);
}

// The partial of such a loss: `slope` takes the call, p and t.
template <auto slope>
Partial mean_partial(const char* formula) {
  return {.formula = formula,
          .local_at = [](const Call& c, Index,
                         Index i) { return slope(c, c.in[0][i], c.in[1][i]) * entry_share(c); },
          .pullback =
              [](const Call& c, View upstream, View contribution) {
                mean_error_back(c, upstream, contribution,
                                [&](double p, double t) { return slope(c, p, t); });
              }};
}

double sign(double x) { return (x > 0) - (x < 0); }

double sign_of_error(const Call&, double p, double t) { return sign(p - t); }
double minus_sign_of_error(const Call&, double p, double t) { return sign(t - p); }

double clipped_error(const Call& c, double p, double t) {
  const double delta = c.options[0];
  return std::clamp(p - t, -delta, delta);
}
double minus_clipped_error(const Call& c, double p, double t) { return -clipped_error(c, p, t); }

double huber_of(const Call& c, double p, double t) {
  const double delta = c.options[0], error = std::abs(p - t);
  return error < delta ? 0.5 * error * error : delta * (error - 0.5 * delta);
}

// ln p and ln(1 − p), but at least −100, so that a confident mistake costs much but not
// infinitely much.
double at_least_minus_100(double x) { return x < -100 ? -100 : x; }
double log_of(double p) { return at_least_minus_100(std::log(p)); }
double log_of_rest(double p) { return at_least_minus_100(std::log1p(-p)); }

// The share whose logarithm that is.
double with_log_above_minus_100(double share) {
  const double least = std::exp(-100.0);
  return share >= 0 && share < least ? least : share;
}

constexpr double least_spread = 1e-12;

double bce_slope(const Call&, double p, double t) {
  const double spread = p * (1 - p);
  return (p - t) / (spread < least_spread ? least_spread : spread);
}
bool is_bce_held(const Call& c) {
  return std::any_of(c.in[0].begin(), c.in[0].end(),
                     [](double p) { return p * (1 - p) < least_spread; });
}
double bce_target_slope(const Call&, double p, double) { return log_of_rest(p) - log_of(p); }

// The textbook formula, in which p = 0 or 1 divides by 0.
double naive_bce_slope(const Call&, double p, double t) { return (1 - t) / (1 - p) - t / p; }
// 1 − p is rounded to the last digit of 1.
double naive_bce_rounding(const Call& c, View upstream) {
  double sum = 0;
  for (Index i = 0; i < entry_count(c); ++i) sum += std::abs((1 - c.in[1][i]) / (1 - c.in[0][i]));
  return std::abs(upstream[0]) * entry_share(c) * sum;
}
double naive_bce_target_slope(const Call&, double p, double) {
  return std::log(1 - p) - std::log(p);
}

double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }
// σ(z) − t. Above zero σ(z) and t are both nearly 1, often; their distances to 1 keep
// the digits.
double logits_slope(const Call&, double z, double t) {
  return z > 0 ? (1 - t) - sigmoid(-z) : sigmoid(z) - t;
}
double logits_target_slope(const Call&, double z, double) { return -z; }

Shape one_hot_shape(std::span<const Shape> in, const Call&, std::string& mistake) {
  if (in[0] != in[1]) mistake = "logits and target have a column per class, both of them";
  return {1, 1};
}

// The gradient of entry `i` of a row of logits, softmax(z)·Σt − t, written as
// softmax(z)·(Σt − t) − t·(1 − softmax(z)), which keeps its digits when the softmax of
// the right class is nearly 1.
double cross_entropy_slope(const SumOfExp& sum, RowArray z, RowArray t, Index i) {
  return sum.share(z[i]) * (t.sum() - t[i]) - t[i] * sum.rest(i, z[i]);
}

double cross_entropy_at(const Call& c, Index i) {
  const Index columns = c.in[0].shape.columns;
  const RowArray z = row(c.in[0], i / columns), t = row(c.in[1], i / columns);
  return cross_entropy_slope(SumOfExp(z), z, t, i % columns) * row_share(c);
}

double cross_entropy_target_at(const Call& c, Index i) {
  const RowArray z = row(c.in[0], i / c.in[0].shape.columns);
  return -SumOfExp(z).log_share(c.in[0][i]) * row_share(c);
}

void cross_entropy_back(const Call& c, View upstream, View contribution) {
  const double share = upstream[0] * row_share(c);
  for (Index r = 0; r < c.in[0].shape.rows; ++r) {
    const RowArray z = row(c.in[0], r), t = row(c.in[1], r);
    const SumOfExp sum(z);
    RowArray into = row(contribution, r);
    for (Index i = 0; i < z.size(); ++i) into[i] = share * cross_entropy_slope(sum, z, t, i);
  }
}

void cross_entropy_target_back(const Call& c, View upstream, View contribution) {
  const double share = upstream[0] * row_share(c);
  for (Index r = 0; r < c.in[0].shape.rows; ++r) {
    const RowArray z = row(c.in[0], r);
    const SumOfExp sum(z);
    RowArray into = row(contribution, r);
    for (Index i = 0; i < z.size(); ++i) into[i] = -share * sum.log_share(z[i]);
  }
}

void cross_entropy_of(const Call& c) {
  double total = 0;
  for (Index r = 0; r < c.in[0].shape.rows; ++r) {
    const RowArray z = row(c.in[0], r), t = row(c.in[1], r);
    const SumOfExp sum(z);
    for (Index i = 0; i < z.size(); ++i) total -= t[i] * sum.log_share(z[i]);
  }
  c.out[0] = total * row_share(c);
}

// ---- the loss of the best constant answer ----

double mean_variance(View targets) {
  const MatrixMap rows = matrix(targets);
  const auto centred = rows.rowwise() - rows.colwise().mean();
  return centred.array().square().mean();
}

double entropy_of(double share) { return share > 0 ? -share * std::log(share) : 0; }

// Of columns of 0 and 1, each a yes or no of its own.
double mean_entropy(View targets) {
  const Eigen::VectorXd shares = matrix(targets).colwise().mean();
  double sum = 0;
  for (const double share : shares) sum += entropy_of(share) + entropy_of(1 - share);
  return sum / static_cast<double>(shares.size());
}

// Of columns that are the classes.
double entropy_of_classes(View targets) {
  const Eigen::VectorXd shares = matrix(targets).colwise().mean();
  double sum = 0;
  for (const double share : shares) sum += entropy_of(share);
  return sum;
}

using Answers = LossTraits::Answers;
using Targets = LossTraits::Targets;

}  // namespace

std::span<const Op> losses() {
  static const Op table[] = {
      {.name = "mse",
       .token = "mse",
       .spelling = Spelling::call,
       .sign = "MSE",
       .operands = {"p", "t"},
       .formula = "Σ ({p} − {t})² / n",
       .shape = loss_shape,
       .forward = [](const Call& c) { squared_error(c, 1); },
       .partials = {squared_error_partial<2>("2·({p} − {t}) / n"),
                    squared_error_partial<-2>("−2·({p} − {t}) / n")},
       .expansion = {.term = "({p} − {t})²",
                     .around = "({terms}) / {n}",
                     .count = entry_count,
                     .entries = same_entry},
       .samples = anywhere,
       .is_loss = true,
       .loss = {.is_offered = true, .of_best_constant = mean_variance},
       .label = "squared error",
       .place_in_list = 2,
       .pytorch = "functional.mse_loss({p}, {t}).reshape(1, 1)"},
      {.name = "half_mse",
       .token = "half_mse",
       .spelling = Spelling::call,
       .sign = "½MSE",
       .operands = {"p", "t"},
       .formula = "½ · Σ ({p} − {t})² / n",
       .note = "The ½ cancels the 2 of the derivative.",
       .shape = loss_shape,
       .forward = [](const Call& c) { squared_error(c, 0.5); },
       .partials = {squared_error_partial<1>("({p} − {t}) / n"),
                    squared_error_partial<-1>("({t} − {p}) / n")},
       .expansion = {.term = "({p} − {t})²",
                     .around = "½ · ({terms}) / {n}",
                     .count = entry_count,
                     .entries = same_entry},
       .samples = anywhere,
       .is_loss = true,
       .loss = {.is_offered = true,
                .of_best_constant = [](View targets) { return 0.5 * mean_variance(targets); }},
       .label = "½ squared error",
       .place_in_list = 1,
       .pytorch = "0.5 * functional.mse_loss({p}, {t}).reshape(1, 1)"},
      {.name = "mae",
       .token = "mae",
       .spelling = Spelling::call,
       .sign = "MAE",
       .operands = {"p", "t"},
       .formula = "Σ |{p} − {t}| / n",
       .note = "A large error pulls no harder than a small one.",
       .shape = loss_shape,
       .forward =
           [](const Call& c) { mean_error(c, [](double p, double t) { return std::abs(p - t); }); },
       .partials = {mean_partial<sign_of_error>("sign({p} − {t}) / n"),
                    mean_partial<minus_sign_of_error>("−sign({p} − {t}) / n")},
       .expansion = {.term = "|{p} − {t}|",
                     .around = "({terms}) / {n}",
                     .count = entry_count,
                     .entries = same_entry},
       .samples = anywhere,
       .is_loss = true,
       .pytorch = "functional.l1_loss({p}, {t}).reshape(1, 1)"},
      {.name = "huber",
       .token = "huber",
       .spelling = Spelling::call,
       .sign = "Huber",
       .operands = {"p", "t"},
       .formula = "Σ h({p} − {t}) / n",
       .note = "h(d) = ½·d² if |d| < delta, else delta·(|d| − ½·delta): no error pulls harder than "
               "delta.",
       .options = {{.name = "delta",
                    .default_value = 1,
                    .fits = [](double delta) { return delta > 0; },
                    .takes = "is more than 0"}},
       .shape = loss_shape,
       .forward =
           [](const Call& c) {
             mean_error(c, [&](double p, double t) { return huber_of(c, p, t); });
           },
       .partials = {mean_partial<clipped_error>("({p} − {t}, but within ±{delta}) / n"),
                    mean_partial<minus_clipped_error>("−({p} − {t}, but within ±{delta}) / n")},
       .expansion = {.term = "h({p} − {t})",
                     .around = "({terms}) / {n}",
                     .count = entry_count,
                     .entries = same_entry},
       .samples = anywhere,
       .is_loss = true,
       .pytorch = "functional.huber_loss({p}, {t}, delta=delta).reshape(1, 1)"},
      {.name = "bce",
       .token = "bce",
       .spelling = Spelling::call,
       .sign = "BCE",
       .operands = {"p", "t"},
       .formula = "−Σ ({t}·ln {p} + (1 − {t})·ln(1 − {p})) / n, no ln below −100",
       .note =
           "Binary cross-entropy of probabilities, as a sigmoid gives them; a confident mistake "
           "costs 100 rather than infinity.",
       .shape = loss_shape,
       .forward =
           [](const Call& c) {
             mean_error(
                 c, [](double p, double t) { return (t - 1) * log_of_rest(p) - t * log_of(p); });
           },
       .partials = {mean_partial<bce_slope>("({p} − {t}) / max({p}·(1 − {p}), 10⁻¹²) / n"),
                    mean_partial<bce_target_slope>("(ln(1 − {p}) − ln {p}) / n, no ln below −100")},
       .expansion = {.term = "({t}·ln {seen} + (1 − {t})·ln {rest})",
                     .around = "−({terms}) / {n}",
                     .count = entry_count,
                     .entries = same_entry,
                     .numbers = [](const Call& c, Index, Index k) -> NumberWords {
                       const double p = c.in[0][k];
                       return {{"seen", with_log_above_minus_100(p)},
                               {"rest", with_log_above_minus_100(1 - p)}};
                     }},
       .is_held = is_bce_held,
       .samples = between_zero_and_one,
       .is_loss = true,
       .loss = {.answers = Answers::probabilities,
                .targets = Targets::zero_or_one,
                .is_offered = true,
                .of_best_constant = mean_entropy},
       .label = "binary cross-entropy",
       .place_in_list = 3,
       .pytorch = "functional.binary_cross_entropy({p}, {t}).reshape(1, 1)"},
      {.name = "naive_bce",
       .token = "naive_bce",
       .spelling = Spelling::call,
       .sign = "naive BCE",
       .operands = {"p", "t"},
       .formula = "−Σ ({t}·ln {p} + (1 − {t})·ln(1 − {p})) / n",
       .note = "The textbook formula: it is ∞ or not a number where p is 0 or 1. bce keeps its "
               "logarithms at −100 or above, and bce_with_logits needs no p at all.",
       .shape = loss_shape,
       .forward =
           [](const Call& c) {
             mean_error(c, [](double p, double t) {
               return -(t * std::log(p) + (1 - t) * std::log(1 - p));
             });
           },
       .partials = {mean_partial<naive_bce_slope>("((1 − {t}) / (1 − {p}) − {t} / {p}) / n"),
                    mean_partial<naive_bce_target_slope>("(ln(1 − {p}) − ln {p}) / n")},
       .expansion = {.term = "({t}·ln {p} + (1 − {t})·ln(1 − {p}))",
                     .around = "−({terms}) / {n}",
                     .count = entry_count,
                     .entries = same_entry},
       .rounding = naive_bce_rounding,
       .samples = between_zero_and_one,
       .is_loss = true,
       .loss = {.answers = Answers::probabilities, .targets = Targets::zero_or_one},
       .pytorch = "-({t} * torch.log({p}) + (1 - {t}) * torch.log(1 - {p})).mean().reshape(1, 1)"},
      {.name = "bce_with_logits",
       .token = "bce_with_logits",
       .spelling = Spelling::call,
       .sign = "BCE◦σ",
       .operands = {"z", "t"},
       .formula = "Σ (ln(1 + exp({z})) − {t}·{z}) / n",
       .note = "A sigmoid and its cross-entropy in one: nothing overflows, and the slope of the "
               "sigmoid cancels.",
       .shape = loss_shape,
       .forward =
           [](const Call& c) {
             mean_error(c, [](double z, double t) {
               return std::max(z, 0.0) - z * t + std::log1p(std::exp(-std::abs(z)));
             });
           },
       .partials = {mean_partial<logits_slope>("(σ({z}) − {t}) / n"),
                    mean_partial<logits_target_slope>("−{z} / n")},
       .expansion = {.term = "(ln(1 + exp({z})) − {t}·{z})",
                     .around = "({terms}) / {n}",
                     .count = entry_count,
                     .entries = same_entry},
       .samples = anywhere,
       .is_loss = true,
       .loss = {.answers = Answers::logits,
                .targets = Targets::zero_or_one,
                .is_offered = true,
                .of_best_constant = mean_entropy},
       .label = "binary cross-entropy of logits",
       .place_in_list = 4,
       .pytorch = "functional.binary_cross_entropy_with_logits({z}, {t}).reshape(1, 1)"},
      {.name = "cross_entropy",
       .token = "cross_entropy",
       .spelling = Spelling::call,
       .sign = "CE",
       .operands = {"z", "t"},
       .formula = "−Σ {t}·ln softmax({z}) / n",
       .note =
           "A softmax over each row of logits and its cross-entropy in one; the target has a 1 in "
           "the column of the right class, and the slope takes Σ along the row; n counts rows.",
       .shape = one_hot_shape,
       .forward = cross_entropy_of,
       .partials = {{.formula = "(softmax({z})·Σ{t} − {t}) / n",
                     .local_at = [](const Call& c, Index,
                                    Index i) { return cross_entropy_at(c, i); },
                     .pullback = cross_entropy_back},
                    {.formula = "−ln softmax({z}) / n",
                     .local_at = [](const Call& c, Index,
                                    Index i) { return cross_entropy_target_at(c, i); },
                     .pullback = cross_entropy_target_back}},
       .expansion = {.term = "{t}·ln {share}",
                     .around = "−({terms}) / {rows}",
                     .count = entry_count,
                     .entries = same_entry,
                     .numbers = [](const Call& c, Index, Index k) -> NumberWords {
                       const Index r = k / c.in[0].shape.columns;
                       return {{"share", SumOfExp(row(c.in[0], r)).share(c.in[0][k])},
                               {"rows", static_cast<double>(c.in[0].shape.rows)}};
                     }},
       .samples = anywhere,
       .is_loss = true,
       .loss = {.answers = Answers::logits,
                .targets = Targets::one_hot,
                .is_offered = true,
                .of_best_constant = entropy_of_classes},
       .label = "cross-entropy",
       .place_in_list = 5,
       .pytorch = "functional.cross_entropy({z}, {t}).reshape(1, 1)"},
  };
  return table;
}

}  // namespace backstep::op_table
