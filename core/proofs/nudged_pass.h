// A NudgedPass computes what follows from one number set by hand: the loss, its
// slope by that number, and how much of the loss may be mere rounding. It has a
// graph of its own, in float64 and by the rules of the table, whatever bug the
// graph it was made from has; and computes only what depends on the number.
#pragma once

#include <vector>

#include "core/engine/graph.h"

namespace backstep {

// What was found where the number is set to one value.
struct Nudged {
  double loss = not_given;
  double slope = not_given;  // by the chain rule
  double noise = not_given;  // how far rounding may have moved the loss

  bool has_loss() const { return loss - loss == 0; }  // a finite one
};

class NudgedPass {
 public:
  // With the leaves of `graph` as they are.
  explicit NudgedPass(const Graph& graph);

  // Which number is set by hand from here on; all else is as it was.
  void choose(int node, Index entry);
  double start() const { return start_; }  // the number when nothing is set by hand
  Nudged at(double value);

  // Whether, with the number as set last, the derivative of something that depends on
  // it is held at a bound.
  bool is_held() const;

 private:
  void follow(int node);
  double noise() const;

  Graph graph_;
  int node_ = -1;
  Index entry_ = 0;
  double start_ = 0;
  std::vector<bool> depends_;  // by node: on the chosen number
  std::vector<int> forward_, backward_;
};

}  // namespace backstep
