// The table of ops, in eight parts. To add an op, add a row to the part it
// belongs to: the parser, the inspector, the help page and the tests read it
// from there.
//
// How to read a formula: {a}, {b}, {x}, {z}, {p}, {t} are the operands, {y} is the
// output, {slope} the option of that name. Σ sums over the n entries on which the
// entry of the output depends; in a derivative it sums over the entry's row. If an
// entry of the output depends on several entries of an operand, δ is 1 for the operand
// entry in the same place and 0 for the others, and a prime marks the other entry. The
// derivative by entries on which it does not depend is 0 and not mentioned. A matrix
// {b}ᵀ is multiplied with the upstream gradient. Other names (u, h) are explained in
// the note, u = … Case distinctions are written out: "1 if {a} > {b}, ½ if {a} = {b},
// else 0". A test evaluates the formulas and compares them with the numbers. Where
// several derivatives are possible they are PyTorch's (relu and abs have slope 0 at 0).
#pragma once

#include <cmath>

#include "core/engine/arrays.h"
#include "core/engine/ops.h"

namespace backstep::op_table {

std::span<const Op> arithmetic();
std::span<const Op> choices();
std::span<const Op> matrices();
std::span<const Op> pieces();
std::span<const Op> activations();
std::span<const Op> losses();
std::span<const Op> normalisations();
std::span<const Op> layers();

// ---- what several parts use ----

inline Array x(const Call& c) { return array(c.in[0]); }
inline Array a(const Call& c) { return array(c.in[0]); }
inline Array b(const Call& c) { return array(c.in[1]); }
inline Array y(const Call& c) { return array(c.out); }

// Samples for the tests.
inline const std::vector<double> anywhere = {-1.7, -0.6, 0.4, 1.3, 2.2};
inline const std::vector<double> above_zero = {0.3, 0.8, 1.7, 2.9};
inline const std::vector<double> between_zero_and_one = {0.2, 0.35, 0.5, 0.7};

// Eigen's exp does not get smaller than the smallest normal number.
template <typename From, typename To>
void exp_of(const From& from, To&& to) {
  to = from.exp();
  for (Index i = 0; i < to.size(); ++i)
    if (from.coeff(i) < -708) to[i] = std::exp(from.coeff(i));
}

// Whether results have all digits of a double. If they are rounded to fewer, slopes are
// those at the rounded number.
inline bool keeps_all_digits(const Call& c) { return c.pass->precision == Precision::float64; }

inline bool in_training(const Call& c) { return c.pass->mode == PassMode::training; }

// The count of expansions that are not sums.
inline Index one_term(const Call&) { return 1; }

// One row of a matrix, as an array.
using RowArray = Eigen::Map<Eigen::ArrayXd>;
inline RowArray row(View view, Index number) {
  return RowArray(view.data + number * view.shape.columns, view.shape.columns);
}

// Σ exp(x) of a row as exp(largest)·(1 + others), where `others` sums over all entries
// but the largest. Kept apart, the parts never overflow, and the small ones keep their
// digits beside the 1.
struct SumOfExp {
  Index top = 0;
  double largest = 0, others = 0;

  explicit SumOfExp(const RowArray& x) {
    for (Index i = 1; i < x.size(); ++i)
      if (!(x[i] <= x[top])) top = i;
    largest = x[top];
    for (Index i = 0; i < x.size(); ++i)
      if (i != top) others += std::exp(x[i] - largest);
  }

  double sum() const { return 1 + others; }
  // ln softmax and softmax of an entry x of this row.
  double log_share(double x) const { return (x - largest) - std::log1p(others); }
  double share(double x) const { return std::exp(x - largest) / sum(); }
  // 1 − share(x) for entry `i` of the row.
  double rest(Index i, double x) const {
    return (i == top ? others : sum() - std::exp(x - largest)) / sum();
  }
};

}  // namespace backstep::op_table
