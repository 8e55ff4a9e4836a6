// GradientChecks hold the nudge check of every entry of every parameter: the
// gradient an update would use against finite differences. They are worked out
// a few at a time, so that a window stays alive meanwhile.
#pragma once

#include <vector>

#include "core/deadline.h"
#include "core/nudge.h"

namespace backstep {

struct CheckedEntry {
  int parameter = -1;
  Index entry = 0;
  GradientCheck check;
};

class GradientChecks {
 public:
  // Of the timeline's present pass, wherever its cursor stands. Where gradients
  // are not zeroed, what is checked is what has been added up.
  explicit GradientChecks(const Timeline& timeline);

  bool work(const Deadline& deadline);  // true when all are done
  bool finished() const { return done() == total(); }
  std::size_t done() const { return checks_.size(); }
  std::size_t total() const { return total_; }

  const std::vector<CheckedEntry>& all() const { return checks_; }  // in order, those done
  // Of one entry, or null when it is not done (or no parameter's).
  const GradientCheck* of(int parameter, Index entry) const;
  // The worst of a parameter's entries, by severity and then by relative error; null
  // when none is done.
  const CheckedEntry* worst_of(int parameter) const;
  std::size_t count(Verdict verdict) const;

 private:
  Nudger nudger_;
  std::size_t total_ = 0;
  std::vector<CheckedEntry> checks_;
  std::vector<int> parameters_;
  std::vector<std::size_t> first_of_;  // by node: where its checks begin; total_ for none
  std::vector<double> added_;          // what earlier passes left, in the order of checks; or empty
};

// Differs before kink before agrees.
int severity(Verdict verdict);

// About `wanted` entries of a parameter of this shape, chosen evenly.
std::vector<CheckedEntry> check_evenly(Nudger& nudger, int parameter, Shape shape, Index wanted);

}  // namespace backstep
