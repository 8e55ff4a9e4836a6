// A NudgedPass sets one number by hand and computes the loss, its slope by that number,
// and how much of the loss may be rounding error. It has a graph of its own, in float64
// and by the rules of the table even if the original has a bug, and computes only what
// depends on the number.
#pragma once

#include <vector>

#include "core/engine/graph.h"

namespace backstep {

// The results with the number set to one value.
struct Nudged {
  double loss = not_given;
  double slope = not_given;  // by the chain rule
  double noise = not_given;  // how far rounding may have moved the loss

  bool has_loss() const { return loss - loss == 0; }  // whether the loss is finite
};

class NudgedPass {
 public:
  // Takes the leaves of `graph` as they are.
  explicit NudgedPass(const Graph& graph);

  // Chooses the number that at() sets, and restores the one chosen before.
  void choose(int node, Index entry);
  double start() const { return start_; }  // the number before it is set by hand
  Nudged at(double value);

  // Whether, with the value set last, some derivative that depends on the number is
  // clamped at a bound.
  bool is_held() const;

 private:
  void follow(int node);
  double noise() const;

  Graph graph_;
  int node_ = -1;
  Index entry_ = 0;
  double start_ = 0;
  std::vector<bool> depends_;  // by node: whether it depends on the chosen number
  std::vector<int> forward_, backward_;
};

}  // namespace backstep
