// Answers to words that NumPy, PyTorch and Python have and programs do not.
#include <cstdio>

#include "core/base/suggestions.h"
#include "core/ops/op_table.h"
#include "core/program/program_reader.h"

namespace backstep {

// 0.5 as "0.5", 1 as "1".
std::string shortest(double number) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%g", number);
  return digits;
}

std::string form_of(const Op& op) {
  std::vector<std::string> parts(op.operands.begin(), op.operands.end());
  for (const Option& option : op.options)
    if (option.default_value == option.default_value && !option.auto_numbered)
      parts.push_back(text("{}={}", option.name, shortest(option.default_value)));
  return text("{}({})", op.token, joined(parts));
}

namespace {

// "maximum(a, b)" for max; empty if no function here is meant.
std::string function_here(std::string_view word) {
  const std::string name = synonym(word, function_names());
  const Op* op = find_op(name, Spelling::call);
  return op ? form_of(*op) : name.empty() ? "" : name + "([[0.5, 0.8]])";
}

}  // namespace

// x.sum(), x.t(): says how that is written here.
void ProgramReader::refuse_after_dot() const {
  std::string instead = token_.kind == TokenKind::name ? function_here(token_.text) : "";
  if (!instead.empty()) instead = "write " + instead;
  if (instead.empty() && token_.kind == TokenKind::name) instead = how_it_is_written(token_.text);
  refuse(token_, "only .T, the transpose, follows a dot{}{}", instead.empty() ? "" : "; ", instead);
}

// np.tanh, torch.nn.functional.relu, nn.Linear: says what the last name is called here.
void ProgramReader::refuse_dotted(const Token& first) {
  std::string_view last;
  while (token_.is(".") && ahead_.kind == TokenKind::name) {
    advance();
    last = advance().text;
  }
  const std::string here = function_here(last), written = how_it_is_written(last);
  refuse(first, "{} is not known here; {}", quoted(first.text),
         !here.empty()      ? "functions stand alone: write " + here
         : !written.empty() ? written
                            : "functions stand alone, as tanh(x)");
}

void ProgramReader::refuse_function(const Token& name) const {
  const std::string written = how_it_is_written(name.text);
  refuse(name, "{} is not a function here{}", quoted(name.text),
         written.empty() || !synonym(name.text, function_names()).empty()
             ? suggestion(std::string(name.text), function_names(), "; functions are ")
             : "; " + written);
}

void ProgramReader::refuse_python_word(const Token& word) const {
  const std::string written = how_it_is_written(word.text);
  refuse(word, "{} is a word of Python that programs here do not use; {}", quoted(word.text),
         written.empty() ? "a line is name = expression" : written);
}

// "; did you mean x @ W?" if the shapes fit another product.
std::string ProgramReader::product_that_fits(const Op& op,
                                             const std::vector<Part>& operands) const {
  if (operands.size() != 2) return "";
  const auto shape = [&](std::size_t i) {
    return builder_.graph().node(operands[i].node).value.shape;
  };
  const auto meant = [&](const std::string& right) {
    return text("; did you mean {} @ {}?", text_of(operands[0].source), right);
  };
  const std::string right = text_of(operands[1].source);
  if (op.token == std::string_view("*") && shape(0).columns == shape(1).rows) return meant(right);
  if (op.token == std::string_view("@") && shape(0).columns == shape(1).columns)
    return meant(right.ends_with(".T") ? right.substr(0, right.size() - 2) : right + ".T");
  return "";
}

}  // namespace backstep
