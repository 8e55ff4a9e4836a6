// A SlopeSearch finds the slope of the loss by one number from the loss at numbers
// near it. It says which number to try next and is given the result, so that the work
// can be interrupted and continued.
//
// Central differences are taken with smaller and smaller steps, and four successive
// steps are extrapolated (Richardson). Each such estimate has an error: the truncation
// error, from how well the four agree, and the rounding error, from what the loss can
// resolve. The answer is the estimate with the smallest error that no estimate from
// smaller steps contradicts (Lepski's rule): a wide step across a bend may look
// precise, but the slope is the limit of small ones. The slope by the chain rule only
// decides with which step to begin.
//
// On request it looks closer, with steps so small that the loss shows nothing. There the
// slopes by the chain rule show whether there is a kink, and how far they are rounded.
#pragma once

#include <cstddef>
#include <vector>

#include "core/proofs/nudged_pass.h"

namespace backstep {

// An estimate of the slope.
struct SlopeEstimate {
  double slope = not_given;
  double error = not_given;   // an upper bound
  double noise = not_given;   // the part of the error that is rounding of the loss
  double around = not_given;  // by the chain rule: the average of both sides
  bool may_be_kink = false;   // the slopes nearby do not converge to the one here
  double nearby = 0;          // the largest slope at any of the numbers tried

  bool exists() const { return slope == slope; }
};

// Why there is no estimate.
enum class NoSlope { not_finite, edge, unsettled };

// Slopes by the chain rule very close to the number.
struct CloserLook {
  bool kink = false;
  double least = 0, most = 0;  // of the slopes on both sides and here
  double spread = 0;           // most − least; without a kink it is rounding error
};

class SlopeSearch {
 public:
  SlopeSearch(double at, const Nudged& here);

  bool done() const { return done_; }
  double next() const { return wanted_; }  // the number to try next
  void take(const Nudged& there);

  SlopeEstimate found() const;
  NoSlope trouble() const;  // why nothing is found

  void look_closer();  // the search goes on
  bool has_looked_closer() const { return first_close_ > 0; }
  CloserLook closer_look() const;

 private:
  struct Pair {
    double step = 0;
    Nudged right, left;
    bool has_losses() const { return right.has_loss() && left.has_loss(); }
    double slope() const { return (right.loss - left.loss) / (2 * step); }
    double noise() const { return (right.noise + left.noise) / (2 * step); }
  };

  double smallest_step() const;
  void begin_pair(double step);
  void go_on();
  void judge();
  SlopeEstimate estimate(const Pair* pairs) const;
  bool may_be_kink(const Pair* pairs, const SlopeEstimate& estimate) const;
  bool is_near(const Pair& pair) const;
  bool is_sure(const Pair* pairs, const SlopeEstimate& estimate) const;
  bool is_level(const Pair& pair) const;
  bool agrees_with_smaller(std::size_t estimate) const;

  double at_ = 0;
  Nudged here_;
  std::vector<Pair> pairs_;      // from the widest step to the smallest
  std::size_t first_close_ = 0;  // index of the closer look's first pair; 0 before it
  bool right_taken_ = false;
  double wanted_ = 0;
  bool done_ = false;
  std::vector<SlopeEstimate> estimates_;  // in the same order
};

}  // namespace backstep
