// The table of ops: all of them, in the order of the help page. Its parts are written
// with op_rows.h, which also says how to read a formula.
#pragma once

#include <span>
#include <string_view>

#include "core/engine/ops.h"

namespace backstep {

std::span<const Op> all_ops();

// The row written `token` with this spelling, or null.
const Op* find_op(std::string_view token, Spelling spelling);

}  // namespace backstep
