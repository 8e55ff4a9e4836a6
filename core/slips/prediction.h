// A Prediction is what someone expects a number to be before it is computed.
// A wrong one is told apart where it can be: each known slip is one row of the
// table in prediction.cpp, with the number that one gets when making it.
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
  weight_for_input,  // w instead of x in a product, or the other way round
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

// `answer` as typed: a number (right when it agrees with the truth to the digits
// typed, at least two of them), or for signs "+", "-", "0" and their words.
// `graph` has a finished forward and backward pass.
Judgement judge(const Graph& graph, const Question& question, const std::string& answer);

// The truth as it is asked for.
double truth_of(const Graph& graph, const Question& question);

}  // namespace backstep
