// A matrix in Backstep is a Shape and a View: rows × columns of doubles,
// row-major, in memory that the graph owns. Every View starts on a 64-byte
// boundary and its memory is padded to a multiple of 8 doubles, so that
// elementwise work can run over the padding and needs no loop for the remainder.
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

// The shape of an elementwise op on `a` and `b`, as NumPy broadcasts them. False if
// they do not go together: a side is neither equal nor 1.
bool broadcast(Shape a, Shape b, Shape& result);

// The entry of an operand of shape `from` that `entry` of a broadcast result uses.
constexpr Index broadcast_source(Shape from, Shape result, Index entry) {
  const Index row = from.rows == 1 ? 0 : entry / result.columns;
  const Index column = from.columns == 1 ? 0 : entry % result.columns;
  return row * from.columns + column;
}

// A rectangle of entries of a matrix.
struct EntryBlock {
  Index first_row = 0, rows = 1, first_column = 0, columns = 1;

  Index size() const { return rows * columns; }
  // Calls `visit` with each entry, in a matrix of `width` columns.
  template <class Visit>
  void for_each(Index width, Visit visit) const {
    for (Index row = first_row; row < first_row + rows; ++row)
      for (Index column = first_column; column < first_column + columns; ++column)
        visit(row * width + column);
  }
};

// The entries of a broadcast result that use `entry` of an operand of shape `from`.
EntryBlock broadcast_targets(Shape from, Shape result, Index entry);

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

// A matrix with memory of its own, for data on their way into and out of the graph.
struct Matrix {
  Shape shape;
  std::vector<double> entries = std::vector<double>(1, 0.0);

  friend bool operator==(const Matrix&, const Matrix&) = default;
};

Matrix copy_of(View view);

}  // namespace backstep
