// The slips that are known: the wrong answers that each leads to, with the sentence
// that says what went wrong.
#pragma once

#include <string>
#include <vector>

#include "core/slips/prediction.h"

namespace backstep {

struct WrongAnswer {
  double number = 0;
  std::string words;
};

// A slip and the answers that it leads to, the simplest first.
struct SlipRow {
  Slip slip;
  std::vector<WrongAnswer> (*answers)(const Graph& graph, const Question& question);
};

// In the order in which they are tried: the simplest slip first.
std::span<const SlipRow> all_slips();

// What the gradient of an entry is the sum of: for each entry that uses it, the
// upstream gradient times the local derivative. Empty if there are too many.
struct Share {
  double upstream = 0, local = 0;
};
std::vector<Share> shares_of_gradient(const Graph& graph, int node, Index entry);

// To four digits and with the long minus sign, for sentences.
std::string in_words(double number);

}  // namespace backstep
