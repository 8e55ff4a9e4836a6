// What one gets when making a known slip: wrong answers to a question, each with
// the sentence that says what went wrong.
#pragma once

#include <string>
#include <vector>

#include "core/slips/prediction.h"

namespace backstep {

struct WrongAnswer {
  double number = 0;
  std::string words;
};

// One slip, and the answers it leads to, the simplest first.
struct SlipRow {
  Slip slip;
  std::vector<WrongAnswer> (*answers)(const Graph& graph, const Question& question);
};

// In the order in which they are tried: the simplest slip first.
std::span<const SlipRow> all_slips();

// What the gradient of an entry is made of: for each way to a next entry, its
// upstream gradient and its local derivative; empty where they are too many.
struct Share {
  double upstream = 0, local = 0;
};
std::vector<Share> shares_of_gradient(const Graph& graph, int node, Index entry);

// About four digits, with the long minus sign, as in sentences.
std::string in_words(double number);

}  // namespace backstep
