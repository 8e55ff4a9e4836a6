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

EntryBlock broadcast_targets(Shape from, Shape result, Index entry) {
  const Index row = entry / from.columns, column = entry % from.columns;
  const bool repeats_rows = from.rows == 1, repeats_columns = from.columns == 1;
  return {repeats_rows ? 0 : row, repeats_rows ? result.rows : 1, repeats_columns ? 0 : column,
          repeats_columns ? result.columns : 1};
}

Matrix copy_of(View view) { return {view.shape, {view.begin(), view.end()}}; }

}  // namespace backstep
