#include "core/program/program.h"

#include <algorithm>

#include "core/ops/op_table.h"
#include "core/program/program_reader.h"

namespace backstep {

namespace {

const std::vector<std::string> leaf_words = {"input", "target", "param"};
const std::vector<std::string> statement_words = {"layer", "loss"};
const std::vector<std::string> python_words = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7f;
}

void check_encoding(std::string_view program) {
  if (const auto bad = first_bad_character(program, is_control))
    throw ProgramError(bad->line, bad->column, "these bytes are not text: a program is UTF-8");
}

}  // namespace

std::string quoted(std::string_view word) { return "'" + shortened(word, 40) + "'"; }

std::string shown(const Token& token) {
  switch (token.kind) {
    case TokenKind::newline:
      return "the end of the line";
    case TokenKind::end:
      return "the end of the program";
    default:
      return quoted(token.text);
  }
}

bool is_leaf_word(std::string_view word) { return contains(leaf_words, word); }
bool is_python_word(std::string_view word) { return contains(python_words, word); }
bool is_function(std::string_view word) { return contains(function_names(), word); }

const std::vector<std::string>& function_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list = leaf_words;
    for (const Op& op : all_ops())
      if (op.spelling == Spelling::call) list.push_back(op.token);
    return list;
  }();
  return names;
}

// ---- lines ------------------------------------------------------------------

void ProgramReader::read_line() {
  if (token_.kind == TokenKind::name && ahead_.is("(") && token_.text == "layer")
    return read_layer();
  if (token_.kind == TokenKind::name && ahead_.is("(") && token_.text == "loss") return read_loss();
  if (token_.kind == TokenKind::name && is_python_word(token_.text)) refuse_python_word(token_);
  if (token_.kind == TokenKind::name && ahead_.is("=")) return read_assignment();
  const Token start = token_;
  if (token_.kind != TokenKind::symbol && ahead_.is("="))
    refuse(start, "a name stands on the left of '=', and here is {}", shown(start));
  if (start.kind == TokenKind::symbol && !start.is("(") && !start.is("-"))
    refuse(start, "a line cannot begin with {}; it is name = expression", shown(start));
  expression();
  refuse(start, "give this line a name: z = {}", text_of(range_from(start_of(start))));
}

void ProgramReader::read_layer() {
  advance();
  const Token open = advance();
  if (token_.kind != TokenKind::string)
    refuse(token_, "a layer has a name in quotes: layer(\"hidden\")");
  builder_.begin_layer(std::string(advance().text));
  expect(")", open);
  expect_line_end();
}

void ProgramReader::read_loss() {
  const Token word = advance();
  const Token open = advance();
  if (loss_name_.kind == TokenKind::name)
    refuse(word, "the loss was named on line {}; there is one", loss_name_.line);
  if (token_.kind != TokenKind::name) refuse(token_, "loss takes a name: loss(L)");
  loss_name_ = token_;
  named();
  expect(")", open);
  expect_line_end();
}

void ProgramReader::read_assignment() {
  const Token name = advance();
  check_new_name(name);
  advance();
  if (token_.is("[")) refuse(token_, "a matrix stands in input(…), target(…) or param(…)");
  const Part value = expression();
  if (value.bare_number) builder_.set_bare_number(value.node, false);
  expect_line_end();
  builder_.set_name(value.node, std::string(name.text));
  last_named_ = value.node;
  last_name_ = name;
}

void ProgramReader::check_new_name(const Token& name) {
  if (is_function(name.text) || contains(statement_words, name.text))
    refuse(name, "{} is a function here; choose another name{}", quoted(name.text),
           name.text == "loss" ? ", such as L" : "");
  const int known = builder_.graph().find(std::string(name.text));
  if (known >= 0)
    refuse(name, "{} has its value from line {}; a name is given once", quoted(name.text),
           builder_.graph().node(known).source.line);
}

void ProgramReader::expect_line_end() {
  if (token_.kind == TokenKind::newline || token_.kind == TokenKind::end) return;
  if (token_.is("=")) refuse(token_, "one assignment a line: name = expression");
  if (token_.kind == TokenKind::name && is_python_word(token_.text)) refuse_python_word(token_);
  if (token_.is(")") || token_.is("]"))
    refuse(token_, "nothing is open that this {} could close", shown(token_));
  refuse(token_,
         "the line should end before {}; is an operator missing? They are + - * / ** @ < > <= >= "
         "== != and .T",
         shown(token_));
}

int ProgramReader::find_loss() {
  Token at = last_name_;
  int loss = last_named_;
  if (loss_name_.kind == TokenKind::name) {
    at = loss_name_;
    loss = builder_.graph().find(std::string(loss_name_.text));
  }
  if (loss < 0)
    throw ProgramError(1, 1,
                       "the program is empty; begin with a line such as x = input([[1.0, 2.0]])");
  const Node& node = builder_.graph().node(loss);
  if (node.value.shape != Shape{})
    refuse(at,
           "the loss must be 1×1, and {} is {}: end with a loss such as half_mse(p, y), or with "
           "mean({})",
           quoted(at.text), to_string(node.value.shape), shortened(at.text, 40));
  if (node.is_leaf())
    refuse(at,
           "{} is not computed from anything, so there is nothing to differentiate; add a line "
           "such as L = {}**2",
           quoted(at.text), shortened(at.text, 40));
  return loss;
}

// ---- tokens -----------------------------------------------------------------

// A bracket that is never closed is reported where it was opened: the mistake is there,
// not on the later lines that follow.
void ProgramReader::expect(const char* symbol, const Token& opened_by) {
  if (token_.is(symbol)) {
    advance();
    return;
  }
  if (token_.kind == TokenKind::end || token_.line > opened_by.line) refuse_unclosed(opened_by);
  refuse(token_, "this should be a {}, for the {} in column {}, and is {}", symbol, opened_by.text,
         opened_by.column, shown(token_));
}

void ProgramReader::refuse_unclosed(const Token& open) const {
  refuse(open, "this {} is never closed: a {} is missing", open.text, open.is("(") ? ")" : "]");
}

std::string ProgramReader::text_of(const SourceRange& range) const {
  constexpr std::size_t longest = 60;
  std::string part;
  for (char c : text_.substr(range.begin, range.end - range.begin)) {
    if (part.size() > longest) break;
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank)
      part += c;
    else if (!part.empty() && part.back() != ' ')
      part += ' ';
  }
  return part.size() <= longest ? part : shortened(part, longest - 3);
}

ProgramError::ProgramError(int line_, int column_, const std::string& message_)
    : std::runtime_error(text("line {}, column {}: {}", line_, column_, message_)),
      line(line_),
      column(column_),
      message(message_) {}

Graph read_program(std::string_view text, const NamedData& data) {
  check_encoding(text);
  return ProgramReader(text, data).read();
}

}  // namespace backstep
