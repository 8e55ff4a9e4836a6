// GradientChecks hold the nudge check of the entries of every parameter: the
// gradient an update would use against finite differences. They are worked out
// a few at a time, so that a window stays alive meanwhile. Of a large network
// some entries of each parameter stand for all, chosen evenly.
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
  // Of the timeline's present pass, wherever its cursor stands. Where gradients
  // are not zeroed, what is checked is what has been added up.
  explicit GradientChecks(const Timeline& timeline);
  // Of the gradients that one pass leaves.
  explicit GradientChecks(const Graph& graph);

  bool work(const Deadline& deadline);  // true when all are done
  bool finished() const { return done() == total(); }
  std::size_t done() const { return checks_.size(); }
  std::size_t total() const { return total_; }

  const std::vector<CheckedEntry>& all() const { return checks_; }  // in order, those done
  // How many entries of a parameter are checked, in the end.
  Index planned(int parameter) const;
  // Of one entry, or null when it is not done (or not chosen, or no parameter's).
  const GradientCheck* of(int parameter, Index entry) const;
  // The worst of a parameter's entries, by severity and then by relative error; null
  // when none is done.
  const CheckedEntry* worst_of(int parameter) const;
  std::size_t count(Verdict verdict) const;

 private:
  // The entries of one parameter: every `stride`-th.
  struct Part {
    int parameter = -1;
    Index stride = 1, count = 0;
    std::size_t first = 0;  // where its checks begin
    std::size_t added = 0;  // where it begins among all parameters' entries
  };
  void plan(const Graph& graph);
  const Part* part_of(int parameter) const;
  void begin_next();

  Nudger nudger_;
  std::vector<Part> parts_;  // in the order of checks
  std::size_t total_ = 0;
  std::vector<CheckedEntry> checks_;
  std::optional<CheckedEntry> begun_;  // the one being worked on
  std::vector<double> added_;          // what earlier passes left of every entry; or empty
};

// Differs before what is no number or a kink, before what cannot be nudged, before agrees.
int severity(Verdict verdict);

}  // namespace backstep
