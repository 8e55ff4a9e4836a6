// A program is the text that describes a graph: a few lines in a subset of Python with
// the meaning they have in NumPy. Reading it gives a Graph, or the place of the first
// mistake and what would be right there.
//
//   x = input([[0.5, 0.8]])
//   layer("hidden")
//   W = param(2, 1, init="xavier", seed=1)
//   a = sigmoid(x @ W)
//   L = half_mse(a, target([[1.0]]))
//
// Grammar, loosest first:
//   expression = sum [ (">" | "<" | ">=" | "<=" | "==" | "!=") sum ]
//   sum      = product { ("+" | "-") product }
//   product  = unary { ("*" | "/" | "@") unary }
//   unary    = "-" unary | power
//   power    = postfix [ "**" unary ]
//   postfix  = atom { ".T" | "[" range [ "," range ] "]" }    (rows, then columns)
//   range    = [ whole number ] ":" [ whole number ]
//   atom     = number | name | call | "(" expression ")"
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/engine/graph.h"

namespace backstep {

// A mistake in a program. what() reads "line 7, column 6: message".
struct ProgramError : std::runtime_error {
  ProgramError(int line, int column, const std::string& message);
  int line, column;  // from 1; columns count characters, not bytes
  std::string message;
};

// A program that would take more memory than a program may.
struct ProgramTooLarge : ProgramError {
  using ProgramError::ProgramError;
};

// Data for input("x") and target("y"), by name: one row a sample.
using NamedData = std::map<std::string, Matrix>;

// The graph of `text`. Throws ProgramError.
Graph read_program(std::string_view text, const NamedData& data = {});

}  // namespace backstep
