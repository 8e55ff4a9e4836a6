#include "core/engine/matrix.h"

namespace backstep {

std::string to_string(Shape shape) {
  return std::to_string(shape.rows) + "×" + std::to_string(shape.columns);
}

bool broadcast(Shape a, Shape b, Shape& result) {
  const bool rows_fit = a.rows == b.rows || a.rows == 1 || b.rows == 1;
  const bool columns_fit = a.columns == b.columns || a.columns == 1 || b.columns == 1;
  result = {std::max(a.rows, b.rows), std::max(a.columns, b.columns)};
  return rows_fit && columns_fit;
}

Matrix copy_of(View view) { return {view.shape, {view.begin(), view.end()}}; }

}  // namespace backstep
