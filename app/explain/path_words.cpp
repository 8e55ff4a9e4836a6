#include "app/explain/path_words.h"

#include <cmath>
#include <string_view>

#include "app/explain/pass_values.h"
#include "app/explain/symbols.h"

namespace backstep {
namespace {

constexpr std::size_t longest_formula = 24;  // in bytes; else the op's name stands for it

bool passes_on_unchanged(const Node& user, const PathStep& step, std::size_t operand) {
  const Partial& partial = user.op->partials[operand];
  if (user.op->is_elementwise()) return partial.constant == 1;
  return step.local == 1 && std::string_view(partial.formula).starts_with("1");
}

// The entry of the other operand that is the step's local derivative.
Index partner_entry(const Graph& graph, const Node& user, const PathStep& step, std::size_t other) {
  const Shape shape = graph.node(user.inputs[other]).value.shape;
  if (user.op->is_elementwise()) return broadcast_source(shape, user.value.shape, step.to);
  const std::size_t operand = 1 - other;
  const Index count = user.op->expansion.count(user.call);
  for (Index k = 0; k < count; ++k) {
    const Term term = user.op->expansion.entries(user.call, step.to, k);
    if (term[operand] == step.from) return term[other];
  }
  return 0;
}

bool is_product(const Op& op) {
  return op.spelling == Spelling::infix &&
         (op.token == std::string_view("@") || op.token == std::string_view("*"));
}

// "(p − y)/n", and "(p − y)" if n is 1.
std::string short_formula(const Graph& graph, const GraphEdge& edge) {
  const Op& op = *graph.node(edge.to).op;
  std::string text =
      fill_in_symbols(op.partials[static_cast<std::size_t>(edge.operand)].formula, graph, edge.to);
  constexpr std::string_view share = " / n";
  if (text.ends_with(share)) {
    text.resize(text.size() - share.size());
    if (graph.node(edge.from).value.shape.size() > 1) text += "/n";
  }
  return text;
}

PathFactor factor_of(const Graph& graph, const PathStep& step) {
  const GraphEdge& edge = graph.edge(step.edge);
  const Node &from = graph.node(edge.from), &user = graph.node(edge.to);
  const Op& op = *user.op;
  if (is_product(op)) {
    const std::size_t other = edge.operand == 0 ? 1 : 0;
    const int partner = user.inputs[other];
    const std::string name = symbol_in_formula(graph, partner);
    return {name + entry_symbol(graph.node(partner).value.shape,
                                partner_entry(graph, user, step, other)),
            name, step.local};
  }
  if (op.is_elementwise() && op.spelling == Spelling::call && op.operand_count() == 1) {
    const std::string function = function_name(op) + "′";
    return {
        function + "(" + symbol(graph, edge.from) + entry_symbol(from.value.shape, step.from) + ")",
        function, step.local};
  }
  const std::string formula = short_formula(graph, edge), whole = in_parentheses(formula);
  if (whole.size() <= longest_formula) {
    const bool in_brackets = formula.starts_with("(") && formula.ends_with(")");
    return {whole, in_brackets ? formula.substr(1, formula.size() - 2) : formula, step.local};
  }
  return {local_symbol(graph, edge), function_name(op) + "′", step.local};
}

}  // namespace

std::vector<PathFactor> path_factors(const Graph& graph, const GradientPath& path) {
  std::vector<PathFactor> factors;
  for (const PathStep& step : path.steps) {
    const GraphEdge& edge = graph.edge(step.edge);
    if (!passes_on_unchanged(graph.node(edge.to), step, static_cast<std::size_t>(edge.operand)))
      factors.push_back(factor_of(graph, step));
  }
  if (factors.empty()) factors.push_back({"1", "1", 1});
  return factors;
}

std::string path_numbers(const std::vector<PathFactor>& factors, std::size_t first) {
  std::string text = first == 0 ? "" : "…";
  for (std::size_t i = first; i < factors.size(); ++i)
    text += text.empty() ? formula_number(factors[i].number) : " · " + factor(factors[i].number);
  return text;
}

std::vector<int> edges_of(const GradientPath& path) {
  std::vector<int> edges;
  for (const PathStep& step : path.steps) edges.push_back(step.edge);
  return edges;
}

std::vector<Index> entries_of(const GradientPath& path) {
  std::vector<Index> entries;
  if (!path.steps.empty()) entries.push_back(path.steps.front().from);
  for (const PathStep& step : path.steps) entries.push_back(step.to);
  return entries;
}

}  // namespace backstep
