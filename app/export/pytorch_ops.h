// What an op of the table is in an exported script: a function under the op's own
// name, whose body is the row's `pytorch`.
#pragma once

#include <string>

#include "core/engine/ops.h"

namespace backstep {

// "def relu(x):\n    return torch.relu(matrix(x))\n"; empty for an op that Python's
// own operator stands for.
std::string pytorch_definition(const Op& op);

}  // namespace backstep
