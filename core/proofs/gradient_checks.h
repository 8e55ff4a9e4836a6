// GradientChecks compare the gradient of every entry of every parameter with finite
// differences, as a Nudger does for one entry. The work is done in pieces, so that the
// window stays responsive. Of a large network only some entries of each parameter are
// checked, evenly spaced.
#pragma once

#include <optional>
#include <vector>

#include "core/base/deadline.h"
#include "core/proofs/nudge.h"

namespace backstep {

struct CheckedEntry {
  int parameter = -1;
  Index entry = 0;
  GradientCheck check;
};

class GradientChecks {
 public:
  // Checks the timeline's present pass, wherever its cursor stands. If gradients are not
  // zeroed between passes, their sums are checked.
  explicit GradientChecks(const Timeline& timeline);
  // Checks the gradients of one pass.
  explicit GradientChecks(const Graph& graph);

  bool work(const Deadline& deadline);  // returns whether all checks are done
  bool finished() const { return done() == total(); }
  std::size_t done() const { return checks_.size(); }
  std::size_t total() const { return total_; }

  const std::vector<CheckedEntry>& all() const { return checks_; }  // those done, in order
  // How many entries of a parameter are checked once all is done.
  Index planned(int parameter) const;
  // The check of one entry, or null if it is not done or not planned.
  const GradientCheck* of(int parameter, Index entry) const;
  // The worst entry of a parameter, by severity and then by relative error; null if none
  // is done.
  const CheckedEntry* worst_of(int parameter) const;
  std::size_t count(Verdict verdict) const;

 private:
  // The entries of one parameter that are checked: every `stride`-th.
  struct Part {
    int parameter = -1;
    Index stride = 1, count = 0;
    std::size_t first = 0;      // number of its first check
    std::size_t first_sum = 0;  // index of its first entry in sums_
  };
  void plan(const Graph& graph);
  const Part* part_of(int parameter) const;
  void begin_next();

  Nudger nudger_;
  std::vector<Part> parts_;  // in the order of checks
  std::size_t total_ = 0;
  std::vector<CheckedEntry> checks_;
  std::optional<CheckedEntry> begun_;  // the one being worked on
  std::vector<double> sums_;           // gradients that earlier passes added up; or empty
};

// Orders verdicts: `differs` is the most severe, then no number and kinks, then what
// cannot be resolved, then `agrees`.
int severity(Verdict verdict);

}  // namespace backstep
