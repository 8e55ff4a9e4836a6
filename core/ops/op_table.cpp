#include "core/ops/op_table.h"

#include <vector>

#include "core/ops/op_rows.h"

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

const Op* find_op(std::string_view token, Spelling spelling) {
  for (const Op& op : all_ops())
    if (op.spelling == spelling && op.token == token) return &op;
  return nullptr;
}

}  // namespace backstep
