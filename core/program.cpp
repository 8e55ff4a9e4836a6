#include "core/program.h"

#include <algorithm>
#include <cmath>

#include "core/graph_builder.h"
#include "core/initial_values.h"
#include "core/lexer.h"
#include "core/suggestions.h"

namespace backstep {

namespace {

constexpr int deepest_nesting = 100;
constexpr std::size_t most_nodes = 20000;
constexpr double most_entries = 16e6;           // of one matrix: 128 MB
constexpr Index most_memory = Index{64} << 20;  // doubles of a whole program: 512 MB

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

const std::vector<std::string>& function_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list = leaf_words;
    for (const Op& op : all_ops())
      if (op.spelling == Spelling::call) list.push_back(op.token);
    return list;
  }();
  return names;
}

// At most `length` bytes, cut between two characters.
std::string shortened(std::string_view text, std::size_t length) {
  if (text.size() <= length) return std::string(text);
  while ((text[length] & 0xc0) == 0x80) --length;
  return std::string(text.substr(0, length)) + "…";
}

std::string quoted(std::string_view word) { return "'" + shortened(word, 40) + "'"; }

bool has_option(const Op& op, std::string_view name) {
  return std::any_of(op.options.begin(), op.options.end(),
                     [&](const Option& option) { return option.name == name; });
}

// "sigmoid(x)": how a call of `op` is written.
std::string form_of(const Op& op) {
  std::string form = op.token + std::string("(");
  for (int i = 0; i < op.operand_count(); ++i)
    form += (i ? ", " : "") + std::string(op.operands[i]);
  return form + ")";
}

bool is_whole(double number) { return number == std::floor(number); }

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

// An expression read so far: its node and its place in the text.
struct Part {
  int node = -1;
  SourceRange source;
  bool bare_number = false;
};

class Reader {
 public:
  Reader(std::string_view text, const NamedData& data) : text_(text), data_(data), lexer_(text) {
    token_ = lexer_.next();
    ahead_ = lexer_.next();
  }

  Graph read() {
    while (token_.kind != TokenKind::end) {
      if (token_.kind == TokenKind::newline)
        advance();
      else
        read_line();
    }
    return builder_.finish(find_loss());
  }

 private:
  // ---- lines ----
  void read_line();
  void read_layer();
  void read_loss();
  void read_assignment();
  void check_new_name(const Token& name);
  void expect_line_end();
  int find_loss();

  // ---- expressions ----
  Part sum();
  Part product();
  Part unary();
  Part power();
  Part postfix();
  Part atom();
  Part named();
  Part parenthesised();
  Part call();
  Part number(const Token* minus = nullptr);
  Part infix(const Part& left, const Token& sign, const Part& right);
  Part make(const Op& op, const std::vector<Part>& operands, const SourceRange& source,
            const std::array<double, max_options>& options);
  void read_option(const Op& op, std::array<double, max_options>& options);
  void check_size(const SourceRange& at) const;

  // ---- leaves ----
  Part leaf();
  Matrix drawn_matrix(double rows);
  Matrix matrix_literal();
  std::vector<double> row_literal();
  Matrix named_data(const Token& name, NodeKind kind);
  double signed_number(std::string_view what, const char* takes);
  double whole_number(const char* what, double lowest, double highest);

  // ---- tokens ----
  Token advance() {
    Token taken = token_;
    token_ = ahead_;
    if (ahead_.kind != TokenKind::end) ahead_ = lexer_.next();
    last_end_ = taken.end;
    return taken;
  }
  void expect(const char* symbol, const Token& opened_by);
  [[noreturn]] void refuse_unclosed(const Token& open) const;
  [[noreturn]] void refuse(const Token& at, const std::string& message) const {
    throw ProgramError(at.line, at.column, message);
  }
  SourceRange range_from(const SourceRange& start) const {
    return {start.line, start.column, start.begin, last_end_};
  }
  static SourceRange start_of(const Token& token) {
    return {token.line, token.column, token.begin, token.end};
  }
  std::string text_of(const SourceRange& range) const;

  // Counts how deep an expression nests, so that no text overflows the stack.
  struct Nesting {
    Nesting(Reader& reader, const Token& at) : depth(reader.depth_) {
      if (++depth > deepest_nesting)
        reader.refuse(at, "this nests more than " + std::to_string(deepest_nesting) +
                              " deep: give the inner part a name on a line of its own");
    }
    ~Nesting() { --depth; }
    int& depth;
  };

  std::string_view text_;
  const NamedData& data_;
  Lexer lexer_;
  Token token_, ahead_;
  std::size_t last_end_ = 0;
  int depth_ = 0;
  std::vector<Token> open_;  // brackets around the expression being read
  GraphBuilder builder_;
  int last_named_ = -1;
  Token last_name_, loss_name_;
  int unseeded_ = 0;
};

// ---- lines ------------------------------------------------------------------

void Reader::read_line() {
  if (token_.kind == TokenKind::name && ahead_.is("(") && token_.text == "layer")
    return read_layer();
  if (token_.kind == TokenKind::name && ahead_.is("(") && token_.text == "loss") return read_loss();
  if (token_.kind == TokenKind::name && contains(python_words, token_.text))
    refuse(token_, quoted(token_.text) +
                       " is a word of Python that programs here do not use; "
                       "a line is name = expression");
  if (token_.kind == TokenKind::name && ahead_.is("=")) return read_assignment();
  const Token start = token_;
  if (token_.kind != TokenKind::symbol && ahead_.is("="))
    refuse(start, "a name stands on the left of '=', and here is " + shown(start));
  if (start.kind == TokenKind::symbol && !start.is("(") && !start.is("-"))
    refuse(start, "a line cannot begin with " + shown(start) + "; it is name = expression");
  sum();
  refuse(start, "give this line a name: z = " + text_of(range_from(start_of(start))));
}

void Reader::read_layer() {
  advance();
  const Token open = advance();
  if (token_.kind != TokenKind::string)
    refuse(token_, "a layer has a name in quotes: layer(\"hidden\")");
  builder_.begin_layer(std::string(advance().text));
  expect(")", open);
  expect_line_end();
}

void Reader::read_loss() {
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

void Reader::read_assignment() {
  const Token name = advance();
  check_new_name(name);
  advance();
  if (token_.is("[")) refuse(token_, "a matrix stands in input(…), target(…) or param(…)");
  const Part value = sum();
  if (value.bare_number) builder_.set_bare_number(value.node, false);
  expect_line_end();
  builder_.set_name(value.node, std::string(name.text));
  last_named_ = value.node;
  last_name_ = name;
}

void Reader::check_new_name(const Token& name) {
  if (contains(function_names(), name.text) || contains(statement_words, name.text))
    refuse(name, quoted(name.text) + " is a function here; choose another name" +
                     (name.text == "loss" ? ", such as L" : ""));
  const int known = builder_.graph().find(std::string(name.text));
  if (known >= 0)
    refuse(name, quoted(name.text) + " has its value from line " +
                     std::to_string(builder_.graph().node(known).source.line) +
                     "; a name is given once");
}

void Reader::expect_line_end() {
  if (token_.kind == TokenKind::newline || token_.kind == TokenKind::end) return;
  if (token_.is("=")) refuse(token_, "one assignment a line: name = expression");
  if (token_.is(")") || token_.is("]"))
    refuse(token_, "nothing is open that this " + shown(token_) + " could close");
  refuse(token_, "the line should end before " + shown(token_) +
                     "; is an operator missing? They are + - * / ** @ and .T");
}

int Reader::find_loss() {
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

// ---- expressions ------------------------------------------------------------

Part Reader::sum() {
  Part left = product();
  while (token_.is("+") || token_.is("-")) {
    const Token sign = advance();
    left = infix(left, sign, product());
  }
  return left;
}

Part Reader::product() {
  Part left = unary();
  while (token_.is("*") || token_.is("/") || token_.is("@")) {
    const Token sign = advance();
    left = infix(left, sign, unary());
  }
  return left;
}

Part Reader::unary() {
  if (!token_.is("-")) return power();
  const Token minus = advance();
  const Nesting nesting(*this, minus);
  // −2 is a number, but −2**2 is −(2**2), as in Python.
  if (token_.kind == TokenKind::number && !ahead_.is("**") && !ahead_.is(".")) {
    return number(&minus);
  }
  const Part operand = unary();
  return make(*find_op("-", Spelling::prefix), {operand}, range_from(start_of(minus)),
              {not_given, not_given});
}

Part Reader::power() {
  const Part base = postfix();
  if (!token_.is("**")) return base;
  const Token sign = advance();
  const Nesting nesting(*this, sign);
  return infix(base, sign, unary());
}

Part Reader::postfix() {
  Part part = atom();
  while (token_.is(".")) {
    advance();
    if (token_.kind != TokenKind::name || token_.text != "T") {
      const Op* op = find_op(token_.text, Spelling::call);
      refuse(token_, "only .T, the transpose, follows a dot" +
                         (op ? "; write " + form_of(*op) : std::string()));
    }
    advance();
    part = make(*find_op(".T", Spelling::postfix), {part}, range_from(part.source),
                {not_given, not_given});
  }
  return part;
}

Part Reader::atom() {
  if (token_.kind == TokenKind::number) return number();
  if (token_.is("(")) return parenthesised();
  if (token_.kind == TokenKind::name && ahead_.is("(")) {
    const Nesting nesting(*this, token_);
    return contains(leaf_words, token_.text) ? leaf() : call();
  }
  if (token_.kind == TokenKind::name) {
    const Token name = token_;
    return {named().node, start_of(name)};
  }
  if (token_.kind == TokenKind::end && !open_.empty()) refuse_unclosed(open_.back());
  if (token_.is("[")) refuse(token_, "a matrix stands in input(…), target(…) or param(…)");
  if (token_.kind == TokenKind::string)
    refuse(token_, "text in quotes stands in layer(\"…\"), input(\"…\") or target(\"…\")");
  if (token_.is("="))
    refuse(token_, "'=' stands once in a line, right behind its name: name = expression");
  refuse(token_, "a value is missing before " + shown(token_) + ": a name, a number or a function");
}

Part Reader::number(const Token* minus) {
  const Token token = advance();
  const SourceRange source = range_from(start_of(minus ? *minus : token));
  const double value = minus ? -token.number : token.number;
  const int node = builder_.add_leaf(NodeKind::constant, {{1, 1}, {value}}, source,
                                     (minus ? "-" : "") + std::string(token.text));
  check_size(source);
  builder_.set_bare_number(node, true);
  return {node, source, true};
}

Part Reader::named() {
  const Token name = advance();
  if (token_.is("=") && !open_.empty() && name.line > open_.back().line)
    refuse_unclosed(open_.back());
  const int node = builder_.graph().find(std::string(name.text));
  if (node >= 0) return {node, start_of(name)};
  if (token_.is("=")) refuse(token_, "one assignment a line: name = expression");
  if (contains(function_names(), name.text))
    refuse(name, quoted(name.text) + " is a function: write " + std::string(name.text) + "(…)");
  if (token_.is("."))
    refuse(name, quoted(name.text) +
                     " is not known here; functions stand alone: tanh(x), not np.tanh(x)");
  if (contains(python_words, name.text))
    refuse(name, quoted(name.text) + " is a word of Python that programs here do not use");
  std::vector<std::string> known;
  for (const auto& [word, index] : builder_.graph().names()) known.push_back(word);
  refuse(name, quoted(name.text) + " is not known here" +
                   suggestion(std::string(name.text), known, "; known names are "));
}

Part Reader::parenthesised() {
  const Token open = advance();
  const Nesting nesting(*this, open);
  open_.push_back(open);
  Part inner = sum();
  if (token_.is(",")) refuse(token_, "brackets hold one expression; a matrix is [[1.0, 2.0]]");
  expect(")", open);
  open_.pop_back();
  inner.source = range_from(start_of(open));
  return inner;
}

Part Reader::infix(const Part& left, const Token& sign, const Part& right) {
  return make(*find_op(sign.text, Spelling::infix), {left, right},
              {left.source.line, left.source.column, left.source.begin, right.source.end},
              {not_given, not_given});
}

Part Reader::call() {
  const Token name = advance();
  const Op* op = find_op(name.text, Spelling::call);
  if (!op && builder_.graph().find(std::string(name.text)) >= 0)
    refuse(name, quoted(name.text) + " is a value, not a function; a product is written with *");
  if (!op)
    refuse(name, quoted(name.text) + " is not a function here" +
                     suggestion(std::string(name.text), function_names(), "; functions are "));
  const Token open = advance();
  open_.push_back(open);
  std::vector<Part> operands;
  std::array<double, max_options> options = {not_given, not_given};
  bool more = !token_.is(")"), options_begun = false;
  while (more) {
    if (token_.kind == TokenKind::name && ahead_.is("=") &&
        (token_.line == name.line || has_option(*op, token_.text))) {
      read_option(*op, options);
      options_begun = true;
    } else {
      if (options_begun) refuse(token_, "what is given by name comes last: " + form_of(*op));
      operands.push_back(sum());
    }
    more = token_.is(",");
    if (more) advance();
    if (token_.is(")")) more = false;
  }
  expect(")", open);
  open_.pop_back();
  if (static_cast<int>(operands.size()) != op->operand_count())
    refuse(name, std::string(op->token) + " takes " + std::to_string(op->operand_count()) +
                     (op->operand_count() == 1 ? " operand, " : " operands, ") + form_of(*op) +
                     ", and got " + std::to_string(operands.size()));
  return make(*op, operands, range_from(start_of(name)), options);
}

void Reader::read_option(const Op& op, std::array<double, max_options>& options) {
  const Token name = advance();
  advance();
  for (std::size_t i = 0; i < op.options.size(); ++i) {
    if (name.text != op.options[i].name) continue;
    if (options[i] == options[i]) refuse(name, quoted(name.text) + " is given twice");
    const Token at = token_;
    const double value = signed_number(name.text, "takes a number");
    const std::vector<double>& choices = op.options[i].choices;
    if (!choices.empty() && std::find(choices.begin(), choices.end(), value) == choices.end()) {
      std::string list;
      for (double choice : choices)
        list += (list.empty() ? "" : " or ") + std::to_string(static_cast<int>(choice));
      refuse(at, std::string(op.options[i].name) + " is " + list);
    }
    options[i] = value;
    return;
  }
  std::string known;
  for (const Option& option : op.options)
    known += (known.empty() ? "; it has " : ", ") + std::string(option.name) + "=";
  refuse(name, std::string(op.token) + " has no option " + quoted(name.text) + known);
}

Part Reader::make(const Op& op, const std::vector<Part>& operands, const SourceRange& source,
                  const std::array<double, max_options>& options) {
  std::vector<int> inputs;
  for (const Part& operand : operands) inputs.push_back(operand.node);
  std::string mistake;
  const int node = builder_.add_op(op, inputs, options, source, text_of(source), mistake);
  if (node < 0) throw ProgramError(source.line, source.column, text_of(source) + ": " + mistake);
  check_size(source);
  return {node, source};
}

// Memory is taken when the whole program is read, so this comes in time.
void Reader::check_size(const SourceRange& at) const {
  if (builder_.graph().nodes().size() > most_nodes)
    throw ProgramError(at.line, at.column,
                       "a program has at most " + std::to_string(most_nodes) + " nodes");
  if (builder_.memory_needed() > most_memory)
    throw ProgramError(
        at.line, at.column,
        "with " + text_of(at) + " the program would take more than 512 MB of memory");
}

// ---- leaves -----------------------------------------------------------------

Part Reader::leaf() {
  const Token word = advance();
  const NodeKind kind = word.text == "input"    ? NodeKind::input
                        : word.text == "target" ? NodeKind::target
                                                : NodeKind::parameter;
  const Token open = advance();
  Matrix value;
  std::string data_name;
  if (token_.kind == TokenKind::string) {
    data_name = token_.text;
    value = named_data(advance(), kind);
  } else if (token_.is("[")) {
    value = matrix_literal();
  } else {
    const Token first = token_;
    if (token_.kind != TokenKind::number && !token_.is("-"))
      refuse(token_, std::string(word.text) + " takes numbers, " + std::string(word.text) +
                         "([[0.5, 0.8]])" +
                         (kind == NodeKind::parameter ? " or param(2, 3, init=\"xavier\")" : "") +
                         ", and here is " + shown(token_));
    const double number = signed_number(word.text, "takes numbers");
    if (token_.is(",")) {
      if (kind != NodeKind::parameter && ahead_.kind == TokenKind::number && !is_whole(number))
        refuse(first, "a row of data is written " + std::string(word.text) + "([[0.5, 0.8]])");
      if (number < 1 || number > 1e6 || !is_whole(number))
        refuse(first, "rows are a whole number from 1 to 1,000,000: " + std::string(word.text) +
                          "(2, 3, init=\"xavier\")");
      value = drawn_matrix(number);
    } else {
      value = {{1, 1}, {number}};
    }
  }
  if (token_.is(",")) refuse(token_, "nothing may follow here, so the line should end in )");
  expect(")", open);
  const SourceRange source = range_from(start_of(word));
  const int node = builder_.add_leaf(kind, value, source, std::string(word.text));
  check_size(source);
  if (!data_name.empty()) builder_.set_data_name(node, data_name);
  return {node, source};
}

// After "param(rows": the columns, and how to draw the entries.
Matrix Reader::drawn_matrix(double rows) {
  const InitialValues* scheme = nullptr;
  double seed = -1;
  advance();
  const Token at = token_;
  const double columns = whole_number(
      "columns are a whole number from 1 to 1,000,000: param(2, 3, init=\"xavier\")", 1, 1e6);
  if (rows * columns > most_entries) refuse(at, "a matrix has at most 16 million entries");
  while (token_.is(",") && ahead_.kind == TokenKind::name) {
    advance();
    const Token option = advance();
    if (!token_.is("=")) refuse(token_, "an option reads init=\"xavier\" or seed=1");
    advance();
    if ((option.text == "init" && scheme) || (option.text == "seed" && seed >= 0))
      refuse(option, quoted(option.text) + " is given twice");
    if (option.text == "init") {
      std::vector<std::string> names;
      for (const InitialValues& row : all_initial_values()) names.push_back(row.name);
      if (token_.kind != TokenKind::string)
        refuse(token_, "init takes a name in quotes: init=\"xavier\"");
      scheme = find_initial_values(std::string(token_.text));
      if (!scheme)
        refuse(token_, quoted(token_.text) + " is no init" +
                           suggestion(std::string(token_.text), names, "; known are "));
      advance();
    } else if (option.text == "seed") {
      seed = whole_number("a seed is a whole number from 0 to 2⁵³", 0, 0x1p53);
    } else {
      refuse(option, quoted(option.text) + " is no option here; there are init=\"…\" and seed=…");
    }
  }
  Matrix matrix;
  matrix.shape = {static_cast<Index>(rows), static_cast<Index>(columns)};
  matrix.entries.resize(static_cast<std::size_t>(matrix.shape.size()));
  if (token_.is(",") && (ahead_.kind == TokenKind::string || ahead_.kind == TokenKind::number))
    refuse(ahead_, "from here on each has its name: init=\"xavier\", seed=1");
  if (!scheme) scheme = find_initial_values("xavier");
  if (seed < 0) seed = ++unseeded_;
  fill(matrix, *scheme, static_cast<std::uint64_t>(seed));
  return matrix;
}

Matrix Reader::matrix_literal() {
  const Token open = advance();
  if (!token_.is("["))
    refuse(token_, "a matrix is a list of rows, two brackets deep: [[1.0, 2.0], [3.0, 4.0]]");
  Matrix matrix;
  matrix.entries.clear();
  matrix.shape = {0, 0};
  while (token_.is("[")) {
    const Token row_at = token_;
    const std::vector<double> row = row_literal();
    if (matrix.shape.rows == 0) matrix.shape.columns = static_cast<Index>(row.size());
    if (static_cast<Index>(row.size()) != matrix.shape.columns)
      refuse(row_at, "row " + std::to_string(matrix.shape.rows + 1) + " has " +
                         std::to_string(row.size()) + (row.size() == 1 ? " number" : " numbers") +
                         ", row 1 has " + std::to_string(matrix.shape.columns) +
                         ": rows have equal length");
    matrix.entries.insert(matrix.entries.end(), row.begin(), row.end());
    ++matrix.shape.rows;
    if (!token_.is(",")) break;
    advance();
  }
  expect("]", open);
  return matrix;
}

std::vector<double> Reader::row_literal() {
  const Token open = advance();
  std::vector<double> row;
  while (!token_.is("]")) {
    row.push_back(signed_number("a matrix", "holds numbers"));
    if (!token_.is(",")) break;
    advance();
  }
  expect("]", open);
  if (row.empty()) refuse(open, "a row needs at least one number");
  return row;
}

Matrix Reader::named_data(const Token& name, NodeKind kind) {
  if (kind == NodeKind::parameter)
    refuse(name, "param takes numbers: param([[0.5]]) or param(2, 3, init=\"xavier\")");
  const auto found = data_.find(std::string(name.text));
  if (found != data_.end() && found->second.shape.size() == 0)
    refuse(name, "the data called " + quoted(name.text) + " is empty");
  if (found != data_.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [known, matrix] : data_) names.push_back(known);
  refuse(name, "there is no data called " + quoted(name.text) +
                   (names.empty()
                        ? "; write it here, input([[0.5, 0.8]]), or open a session that has data"
                        : suggestion(std::string(name.text), names, "; the session has ")));
}

double Reader::signed_number(std::string_view what, const char* takes) {
  double sign = 1;
  if (token_.is("-")) {
    advance();
    sign = -1;
  }
  if (token_.kind != TokenKind::number)
    refuse(token_, std::string(what) + " " + takes + ", and here is " + shown(token_));
  return sign * advance().number;
}

double Reader::whole_number(const char* message, double lowest, double highest) {
  const Token at = token_;
  if (at.kind != TokenKind::number || at.number < lowest || at.number > highest ||
      !is_whole(at.number))
    refuse(at, message);
  return advance().number;
}

// ---- tokens -----------------------------------------------------------------

// A bracket that is never closed is best answered where it was opened: what
// follows it on later lines is not where the mistake is.
void Reader::expect(const char* symbol, const Token& opened_by) {
  if (token_.is(symbol)) {
    advance();
    return;
  }
  if (token_.kind == TokenKind::end || token_.line > opened_by.line) refuse_unclosed(opened_by);
  refuse(token_, "this should be a " + std::string(symbol) + ", for the " +
                     std::string(opened_by.text) + " in column " +
                     std::to_string(opened_by.column) + ", and is " + shown(token_));
}

void Reader::refuse_unclosed(const Token& open) const {
  refuse(open, "this " + std::string(open.text) + " is never closed: a " +
                   (open.is("(") ? ")" : "]") + " is missing");
}

std::string Reader::text_of(const SourceRange& range) const {
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

ProgramError::ProgramError(int line_, int column_, const std::string& message_)
    : std::runtime_error("line " + std::to_string(line_) + ", column " + std::to_string(column_) +
                         ": " + message_),
      line(line_),
      column(column_),
      message(message_) {}

Graph read_program(std::string_view text, const NamedData& data) {
  check_encoding(text);
  return Reader(text, data).read();
}

}  // namespace backstep
