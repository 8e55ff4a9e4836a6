// GradientChecks hold the nudge check of every entry of every parameter: the
// gradient an update would use against finite differences. They are worked out
// a few at a time, so that a window stays alive meanwhile.
#pragma once

#include <vector>

#include "core/deadline.h"
#include "core/nudge.h"

namespace backstep {

class GradientChecks {
 public:
  // Of the timeline's present pass, wherever its cursor stands. Where gradients
  // are not zeroed, what is checked is what has been added up.
  explicit GradientChecks(const Timeline& timeline);

  bool work(const Deadline& deadline);  // true when all are done
  bool finished() const { return done() == total(); }
  std::size_t done() const { return checks_.size(); }
  std::size_t total() const { return total_; }

  struct Entry {
    int parameter = -1;
    Index entry = 0;
    GradientCheck check;
  };
  const std::vector<Entry>& all() const { return checks_; }  // in order, those done
  // Of one entry, or null when it is not done (or no parameter's).
  const GradientCheck* of(int parameter, Index entry) const;
  // The worst of a parameter's entries: differs before kink before agrees;
  // null when none is done.
  const GradientCheck* worst_of(int parameter) const;
  std::size_t count(Verdict verdict) const;

 private:
  Nudger nudger_;
  std::size_t total_ = 0;
  std::vector<Entry> checks_;
  std::vector<int> parameters_;
  std::vector<std::size_t> first_of_;  // by node: where its checks begin; total_ for none
  std::vector<double> added_;          // what earlier passes left, in the order of checks; or empty
};

}  // namespace backstep
