// Arrays are how Eigen sees a View: ops and passes do their arithmetic on them.
// They are apart from matrix.h so that code that only holds matrices need not
// compile Eigen.
#pragma once

#include <Eigen/Core>

#include "core/engine/matrix.h"

namespace backstep {

using Array = Eigen::Map<Eigen::ArrayXd, Eigen::Aligned64>;
using RowMajorMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixMap = Eigen::Map<RowMajorMatrix, Eigen::Aligned64>;

// All entries and the padding as one flat array, for elementwise work.
inline Array array(View view) { return Array(view.data, padded(view.shape.size())); }
// The entries without the padding as one flat array, for sums over them.
inline Array entries(View view) { return Array(view.data, view.shape.size()); }
inline MatrixMap matrix(View view) {
  return MatrixMap(view.data, view.shape.rows, view.shape.columns);
}

}  // namespace backstep
