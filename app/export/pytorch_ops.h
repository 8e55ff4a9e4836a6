// What every op of the table is in PyTorch: a line each, which the exported
// script defines under the op's own name.
#pragma once

#include <string>

#include "core/engine/ops.h"

namespace backstep {

struct PyTorchOp {
  const char* op;  // its name in the table of ops
  // Its operands stand in braces, its options by name. Null where Python's own
  // operator does it.
  const char* expression;
};

// The line of `op`, or null when it has none.
const PyTorchOp* pytorch_of(const Op& op);

// "def relu(x):\n    return torch.relu(matrix(x))\n"; empty for what is Python's own.
std::string pytorch_definition(const Op& op);

}  // namespace backstep
