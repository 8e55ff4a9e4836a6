#include "app/explain/symbols.h"

#include <cctype>
#include <cmath>

#include "app/explain/branches.h"
#include "app/paint/numbers.h"
#include "core/base/text.h"

namespace backstep {
namespace {

constexpr std::size_t longest_symbol = 12;

bool starts_name(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool continues_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::string without_spaces(const std::string& text) {
  std::string kept;
  for (char c : text)
    if (c != ' ') kept += c;
  return kept;
}

// Program text with every name as in a book and long minus signs.
std::string pretty_program(const std::string& text) {
  std::string pretty;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    if (continues_name(text[i])) {  // a name, or the digits of a number
      const bool is_name = starts_name(text[i]);
      while (end < text.size() && (continues_name(text[end]) || (!is_name && text[end] == '.')))
        ++end;
      const std::string word = text.substr(i, end - i);
      pretty += is_name ? pretty_name(word) : word;
    } else {
      pretty += text[i] == '-' ? "−" : std::string(1, text[i]);
    }
    i = end;
  }
  return pretty;
}

// The op without its operands: "σ(…)", "…+…".
std::string outline(const Op& op) {
  switch (op.spelling) {
    case Spelling::call:
      return function_name(op) + "(…)";
    case Spelling::infix:
      return std::string("…") + op.token + "…";
    case Spelling::prefix:
      return op.sign + std::string("…");
    case Spelling::postfix:
    case Spelling::slice:
      return std::string("…") + op.sign;
  }
  return op.sign;
}

bool is_compound(const Node& node) {
  return node.op && node.name.empty() &&
         (node.op->spelling == Spelling::infix || node.op->spelling == Spelling::prefix);
}

// Whether "−…" needs no parentheses between `before` and `after`.
bool minus_fits(const std::string& before, std::string_view after) {
  const bool raised = after.substr(0, 1) == "^" || after.starts_with("²") || after.starts_with("³");
  const bool begins = before.empty() || before.ends_with("(") || before.ends_with(", ") ||
                      before.ends_with("|") || before.ends_with("if ");
  return begins && !raised;
}

}  // namespace

std::string function_name(const Op& op) {
  const unsigned char first = static_cast<unsigned char>(op.sign[0]);
  return std::isalpha(first) || first >= 0x80 ? op.sign : op.token;
}

std::string pretty_text(const Node& node) {
  const std::size_t open = node.text.find('(');
  if (!node.op || node.op->spelling != Spelling::call || open == std::string::npos)
    return pretty_program(node.text);
  return function_name(*node.op) + pretty_program(node.text.substr(open));
}

std::string symbol(const Graph& graph, int index) {
  const Node& node = graph.node(index);
  if (!node.name.empty()) return pretty_name(node.name);
  if (!node.op) return pretty_program(node.text);
  const std::string whole = without_spaces(pretty_text(node));
  return character_count(whole) <= longest_symbol ? whole : outline(*node.op);
}

std::string symbol_in_formula(const Graph& graph, int index) {
  const std::string name = symbol(graph, index);
  return is_compound(graph.node(index)) ? "(" + name + ")" : name;
}

namespace {

std::string loss_symbol(const Graph& graph) {
  const Node& loss = graph.node(graph.loss());
  return loss.name.empty() ? "L" : pretty_name(loss.name);
}

}  // namespace

std::string gradient_symbol(const Graph& graph, int node) {
  return "∂" + loss_symbol(graph) + "/∂" +
         (node == graph.loss() ? loss_symbol(graph) : symbol_in_formula(graph, node));
}

std::string local_symbol(const Graph& graph, const GraphEdge& edge) {
  const Op& op = *graph.node(edge.to).op;
  const bool is_function =
      op.is_elementwise() && op.spelling == Spelling::call && op.operand_count() == 1;
  if (is_function) return function_name(op) + "′(" + symbol(graph, edge.from) + ")";
  return "∂" + symbol_in_formula(graph, edge.to) + "/∂" + symbol_in_formula(graph, edge.from);
}

std::string entry_symbol(Shape shape, Index entry) {
  if (shape.size() == 1) return "";
  return text("[{},{}]", entry / shape.columns, entry % shape.columns);
}

std::string formula_number(double value) {
  const std::string exact = exact_number(value);
  const bool is_short = exact.size() <= 6 && exact.find('e') == std::string::npos;
  if (is_short || !std::isfinite(value)) return with_minus(value == 0 ? "0" : exact);
  return with_minus(short_number(value));
}

std::string factor(double value) {
  const std::string number = formula_number(value);
  return number.starts_with("−") ? "(" + number + ")" : number;
}

namespace {

bool stands_alone(const std::string& before, std::string_view after) {
  return (before.empty() || before.ends_with("(") || before.ends_with(", ")) &&
         (after.empty() || after.starts_with(")") || after.starts_with(","));
}

}  // namespace

std::string fill_in_symbols(std::string_view formula, const Graph& graph, int index) {
  const Node& node = graph.node(index);
  const NumberWords options = option_words(*node.op, node.call);
  return fill_in(open_branches(formula, graph, index),
                 [&](const std::string& name, const std::string& before, std::string_view after) {
                   for (const auto& [option, number] : options)
                     if (name == option)
                       return minus_fits(before, after) ? formula_number(number) : factor(number);
                   int named = index;
                   for (std::size_t i = 0; i < node.inputs.size(); ++i)
                     if (name == node.op->operands[i]) named = node.inputs[i];
                   return stands_alone(before, after) ? symbol(graph, named)
                                                      : symbol_in_formula(graph, named);
                 });
}

std::string fill_in_numbers(std::string_view formula, const NumberWords& numbers) {
  return fill_in(formula,
                 [&](const std::string& name, const std::string& before,
                     std::string_view after) -> std::string {
                   for (const auto& [word, value] : numbers)
                     if (word == name)
                       return minus_fits(before, after) ? formula_number(value) : factor(value);
                   return "";
                 });
}

std::string in_parentheses(const std::string& formula) {
  int depth = 0;
  bool loose = formula.starts_with("−");
  for (char c : formula) {
    depth += (c == '(') - (c == ')');
    loose |= c == ' ' && depth == 0;
  }
  return loose ? "(" + formula + ")" : formula;
}

}  // namespace backstep
