#include "core/proofs/slope_search.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace backstep {

namespace {

constexpr double shrink = 8;              // one step divided by the next
constexpr std::size_t pairs_at_once = 4;  // an estimate is made from
constexpr std::size_t most_pairs = 30;
constexpr std::size_t close_pairs = 3;
// The rounding error, as a share of the slope, that the first step is chosen for.
constexpr double wanted_noise = 1e-10;
// The first step as a share of the number or of 1, if the slope here says nothing about it.
constexpr double largest_share = 0.1;
// With a relative error this small, smaller steps are not needed.
constexpr double sure_error = 1e-6;
// The smallest step of the closer look, as a share of the smallest before it.
constexpr double closer = 1e-9;
constexpr double epsilon = std::numeric_limits<double>::epsilon();

double distance(double a, double b) { return std::abs(a - b); }

// A step near `step` by which the number can be moved exactly, in either direction.
double exact_step(double at, double step) { return (std::abs(at) + step) - std::abs(at); }

double first_step(double at, const Nudged& here) {
  const double size = std::max(1.0, std::abs(at)), slope = std::abs(here.slope);
  const double step = here.noise / wanted_noise / slope;
  if (slope == 0 || !std::isfinite(step)) return largest_share * size;
  if (here.noise < 1e-300) return 1e-6 * size;  // nothing is rounded, as for 0
  return std::clamp(step, 1e-6 * std::abs(at), 1e8 * size);
}

}  // namespace

SlopeSearch::SlopeSearch(double at, const Nudged& here) : at_(at), here_(here) {
  done_ = !std::isfinite(at) || !here.has_loss();
  if (done_) return;
  const double room = std::pow(shrink, static_cast<double>(pairs_at_once - 1));
  begin_pair(std::max(first_step(at, here), room * smallest_step()));
}

// Some units in the last place of the number.
double SlopeSearch::smallest_step() const { return std::max(16 * epsilon * std::abs(at_), 1e-318); }

void SlopeSearch::begin_pair(double step) {
  pairs_.push_back({.step = exact_step(at_, step)});
  right_taken_ = false;
  wanted_ = at_ + pairs_.back().step;
}

void SlopeSearch::take(const Nudged& there) {
  assert(!done_ && "the search goes on");
  if (right_taken_) {
    pairs_.back().left = there;
    go_on();
  } else {
    pairs_.back().right = there;
    right_taken_ = true;
    wanted_ = at_ - pairs_.back().step;
  }
}

// A pair is complete.
void SlopeSearch::go_on() {
  if (has_looked_closer()) {
    done_ = pairs_.size() == first_close_ + close_pairs;
  } else {
    if (pairs_.size() >= pairs_at_once) judge();
    done_ = done_ || pairs_.size() == most_pairs || pairs_.back().step < shrink * smallest_step();
  }
  if (!done_) begin_pair(pairs_.back().step / shrink);
}

// Makes an estimate from the last pairs, and decides whether it is enough.
void SlopeSearch::judge() {
  const Pair* pairs = pairs_.data() + pairs_.size() - pairs_at_once;
  if (!std::all_of(pairs, pairs + pairs_at_once, [](const Pair& p) { return p.has_losses(); }))
    return;
  const SlopeEstimate found = estimate(pairs);
  if (!std::isfinite(found.slope) || !std::isfinite(found.error)) return;
  // With steps larger than the number itself, the curve may be a different one.
  const bool is_far = pairs[0].step > largest_share * std::max(1.0, std::abs(at_));
  if (is_far && !is_near(pairs[0])) return;
  if (is_sure(pairs, found) || is_level(pairs[0])) {
    estimates_.clear();
    done_ = true;
  }
  estimates_.push_back(found);
  // Smaller steps would show only noise, unless the loss is flat.
  if (found.noise > 2 * std::max(std::abs(here_.slope), std::abs(found.slope)) &&
      !is_level(pairs_.back()))
    done_ = true;
}

SlopeEstimate SlopeSearch::estimate(const Pair* pairs) const {
  // The leading error of central differences is the square of the step.
  constexpr double square = shrink * shrink;
  const auto extrapolated = [](double wide, double narrow) {
    return (square * narrow - wide) / (square - 1);
  };
  double slopes[pairs_at_once - 1];
  for (std::size_t i = 0; i + 1 < pairs_at_once; ++i)
    slopes[i] = extrapolated(pairs[i].slope(), pairs[i + 1].slope());
  SlopeEstimate found;
  found.slope = slopes[0];
  found.noise = (square * pairs[1].noise() + pairs[0].noise()) / (square - 1);
  found.error = found.noise +
                std::max(distance(slopes[0], slopes[1]), distance(slopes[0], slopes[2])) +
                4 * epsilon * std::abs(found.slope);
  const Pair& nearest = pairs[pairs_at_once - 1];
  found.around = (nearest.right.slope + nearest.left.slope) / 2;
  found.may_be_kink = may_be_kink(pairs, found);
  return found;
}

// Whether the slopes by the chain rule on some side, extrapolated linearly to the number,
// differ from the slope there. Extrapolating from two pairs farther away shows how
// reliable that is.
bool SlopeSearch::may_be_kink(const Pair* pairs, const SlopeEstimate& found) const {
  const auto limit = [](double far, double near) { return near - (far - near) / (shrink - 1); };
  double jump = 0, doubt = 0, size = 0;
  for (const auto side : {&Pair::right, &Pair::left}) {
    const auto slope = [&](int pair) { return (pairs[pair].*side).slope; };
    const double near = limit(slope(2), slope(3)), far = limit(slope(1), slope(2));
    doubt = std::max(doubt, distance(near, far));
    size = std::max(size, std::abs(near));
    jump = std::max(jump, distance(near, std::isfinite(here_.slope) ? here_.slope : found.slope));
  }
  return jump > 4 * doubt + 2 * found.error + 1e-7 * size;
}

// Whether the pair is near enough for its slopes to be about that of the number.
bool SlopeSearch::is_near(const Pair& pair) const {
  const double here = here_.slope, far = 0.25 * std::abs(here);
  return distance(pair.right.slope, here) <= far && distance(pair.left.slope, here) <= far;
}

bool SlopeSearch::is_sure(const Pair* pairs, const SlopeEstimate& found) const {
  return !found.may_be_kink && found.error <= sure_error * std::abs(found.slope) &&
         is_near(pairs[pairs_at_once - 1]);
}

// Whether the loss does not change at all, and by the chain rule should not.
bool SlopeSearch::is_level(const Pair& pair) const {
  const auto is_same = [&](const Nudged& there) {
    return there.loss == here_.loss && there.slope == 0;
  };
  return here_.slope == 0 && is_same(pair.right) && is_same(pair.left);
}

bool SlopeSearch::agrees_with_smaller(std::size_t index) const {
  const SlopeEstimate& one = estimates_[index];
  return std::all_of(estimates_.begin() + static_cast<std::ptrdiff_t>(index), estimates_.end(),
                     [&](const SlopeEstimate& other) {
                       return distance(one.slope, other.slope) <= one.error + other.error;
                     });
}

SlopeEstimate SlopeSearch::found() const {
  SlopeEstimate best;
  for (std::size_t i = 0; i < estimates_.size(); ++i)
    if ((!best.exists() || estimates_[i].error < best.error) && agrees_with_smaller(i))
      best = estimates_[i];
  for (const Pair& pair : pairs_)
    for (double slope : {pair.right.slope, pair.left.slope})
      if (std::isfinite(slope)) best.nearby = std::max(best.nearby, std::abs(slope));
  return best;
}

NoSlope SlopeSearch::trouble() const {
  if (!std::isfinite(at_)) return NoSlope::not_finite;
  return pairs_.back().has_losses() ? NoSlope::unsettled : NoSlope::edge;
}

void SlopeSearch::look_closer() {
  assert(done_ && !pairs_.empty() && "a search comes first");
  const double step = std::max(closer * pairs_.back().step, 4 * smallest_step());
  first_close_ = pairs_.size();
  done_ = false;
  begin_pair(step * shrink * shrink);
}

// At a kink the slopes on one side agree with each other, but not with those on the other
// side or with the slope here.
CloserLook SlopeSearch::closer_look() const {
  CloserLook look = {.least = here_.slope, .most = here_.slope};
  double doubt = 0, jump = 0;
  for (const auto side : {&Pair::right, &Pair::left}) {
    const auto slope = [&](std::size_t pair) { return (pairs_[first_close_ + pair].*side).slope; };
    const auto [least, most] = std::minmax({slope(0), slope(1), slope(2)});
    doubt = std::max(doubt, most - least);
    look.least = std::fmin(look.least, least);
    look.most = std::fmax(look.most, most);
  }
  look.spread = look.most - look.least;
  jump = look.spread - 2 * doubt;
  look.kink = jump > 4 * doubt + 1e-7 * std::max(std::abs(look.least), std::abs(look.most));
  return look;
}

}  // namespace backstep
