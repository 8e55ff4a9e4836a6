// An Explanation describes one node, and one entry of it, at the cursor of a timeline:
// its formula, the formula with numbers, and the chain rule along its edges with
// numbers. All of it follows from the op's row in the table. For what is not computed
// yet it says at which tick that comes.
#pragma once

#include <string>
#include <vector>

#include "app/paint/styled_text.h"
#include "core/stepping/timeline.h"

namespace backstep {

// "left = right". Without a left side it continues the line above.
struct Equation {
  std::string left;
  StyledText right;
  const char* sign = "=";  // "+=" if several edges add to one gradient
};
using Equations = std::vector<Equation>;

// "∂L/∂z₁ = ∂L/∂a₁ · σ′(z₁)"; one that continues a line begins with "= ".
std::string equation_text(const Equation& equation);

// The chain rule along one edge, for one entry of the operand.
struct Contribution {
  int edge = -1;
  int operand = -1;     // the node that receives it
  Index entry = 0;      // of the operand
  bool known = false;   // whether it is computed
  bool whole = true;    // whether it is the whole gradient of the operand
  double amount = 0;    // upstream × local, summed over the output entries
  std::string through;  // the node that uses the operand: "z₂ = a₁ @ W₂ + b₂"
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
  std::vector<Contribution> hands_on;     // to its operands
  std::vector<Contribution> receives;     // its own gradient is the sum of these
  Equations total;                        // that sum, if there are several
  std::string value_when, gradient_when;  // "comes at tick 3 of 20"; empty if computed
};

Explanation explain(const Timeline& timeline, int node, Index entry);

// The text of a leaf in the program: "param([[0.4], [0.6]])", shortened if it is long.
// Empty if `program` is not the one that was read.
std::string source_of(const Node& node, const std::string& program);

}  // namespace backstep
