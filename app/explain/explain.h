// An Explanation is what can be said of one node, and one entry of it, at the
// cursor of a timeline: its formula, the same with numbers, and the chain rule
// along its edges with numbers. It is worked out from the op's row in the table
// alone. What has not been computed yet says at which tick it will be.
#pragma once

#include <string>
#include <vector>

#include "app/paint/styled_text.h"
#include "core/stepping/timeline.h"

namespace backstep {

// "left = right"; with nothing on the left it goes on from the line above.
struct Equation {
  std::string left;
  StyledText right;
  const char* sign = "=";  // "+=" where several edges add to one gradient
};
using Equations = std::vector<Equation>;

// "∂L/∂z₁ = ∂L/∂a₁ · σ′(z₁)"; one that goes on begins with "= ".
std::string text_of(const Equation& equation);

// The chain rule along one edge, for one entry of the operand.
struct Contribution {
  int edge = -1;
  int operand = -1;     // the node that gets it
  Index entry = 0;      // of the operand
  bool known = false;   // the gradient has come back along the edge
  bool whole = true;    // the operand has no other edge that carries a gradient
  double amount = 0;    // upstream × local, summed over the outputs it reaches
  std::string through;  // the user of the operand: "z₂ = a₁ @ W₂ + b₂"
  Equations equations;
};

struct Explanation {
  std::string name;      // "a₁", "a₁[0,2]" without its entry; for unnamed nodes "x@W₁"
  std::string gradient;  // "∂L/∂a₁"
  std::string entry;     // "[0,2]"; empty for a single number
  std::string title;     // "a₁ = σ(z₁)"
  std::string subtitle;  // "sigmoid · hidden layer · line 8"
  std::string note;      // one sentence about the op
  Equations forward;     // empty for leaves
  std::vector<Contribution> hands_on;     // what it gives its operands
  std::vector<Contribution> receives;     // where its own gradient comes from
  Equations total;                        // the sum of `receives`, where there are several
  std::string value_when, gradient_when;  // "comes at tick 3 of 20"; empty when known
};

Explanation explain(const Timeline& timeline, int node, Index entry);

// The text that made a leaf, out of the program: "param([[0.4], [0.6]])"; long
// ones are shortened. Empty when `program` is not the one that was read.
std::string source_of(const Node& node, const std::string& program);

}  // namespace backstep
