// A SlopeSearch finds the slope of the loss by one number from the loss at numbers
// near it. It says where to look next and is told what is there, so that the work can
// be laid down and taken up again.
//
// Central differences are taken at ever smaller steps, four steps in a row are
// extrapolated (Richardson), and each such estimate has an error: of truncation, from
// how far the four agree, and of rounding, from what the loss can resolve. What counts
// is the estimate with the smallest error that no estimate from smaller steps
// contradicts (Lepski's rule): a wide step across a bend may look sure of itself, but
// the limit is at small ones. The chain rule's own slope here says only with which step
// to begin.
//
// A closer look, where one is asked for, is at steps at which no loss would tell
// anything. There the chain rule's slopes say whether there is a kink, and how far they
// themselves are rounded.
#pragma once

#include <cstddef>
#include <vector>

#include "core/proofs/nudged_pass.h"

namespace backstep {

// An estimate of the slope.
struct SlopeEstimate {
  double slope = not_given;
  double error = not_given;   // at most
  double noise = not_given;   // what of the error is rounding of the loss
  double around = not_given;  // the chain rule's slope on both sides, on average
  bool may_be_kink = false;   // the slope is not seen to change smoothly
  double nearby = 0;          // the largest slope where the number was nudged to

  bool exists() const { return slope == slope; }
};

// Why there is no estimate.
enum class NoSlope { not_finite, edge, unsettled };

// What the chain rule says all but here.
struct CloserLook {
  bool kink = false;
  double least = 0, most = 0;  // the slopes on either side, and here
  double spread = 0;           // of them all: how far they are rounded, if there is no kink
};

class SlopeSearch {
 public:
  SlopeSearch(double at, const Nudged& here);

  bool done() const { return done_; }
  double next() const { return wanted_; }  // where to nudge the number to
  void take(const Nudged& there);

  SlopeEstimate found() const;
  NoSlope trouble() const;  // where nothing is found

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
  std::size_t first_close_ = 0;  // of the closer look; 0 before it
  bool right_taken_ = false;
  double wanted_ = 0;
  bool done_ = false;
  std::vector<SlopeEstimate> estimates_;  // likewise
};

}  // namespace backstep
