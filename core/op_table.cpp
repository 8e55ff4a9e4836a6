#include "core/op_table.h"

namespace backstep {

std::span<const Op> all_ops() {
  static const std::vector<Op> table = [] {
    std::vector<Op> rows;
    for (const auto part : {op_table::arithmetic(), op_table::choices(), op_table::matrices(),
                            op_table::pieces(), op_table::activations(), op_table::losses(),
                            op_table::normalisations(), op_table::layers()})
      rows.insert(rows.end(), part.begin(), part.end());
    return rows;
  }();
  return table;
}

}  // namespace backstep
