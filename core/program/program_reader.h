// A ProgramReader turns the text of a program into a graph, token by token, and
// stops at the first mistake. Lines and names are read in program.cpp, expressions in
// program_expressions.cpp, leaves in program_leaves.cpp; the answers to words of
// NumPy, PyTorch and Python are in program_words.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/engine/graph_builder.h"
#include "core/program/initial_values.h"
#include "core/program/lexer.h"
#include "core/program/program.h"

namespace backstep {

// An expression read so far: its node and its place in the text.
struct Part {
  int node = -1;
  SourceRange source;
  bool bare_number = false;
};

class ProgramReader {
 public:
  ProgramReader(std::string_view text, const NamedData& data)
      : text_(text), data_(data), lexer_(text) {
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
  Part expression();
  Part sum();
  Part product();
  Part unary();
  Part power();
  Part postfix();
  Part slice(const Part& of);
  void read_range(Options& options, int first, const Token& open);
  double place_in_range(const Token& open);
  Part atom();
  Part named();
  Part parenthesised();
  Part call();
  Part number(const Token* minus = nullptr);
  Part infix(const Part& left, const Token& sign, const Part& right);
  Part make(const Op& op, const std::vector<Part>& operands, const SourceRange& source,
            const Options& options);
  // Reads the number of option `name`, whose name was read or follows from its place.
  void read_option(const Op& op, const Token& name, Options& options);
  const Op& read_word(const WordOption& option);
  void check_bounds(const Op& op, const Token& name, const Options& options) const;
  void check_size(const SourceRange& at) const;
  std::string product_that_fits(const Op& op, const std::vector<Part>& operands) const;

  // ---- words of NumPy, PyTorch and Python ----
  [[noreturn]] void refuse_after_dot() const;
  [[noreturn]] void refuse_dotted(const Token& first);
  [[noreturn]] void refuse_function(const Token& name) const;
  [[noreturn]] void refuse_python_word(const Token& word) const;

  // ---- leaves ----
  Part leaf();
  struct Drawing {
    const InitialValues* scheme = nullptr;
    double seed = -1, scale = not_given, fan_in = -1;  // -1: not given
  };
  Matrix drawn_matrix(double rows);
  void read_drawing(Drawing& drawing);
  Matrix matrix_literal();
  std::vector<double> row_literal();
  double entry();
  Matrix named_data(const Token& name, NodeKind kind);
  double signed_number(std::string_view what, const char* takes);
  double whole_number(const char* message, double lowest, double highest);

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
  // Throws a ProgramError with a sentence as text() makes it.
  template <class... Values>
  [[noreturn]] void refuse(const Token& at, fmt::format_string<const Values&...> message,
                           const Values&... values) const {
    throw ProgramError(at.line, at.column, text<Values...>(message, values...));
  }
  SourceRange range_from(const SourceRange& start) const {
    return {start.line, start.column, start.begin, last_end_};
  }
  static SourceRange start_of(const Token& token) {
    return {token.line, token.column, token.begin, token.end};
  }
  std::string text_of(const SourceRange& range) const;

  // Counts how deep an expression nests, so that no program overflows the stack.
  static constexpr int deepest_nesting = 100;
  struct Nesting {
    Nesting(ProgramReader& reader, const Token& at) : depth(reader.depth_) {
      if (++depth > deepest_nesting)
        reader.refuse(at,
                      "this nests more than {} deep: give the inner part a name on a line of "
                      "its own",
                      int{deepest_nesting});
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

// ---- parts of messages ----

// The word, shortened, in quotes.
std::string quoted(std::string_view word);
// How a message names a token.
std::string shown(const Token& token);

// "0.5", "1"
std::string shortest(double number);
// "sigmoid(x)", "dropout(x, p=0.5)": how a call of `op` is written.
std::string form_of(const Op& op);

// ---- reserved words ----

bool is_leaf_word(std::string_view word);    // input, target, param
bool is_python_word(std::string_view word);  // if, for, …
// The functions a program can call: leaves, then the ops of the table.
const std::vector<std::string>& function_names();
bool is_function(std::string_view word);

}  // namespace backstep
