// An Op is one kind of node that computes: everything Backstep knows about
// sigmoid stands in the row `sigmoid` of the table (op_table.h). A row gives
// the value (forward) and, for each operand, the local derivative; it never
// multiplies by what comes from above. That product, the chain rule, is written
// once, in passes.cpp.
//
// An elementwise row works on operands that were already broadcast to the
// shape of its output, and its local derivative has that shape.
// Every other row names its output's shape, gives one entry of its Jacobian
// (local_at), and pulls a whole gradient back through it (pullback).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/matrix.h"
#include "core/engine/precision.h"

namespace backstep {

constexpr int max_operands = 3;
constexpr int max_options = 4;
constexpr double not_given = std::numeric_limits<double>::quiet_NaN();

// The numbers given by name in a call, in the order of the row's `options`.
using Options = std::array<double, max_options>;
constexpr Options no_options = {not_given, not_given, not_given, not_given};

// Some ops behave differently in training than when the network is used: dropout
// drops neurons, batch norm takes its statistics from the batch.
enum class PassMode { training, evaluation };

// The pass an op is part of. Random choices follow from its number: they differ from
// pass to pass, and are the same again when one steps back to a pass.
struct Pass {
  PassMode mode = PassMode::training;
  std::uint64_t number = 0;
  Precision precision = Precision::float64;  // what every result is rounded to
};

// What an op works on: its operands, its result, its running state, and the numbers
// given by name (axis=1) in the order of the row's `options`.
struct Call {
  std::array<View, max_operands> in;
  View out;
  View state;                  // running statistics; no data for ops without any
  const Pass* pass = nullptr;  // never null in a finished graph
  Options options = no_options;

  bool given(int option) const { return options[option] == options[option]; }
};

// An option of a call, such as axis=1 of sum: a number that gets no gradient.
// After the operands it may be given without its name, sum(x, 1).
struct Option {
  const char* name = nullptr;
  std::vector<double> choices;  // the values allowed; empty: any number
  double default_value = not_given;
  bool (*fits)(double) = nullptr;  // which numbers are allowed; null: all of them
  const char* takes = "";          // those in words: "is more than 0"
  bool auto_numbered = false;      // by default the n-th node of the op takes default_value + n
};

// A word that a call may give by name, as NumPy and PyTorch have it: keepdims=True,
// approximate="tanh". It is not an option of the op but chooses the row that is meant.
struct WordOption {
  const char* name;
  // The words as they are written, the default first, and the token of the row.
  std::vector<std::pair<const char*, const char*>> words;
  const char* takes;  // the message for any other word: "is True, as …"
};

// Numbers for the names in braces of a formula.
using NumberWords = std::vector<std::pair<std::string, double>>;

// The derivative of the output by one operand.
struct Partial {
  const char* formula;  // "{y}·(1 − {y})": operands and the output stand in braces

  // Elementwise rows have either a constant or a function that fills `local`.
  double constant = not_given;
  void (*local)(const Call&, View local) = nullptr;

  // Other rows have ∂ out[o] / ∂ in[i] for flat entries o and i, and
  // contribution = upstream · Jacobian, which overwrites `contribution`.
  double (*local_at)(const Call&, Index o, Index i) = nullptr;
  void (*pullback)(const Call&, View upstream, View contribution) = nullptr;
};

// How a row is written in a program.
enum class Spelling { call, infix, prefix, postfix, slice };

// For each operand, the entry that the k-th term of a sum uses.
using Term = std::array<Index, max_operands>;

// How one entry of the output is computed where the formula alone does not say it,
// so that it can be written out with numbers: as a sum of `count` terms, or a single
// one, each made from the entries that `term` names.
struct Expansion {
  const char* term = nullptr;      // "{a}·{b}"
  const char* around = "{terms}";  // "({terms}) / {n}", where n is the number of terms
  Index (*count)(const Call&) = nullptr;
  Term (*entries)(const Call&, Index o, Index k) = nullptr;
  // Other numbers that `term` names, and for k = 0 also `around`: {{"mean", 0.2}}.
  NumberWords (*numbers)(const Call&, Index o, Index k) = nullptr;
};

// What a loss compares, and so what a network that ends in it needs.
struct LossTraits {
  enum class Answers { numbers, probabilities, logits };  // the output it takes
  enum class Targets { numbers, zero_or_one, one_hot };   // what the output is compared with
  Answers answers = Answers::numbers;
  Targets targets = Targets::numbers;
  bool is_offered = false;  // in the list of losses for networks of layers
  // The lowest loss that the same answer to every sample can have; null if there is no
  // formula for it.
  double (*of_best_constant)(View targets) = nullptr;
};

struct Op {
  const char* name;   // "sigmoid"; for operators the verb: "add"
  const char* token;  // as written in a program: "sigmoid", "+"
  Spelling spelling;
  const char* sign;                   // in the corner of a node: "σ"
  std::vector<const char*> operands;  // names used in the formulas: {"x"}
  const char* formula;                // "1 / (1 + exp(−{x}))"
  const char* note = "";              // one sentence worth knowing

  std::vector<Option> options = {};
  std::vector<WordOption> word_options = {};
  // Null for elementwise rows. Else the output's shape; on a mistake, sets
  // `mistake` to what does not fit ("2 columns against 3 rows").
  Shape (*shape)(std::span<const Shape> in, const Call& call, std::string& mistake) = nullptr;
  // Running state, kept from pass to pass: its shape and its first values. forward
  // may change it in training, and in training only.
  Shape (*state_shape)(std::span<const Shape> in) = nullptr;
  void (*start_state)(View state) = nullptr;
  void (*forward)(const Call&) = nullptr;
  std::vector<Partial> partials;  // one per operand
  Expansion expansion = {};

  // By how much rounding inside the op changes Σ upstream·out, in units of the last
  // place; null where that follows from its operands and its output.
  double (*rounding)(const Call&, View upstream) = nullptr;
  // Whether its derivative is clamped at a bound and so is not the slope of its value;
  // null if it never is.
  bool (*is_held)(const Call&) = nullptr;

  // Values that the tests give to the operands' entries: away from kinks and from the
  // edge of the op's domain.
  std::vector<double> samples;
  bool is_loss = false;
  LossTraits loss = {};        // of a loss
  bool is_activation = false;  // a network of layers offers it to its neurons
  // The largest slope of an activation that saturates; 0 for all others. ReLU does not
  // saturate: its neurons are dead or alive.
  double largest_slope = 0;
  // Whether an activation's slope is exactly 0 over half of its inputs: a neuron that
  // stays there is dead rather than saturated.
  bool can_die = false;

  // The name of an activation or a loss in the interface; null: its token.
  const char* label = nullptr;
  // Its place in the list of activations or losses to choose from, beginning with 1.
  // Rows without one come last.
  int place_in_list = 1000;
  // The op in PyTorch, with operands and options in braces. Only an op that is written
  // with a Python operator may leave it out.
  const char* pytorch = nullptr;

  bool is_elementwise() const { return shape == nullptr; }
  int operand_count() const { return static_cast<int>(operands.size()); }
};

// The options of a call by name; and everything that the k-th term of output entry
// `o` can name: entries of operands, options, and the expansion's own numbers.
NumberWords option_words(const Op& op, const Call& call);
NumberWords term_words(const Op& op, const Call& call, Index o, Index k);

// "{y}·(1 − {y})" with each name in braces replaced by what `words` pairs with it.
using Words = std::vector<std::pair<std::string, std::string>>;
std::string fill_in(std::string_view formula, const Words& words);

// The same, but `word_for` chooses the word for each name and sees the text before it
// and the rest of the formula.
using WordFor = std::function<std::string(const std::string& name, const std::string& before,
                                          std::string_view after)>;
std::string fill_in(std::string_view formula, const WordFor& word_for);

}  // namespace backstep
