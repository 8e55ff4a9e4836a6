// A matrix in Backstep is a Shape and a View: rows × columns of doubles,
// row-major, in memory that the graph owns. Every View starts on a 64-byte
// boundary and its memory is padded to a whole number of 8 doubles, so that
// elementwise work may run over the padding instead of treating a remainder.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace backstep {

using Index = std::ptrdiff_t;

struct Shape {
  Index rows = 1, columns = 1;

  Index size() const { return rows * columns; }
  friend bool operator==(Shape, Shape) = default;
};

// "2×3"
std::string to_string(Shape shape);

// The shape NumPy gives to an elementwise op on `a` and `b`, or nothing when
// a side is neither equal nor 1. `fits` says which.
bool broadcast(Shape a, Shape b, Shape& result);

// Doubles of memory that `size` entries take, padding included.
constexpr Index padded(Index size) { return (size + 7) / 8 * 8; }

struct View {
  double* data = nullptr;
  Shape shape;

  double& operator[](Index entry) const { return data[entry]; }
  double& operator()(Index row, Index column) const { return data[row * shape.columns + column]; }
  double* begin() const { return data; }
  double* end() const { return data + shape.size(); }
};

// A matrix with memory of its own, for what enters and leaves the graph.
struct Matrix {
  Shape shape;
  std::vector<double> entries = std::vector<double>(1, 0.0);

  friend bool operator==(const Matrix&, const Matrix&) = default;
};

Matrix copy_of(View view);

}  // namespace backstep
