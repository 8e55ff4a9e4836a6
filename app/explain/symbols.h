// Symbols are the names of nodes, gradients and entries as a textbook prints them, and
// formulas of ops with such names or with numbers in place of the operands.
#pragma once

#include <string>

#include "core/engine/graph.h"

namespace backstep {

// "a₁"; for an unnamed node its text, "x@W₁", or "σ(…)" if that is long.
std::string symbol(const Graph& graph, int node);

// The same as part of a formula: "(x@W₁)".
std::string symbol_in_formula(const Graph& graph, int node);

// "∂L/∂z₁", and "∂a₁/∂z₁".
std::string gradient_symbol(const Graph& graph, int node);
std::string local_symbol(const Graph& graph, const GraphEdge& edge);

// "[1,0]"; empty for a single number.
std::string entry_symbol(Shape shape, Index entry);

// The text of a node in the program: "σ(z₁)", "x @ W₁ + b₁".
std::string pretty_text(const Node& node);

// What mathematics calls an op: "σ", "tanh"; "abs" for |x|.
std::string function_name(const Op& op);

// A number as in a formula written by hand: "0.5", "−0.0651" for -0.065076.
std::string formula_number(double value);
// The same, with a negative number in parentheses.
std::string factor(double value);

// `formula` with symbols for the names in braces: those of the op's operands, and its own
// for {y}. "x@W₁" gets parentheses if an operator stands beside it. Only the branches
// that are possible remain (branches.h).
std::string fill_in_symbols(std::string_view formula, const Graph& graph, int op);

// `formula` with numbers for the names in braces. A negative number gets parentheses if an
// operator stands before it.
std::string fill_in_numbers(std::string_view formula, const NumberWords& numbers);

// The formula in parentheses if it needs them as a factor: "(1 − a²)", "a·(1 − a)".
std::string in_parentheses(const std::string& formula);

}  // namespace backstep
