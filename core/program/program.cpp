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

void check_encoding(std::string_view text) {
  int line = 1, column = 1;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text, at);
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool is_control =
        (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7f;
    if (length == 0 || is_control)
      throw ProgramError(line, column, "these bytes are not text: a program is UTF-8");
    column = text[at] == '\n' ? 1 : column + 1;
    line += text[at] == '\n';
    at += length;
  }
}

}  // namespace

// At most `length` bytes, cut between two characters.
std::string shortened(std::string_view text, std::size_t length) {
  if (text.size() <= length) return std::string(text);
  while ((text[length] & 0xc0) == 0x80) --length;
  return std::string(text.substr(0, length)) + "…";
}

std::string quoted(std::string_view word) { return "'" + shortened(word, 40) + "'"; }

// What a token is called in a message.
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
    refuse(start, "a name stands on the left of '=', and here is " + shown(start));
  if (start.kind == TokenKind::symbol && !start.is("(") && !start.is("-"))
    refuse(start, "a line cannot begin with " + shown(start) + "; it is name = expression");
  expression();
  refuse(start, "give this line a name: z = " + text_of(range_from(start_of(start))));
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
    refuse(word,
           "the loss was named on line " + std::to_string(loss_name_.line) + "; there is one");
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
    refuse(name, quoted(name.text) + " is a function here; choose another name" +
                     (name.text == "loss" ? ", such as L" : ""));
  const int known = builder_.graph().find(std::string(name.text));
  if (known >= 0)
    refuse(name, quoted(name.text) + " has its value from line " +
                     std::to_string(builder_.graph().node(known).source.line) +
                     "; a name is given once");
}

void ProgramReader::expect_line_end() {
  if (token_.kind == TokenKind::newline || token_.kind == TokenKind::end) return;
  if (token_.is("=")) refuse(token_, "one assignment a line: name = expression");
  if (token_.kind == TokenKind::name && is_python_word(token_.text)) refuse_python_word(token_);
  if (token_.is(")") || token_.is("]"))
    refuse(token_, "nothing is open that this " + shown(token_) + " could close");
  refuse(token_, "the line should end before " + shown(token_) +
                     "; is an operator missing? They are + - * / ** @ < > <= >= == != and .T");
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
    refuse(at, "the loss must be 1×1, and " + quoted(at.text) + " is " +
                   to_string(node.value.shape) +
                   ": end with a loss such as half_mse(p, y), or with mean(" +
                   shortened(at.text, 40) + ")");
  if (node.is_leaf())
    refuse(at, quoted(at.text) + " is not computed from anything, so there is nothing to " +
                   "differentiate; add a line such as L = " + shortened(at.text, 40) + "**2");
  return loss;
}

// ---- tokens -----------------------------------------------------------------

// A bracket that is never closed is best answered where it was opened: what
// follows it on later lines is not where the mistake is.
void ProgramReader::expect(const char* symbol, const Token& opened_by) {
  if (token_.is(symbol)) {
    advance();
    return;
  }
  if (token_.kind == TokenKind::end || token_.line > opened_by.line) refuse_unclosed(opened_by);
  refuse(token_, "this should be a " + std::string(symbol) + ", for the " +
                     std::string(opened_by.text) + " in column " +
                     std::to_string(opened_by.column) + ", and is " + shown(token_));
}

void ProgramReader::refuse_unclosed(const Token& open) const {
  refuse(open, "this " + std::string(open.text) + " is never closed: a " +
                   (open.is("(") ? ")" : "]") + " is missing");
}

std::string ProgramReader::text_of(const SourceRange& range) const {
  constexpr std::size_t longest = 60;
  std::string text;
  for (char c : text_.substr(range.begin, range.end - range.begin)) {
    if (text.size() > longest) break;
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank)
      text += c;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  return text.size() <= longest ? text : shortened(text, longest - 3);
}

ProgramError::ProgramError(int line_, int column_, const std::string& message_)
    : std::runtime_error("line " + std::to_string(line_) + ", column " + std::to_string(column_) +
                         ": " + message_),
      line(line_),
      column(column_),
      message(message_) {}

Graph read_program(std::string_view text, const NamedData& data) {
  check_encoding(text);
  return ProgramReader(text, data).read();
}

}  // namespace backstep
