// An Optimizer turns gradients into updates of the parameters. Each is one row of the
// table in optimizers.cpp, which says everything there is to know of it. What it
// remembers from update to update (a velocity, a mean of squares) is held in slots, each
// as large as the parameters. Defaults and details are PyTorch's.
#pragma once

#include <array>
#include <span>
#include <string>

#include "core/engine/matrix.h"
#include "core/stepping/training.h"

namespace backstep {

constexpr int max_optimizer_slots = 2;

// One parameter matrix to be updated; all views have its shape.
struct UpdateCall {
  View parameter, gradient;
  std::array<View, max_optimizer_slots> slots;  // zero before the first update
  const Training& training;
  long number;  // of this update, from 1
};

struct Optimizer {
  const char* name;     // "adam", as in a session
  const char* label;    // "Adam"
  const char* formula;  // "v ← β·v + g;  θ ← θ − η·v"
  const char* description;  // one sentence for people
  const char* pytorch;  // how torch.optim makes it, up to the closing bracket
  int slots;
  void (*update)(const UpdateCall&);
  bool uses_momentum = false;    // its formula has Training::momentum, β
  bool normalises = false;       // steps by about η however large the gradients are
  bool corrects_bias = false;    // divides its means by 1 − βᵗ, as Adam does
  bool decouples_decay = false;  // weight decay is part of its formula, not of the gradient
  // The row that stands for it in PyTorch where the momentum is 0; null: itself.
  const char* without_momentum = nullptr;
};

std::span<const Optimizer> all_optimizers();
const Optimizer* find_optimizer(const std::string& name);

}  // namespace backstep
