#include "app/export/pytorch_ops.h"

#include <cassert>

#include "app/paint/numbers.h"

namespace backstep {

namespace {

// "x, axis=None"
std::string parameters_of(const Op& op) {
  std::string text;
  for (const char* operand : op.operands) text += (text.empty() ? "" : ", ") + std::string(operand);
  for (const Option& option : op.options) {
    const bool has_usual = option.default_value == option.default_value && !option.auto_numbered;
    text += std::string(", ") + option.name + "=" +
            (has_usual ? exact_number(option.default_value) : "None");
  }
  for (const WordOption& option : op.word_options)
    text += std::string(", ") + option.name + "=" + option.words.front().first;
  return text;
}

}  // namespace

std::string pytorch_definition(const Op& op) {
  assert((op.pytorch || op.spelling != Spelling::call) && "a row says what a call is in PyTorch");
  if (!op.pytorch) return "";
  Words words;
  for (const char* operand : op.operands)
    words.emplace_back(operand, "matrix(" + std::string(operand) + ")");
  return "def " + std::string(op.spelling == Spelling::call ? op.token : op.name) + "(" +
         parameters_of(op) + "):\n    return " + fill_in(op.pytorch, words) + "\n";
}

}  // namespace backstep
