// Expressions, loosest operator first; the grammar stands in program.h.
#include <algorithm>
#include <cmath>

#include "core/base/suggestions.h"
#include "core/ops/op_table.h"
#include "core/program/program_reader.h"

namespace backstep {

namespace {

constexpr std::size_t most_program_nodes = 20000;
constexpr Index most_memory = Index{64} << 20;  // doubles of a whole program: 512 MB

const WordOption* find_word_option(const Op& op, std::string_view name) {
  for (const WordOption& option : op.word_options)
    if (option.name == name) return &option;
  return nullptr;
}

bool has_option(const Op& op, std::string_view name) {
  return std::any_of(op.options.begin(), op.options.end(),
                     [&](const Option& option) { return option.name == name; }) ||
         find_word_option(op, name);
}

constexpr const char* comparison_signs[] = {">", "<", ">=", "<=", "==", "!="};

}  // namespace

Part ProgramReader::expression() {
  const auto compares = [&] {
    return std::any_of(std::begin(comparison_signs), std::end(comparison_signs),
                       [&](const char* sign) { return token_.is(sign); });
  };
  const Part left = sum();
  if (!compares()) return left;
  const Token sign = advance();
  const Part result = infix(left, sign, sum());
  if (compares())
    refuse(token_,
           "a comparison has two sides; of two comparisons write the product, (a < b) * (b < c)");
  return result;
}

Part ProgramReader::sum() {
  Part left = product();
  while (token_.is("+") || token_.is("-")) {
    const Token sign = advance();
    left = infix(left, sign, product());
  }
  return left;
}

Part ProgramReader::product() {
  Part left = unary();
  while (token_.is("*") || token_.is("/") || token_.is("@")) {
    const Token sign = advance();
    left = infix(left, sign, unary());
  }
  return left;
}

Part ProgramReader::unary() {
  if (!token_.is("-")) return power();
  const Token minus = advance();
  const Nesting nesting(*this, minus);
  // −2 is a number, but −2**2 is −(2**2), as in Python.
  if (token_.kind == TokenKind::number && !ahead_.is("**") && !ahead_.is(".")) {
    return number(&minus);
  }
  const Part operand = unary();
  return make(*find_op("-", Spelling::prefix), {operand}, range_from(start_of(minus)), no_options);
}

Part ProgramReader::power() {
  const Part base = postfix();
  if (!token_.is("**")) return base;
  const Token sign = advance();
  const Nesting nesting(*this, sign);
  return infix(base, sign, unary());
}

Part ProgramReader::postfix() {
  Part part = atom();
  while (token_.is(".") || token_.is("[")) {
    if (token_.is("[")) {
      part = slice(part);
      continue;
    }
    advance();
    if (token_.kind != TokenKind::name || token_.text != "T") refuse_after_dot();
    advance();
    part = make(*find_op(".T", Spelling::postfix), {part}, range_from(part.source), no_options);
  }
  return part;
}

// x[rows, columns], with a range for each; x[rows] takes all columns.
Part ProgramReader::slice(const Part& of) {
  if (of.bare_number) refuse(token_, "a number has no rows and columns to choose from");
  const Token open = advance();
  open_.push_back(open);
  Options options = no_options;
  read_range(options, 0, open);
  if (token_.is(",")) {
    advance();
    read_range(options, 2, open);
  }
  if (token_.is(",")) refuse(token_, "a value has rows and columns, and no more: x[0:1, 0:2]");
  expect("]", open);
  open_.pop_back();
  return make(*find_op("[:]", Spelling::slice), {of}, range_from(of.source), options);
}

// Reads "0:2", "1:", ":-1" or ":" into two options; a bound that is left out is not given.
void ProgramReader::read_range(Options& options, int first, const Token& open) {
  const Token at = token_;
  const auto begin = static_cast<std::size_t>(first);
  if (!token_.is(":")) options[begin] = place_in_range(open);
  if (!token_.is(":")) {
    const long index = static_cast<long>(options[begin]);
    refuse(at, "one index would take a dimension away, and a value keeps two: write {}:{}", index,
           index == -1 ? "" : std::to_string(index + 1));
  }
  advance();
  if (!token_.is(":") && !token_.is(",") && !token_.is("]"))
    options[begin + 1] = place_in_range(open);
  if (token_.is(":")) refuse(token_, "a slice takes every row or column from one to another: 0:2");
}

double ProgramReader::place_in_range(const Token& open) {
  if (token_.kind == TokenKind::end) refuse_unclosed(open);
  const Token at = token_;
  const double place = signed_number("a slice", "takes whole numbers, x[0:1, 0:2]");
  const std::string_view typed = text_.substr(at.begin, last_end_ - at.begin);
  if (typed.find_first_of(".eE") != typed.npos || std::abs(place) > 1e9)
    refuse(at, "a slice takes whole numbers, x[0:1, 0:2]");
  return place;
}

Part ProgramReader::atom() {
  if (token_.kind == TokenKind::number) return number();
  if (token_.is("(")) return parenthesised();
  if (token_.kind == TokenKind::name && ahead_.is("(")) {
    const Nesting nesting(*this, token_);
    return is_leaf_word(token_.text) ? leaf() : call();
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
  refuse(token_, "a value is missing before {}: a name, a number or a function", shown(token_));
}

Part ProgramReader::number(const Token* minus) {
  const Token token = advance();
  const SourceRange source = range_from(start_of(minus ? *minus : token));
  const double value = minus ? -token.number : token.number;
  const int node = builder_.add_leaf(NodeKind::constant, {{1, 1}, {value}}, source,
                                     (minus ? "-" : "") + std::string(token.text));
  check_size(source);
  builder_.set_bare_number(node, true);
  return {node, source, true};
}

Part ProgramReader::named() {
  const Token name = advance();
  if (token_.is("=") && !open_.empty() && name.line > open_.back().line)
    refuse_unclosed(open_.back());
  const int node = builder_.graph().find(std::string(name.text));
  if (node >= 0) return {node, start_of(name)};
  if (token_.is("=")) refuse(token_, "one assignment a line: name = expression");
  if (is_function(name.text))
    refuse(name, "{} is a function: write {}(…)", quoted(name.text), name.text);
  if (token_.is(".")) refuse_dotted(name);
  if (is_python_word(name.text)) refuse_python_word(name);
  std::vector<std::string> known;
  for (const auto& [word, index] : builder_.graph().names()) known.push_back(word);
  refuse(name, "{} is not known here{}", quoted(name.text),
         suggestion(std::string(name.text), known, "; known names are "));
}

Part ProgramReader::parenthesised() {
  const Token open = advance();
  const Nesting nesting(*this, open);
  open_.push_back(open);
  Part inner = expression();
  if (token_.is(",")) refuse(token_, "brackets hold one expression; a matrix is [[1.0, 2.0]]");
  expect(")", open);
  open_.pop_back();
  inner.source = range_from(start_of(open));
  return inner;
}

Part ProgramReader::infix(const Part& left, const Token& sign, const Part& right) {
  return make(*find_op(sign.text, Spelling::infix), {left, right},
              {left.source.line, left.source.column, left.source.begin, right.source.end},
              no_options);
}

Part ProgramReader::call() {
  const Token name = advance();
  const Op* op = find_op(name.text, Spelling::call);
  if (!op && builder_.graph().find(std::string(name.text)) >= 0)
    refuse(name, "{} is a value, not a function; a product is written with *", quoted(name.text));
  if (!op) refuse_function(name);
  const Token open = advance();
  open_.push_back(open);
  std::vector<Part> operands;
  Options options = no_options;
  bool more = !token_.is(")"), options_begun = false;
  std::size_t unnamed_options = 0;
  while (more) {
    if (token_.kind == TokenKind::name && ahead_.is("=") &&
        (token_.line == name.line || has_option(*op, token_.text))) {
      const Token option = advance();
      advance();
      if (const WordOption* word = find_word_option(*op, option.text))
        op = &read_word(*word);
      else
        read_option(*op, option, options);
      options_begun = true;
    } else if (static_cast<int>(operands.size()) == op->operand_count() && !options_begun &&
               unnamed_options < op->options.size() &&
               (token_.kind == TokenKind::number || token_.is("-"))) {
      // sum(x, 1): the option that has this place.
      Token option = token_;
      option.text = op->options[unnamed_options++].name;
      read_option(*op, option, options);
    } else {
      if (options_begun) refuse(token_, "what is given by name comes last: {}", form_of(*op));
      operands.push_back(expression());
    }
    more = token_.is(",");
    if (more) advance();
    if (token_.is(")")) more = false;
  }
  expect(")", open);
  open_.pop_back();
  if (static_cast<int>(operands.size()) != op->operand_count())
    refuse(name, "{} takes {}, {}, and got {}", op->token, counted(op->operand_count(), "operand"),
           form_of(*op), operands.size());
  check_bounds(*op, name, options);
  return make(*op, operands, range_from(start_of(name)), options);
}

// Options called low and high are bounds and must be in that order.
void ProgramReader::check_bounds(const Op& op, const Token& name, const Options& options) const {
  const auto bound = [&](std::string_view word) {
    for (std::size_t i = 0; i < op.options.size(); ++i)
      if (word == op.options[i].name)
        return options[i] == options[i] ? options[i] : op.options[i].default_value;
    return not_given;
  };
  if (bound("low") > bound("high"))
    refuse(name, "{} goes from low to high, and low={} is more than high={}", op.token,
           shortest(bound("low")), shortest(bound("high")));
}

// Reads the word of a word option and returns the row that it chooses.
const Op& ProgramReader::read_word(const WordOption& option) {
  const std::string quotes = token_.kind == TokenKind::string ? "\"" : "";
  const std::string given = quotes + std::string(token_.text) + quotes;
  for (const auto& [word, token] : option.words) {
    if (given != word) continue;
    advance();
    return *find_op(token, Spelling::call);
  }
  refuse(token_, "{} {}", option.name, option.takes);
}

void ProgramReader::read_option(const Op& op, const Token& name, Options& options) {
  for (std::size_t i = 0; i < op.options.size(); ++i) {
    if (name.text != op.options[i].name) continue;
    if (options[i] == options[i]) refuse(name, "{} is given twice", quoted(name.text));
    const Token at = token_;
    const double value = signed_number(name.text, "takes a number");
    const std::vector<double>& choices = op.options[i].choices;
    if (!choices.empty() && std::find(choices.begin(), choices.end(), value) == choices.end())
      refuse(at, "{} is {}", op.options[i].name, joined(choices, " or ", shortest));
    if (op.options[i].fits && !op.options[i].fits(value))
      refuse(at, "{} {}", op.options[i].name, op.options[i].takes);
    options[i] = value;
    return;
  }
  std::vector<std::string> names;
  for (const Option& option : op.options) names.push_back(option.name);
  const std::string meant = synonym(name.text, names);
  const std::string advice =
      names.empty() ? "write " + form_of(op)
      : !meant.empty()
          ? text("did you mean {}=?", meant)
          : text("it has {}",
                 joined(names, ", ", [](const std::string& option) { return option + "="; }));
  refuse(name, "{} has no option {}; {}", op.token, quoted(name.text), advice);
}

Part ProgramReader::make(const Op& op, const std::vector<Part>& operands, const SourceRange& source,
                         const Options& options) {
  std::vector<int> inputs;
  for (const Part& operand : operands) inputs.push_back(operand.node);
  std::string mistake;
  const int node = builder_.add_op(op, inputs, options, source, text_of(source), mistake);
  if (node < 0)
    throw ProgramError(source.line, source.column,
                       text("{}: {}{}", text_of(source), mistake, product_that_fits(op, operands)));
  check_size(source);
  return {node, source};
}

// Memory is allocated after the whole program is read, so this check comes in time.
void ProgramReader::check_size(const SourceRange& at) const {
  if (builder_.graph().nodes().size() > most_program_nodes)
    throw ProgramError(at.line, at.column,
                       text("a program has at most {} nodes", most_program_nodes));
  if (builder_.memory_needed() > most_memory)
    throw ProgramTooLarge(
        at.line, at.column,
        text("with {} the program would take more than 512 MB of memory", text_of(at)));
}

}  // namespace backstep
