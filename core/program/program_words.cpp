// What is said of words that NumPy, PyTorch and Python have and programs do not.
#include <cstdio>

#include "core/base/suggestions.h"
#include "core/ops/op_table.h"
#include "core/program/program_reader.h"

namespace backstep {

// 0.5 as "0.5", 1 as "1".
std::string shortest(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", number);
  return text;
}

std::string form_of(const Op& op) {
  std::string form = op.token + std::string("(");
  for (int i = 0; i < op.operand_count(); ++i)
    form += (i ? ", " : "") + std::string(op.operands[i]);
  for (const Option& option : op.options)
    if (option.usual == option.usual && !option.each_its_own)
      form += std::string(", ") + option.name + "=" + shortest(option.usual);
  return form + ")";
}

namespace {

// "maximum(a, b)" for max; empty for what is no function here.
std::string function_here(std::string_view word) {
  const std::string name = synonym(word, function_names());
  const Op* op = find_op(name, Spelling::call);
  return op ? form_of(*op) : name.empty() ? "" : name + "([[0.5, 0.8]])";
}

}  // namespace

// x.sum(), x.t(): how that is written here.
void ProgramReader::refuse_after_dot() const {
  std::string instead = token_.kind == TokenKind::name ? function_here(token_.text) : "";
  if (!instead.empty()) instead = "write " + instead;
  if (instead.empty() && token_.kind == TokenKind::name) instead = how_it_is_written(token_.text);
  refuse(token_,
         "only .T, the transpose, follows a dot" + (instead.empty() ? instead : "; " + instead));
}

// np.tanh, torch.nn.functional.relu, nn.Linear: what the last of the names is here.
void ProgramReader::refuse_dotted(const Token& first) {
  std::string_view last;
  while (token_.is(".") && ahead_.kind == TokenKind::name) {
    advance();
    last = advance().text;
  }
  const std::string here = function_here(last), written = how_it_is_written(last);
  refuse(first, quoted(first.text) + " is not known here; " +
                    (!here.empty()      ? "functions stand alone: write " + here
                     : !written.empty() ? written
                                        : "functions stand alone, as tanh(x)"));
}

void ProgramReader::refuse_function(const Token& name) const {
  const std::string written = how_it_is_written(name.text);
  refuse(name, quoted(name.text) + " is not a function here" +
                   (written.empty() || !synonym(name.text, function_names()).empty()
                        ? suggestion(std::string(name.text), function_names(), "; functions are ")
                        : "; " + written));
}

void ProgramReader::refuse_python_word(const Token& word) const {
  const std::string written = how_it_is_written(word.text);
  refuse(word, quoted(word.text) + " is a word of Python that programs here do not use; " +
                   (written.empty() ? "a line is name = expression" : written));
}

// "; did you mean x @ W?" where the shapes are those of another product.
std::string ProgramReader::product_that_fits(const Op& op,
                                             const std::vector<Part>& operands) const {
  if (operands.size() != 2) return "";
  const auto shape = [&](std::size_t i) {
    return builder_.graph().node(operands[i].node).value.shape;
  };
  const auto meant = [&](const std::string& right) {
    return "; did you mean " + text_of(operands[0].source) + " @ " + right + "?";
  };
  const std::string right = text_of(operands[1].source);
  if (op.token == std::string_view("*") && shape(0).columns == shape(1).rows) return meant(right);
  if (op.token == std::string_view("@") && shape(0).columns == shape(1).columns)
    return meant(right.ends_with(".T") ? right.substr(0, right.size() - 2) : right + ".T");
  return "";
}

}  // namespace backstep
