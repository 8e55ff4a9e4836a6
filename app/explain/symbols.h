// Symbols are the names of nodes, their gradients and their entries as a
// textbook sets them, and formulas of ops with such names or with numbers put
// in for the operands.
#pragma once

#include <string>

#include "core/engine/graph.h"

namespace backstep {

// "a₁"; for an unnamed node what it is: "x@W₁", or "σ(…)" where that is long.
std::string symbol(const Graph& graph, int node);

// The same as part of a formula: "(x@W₁)".
std::string symbol_in_formula(const Graph& graph, int node);

// "∂L/∂z₁", and "∂a₁/∂z₁".
std::string gradient_symbol(const Graph& graph, int node);
std::string local_symbol(const Graph& graph, const GraphEdge& edge);

// "[1,0]"; empty for a single number.
std::string entry_symbol(Shape shape, Index entry);

// What a node is: "σ(z₁)", "x @ W₁ + b₁".
std::string pretty_text(const Node& node);

// How an op is called in mathematics: "σ", "tanh"; "abs" for |x|.
std::string function_name(const Op& op);

// 0.5 as "0.5", -0.065076 as "−0.0651": as in a formula written by hand.
std::string formula_number(double value);
// The same as a factor: a negative number in parentheses.
std::string factor(double value);

// `formula` with the symbols of an op's operands for the names in braces, and
// that of the op for {y}; "x@W₁" in parentheses where it would run into an operator.
// Of branches, those that are open (branches.h).
std::string fill_in_symbols(std::string_view formula, const Graph& graph, int op);

// `formula` with numbers for the names in braces, a negative one in parentheses
// where it would run into an operator.
std::string fill_in_numbers(std::string_view formula, const NumberWords& numbers);

// In parentheses unless it is a single thing: "(1 − a²)", "a·(1 − a)".
std::string grouped(const std::string& formula);

}  // namespace backstep
