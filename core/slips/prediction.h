// A prediction is what a learner expects a number to be before it is computed. If it
// is wrong, the slip behind it is named where it can be: each known slip is one row
// of the table in prediction_slips.cpp, with the numbers that it leads to.
#pragma once

#include <span>
#include <string>

#include "core/engine/graph.h"

namespace backstep {

enum class Asked { value, gradient, sign_of_gradient };

// What is asked about one entry of one node.
struct Question {
  Asked asked = Asked::gradient;
  int node = -1;
  Index entry = 0;
};

enum class Slip {
  none,
  wrong_sign,
  forgot_slope,
  weight_for_input,  // w instead of x in a product, or vice versa
  one_path_only,
  forgot_mean,  // the 1/n of the batch
  unknown,
};

struct Judgement {
  bool right = false;
  Slip slip = Slip::none;
  double truth = 0;
  std::string words;  // "The size is right, the sign is not."
};

// `answer` is what was typed: a number, which is right if it agrees with the truth to
// the digits typed, at least two of them; or for signs "+", "-", "0" or a word for
// them. Needs a graph after a forward and a backward pass.
Judgement judge(const Graph& graph, const Question& question, const std::string& answer);

// The right answer; for a sign −1, 0 or 1.
double truth_of(const Graph& graph, const Question& question);

}  // namespace backstep
