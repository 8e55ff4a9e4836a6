// The PyTorch script of a run: the program's own text in a function, its
// numbers in tables, and the definitions that give every word of the program its
// meaning in PyTorch. It computes in float64 and gives the same values and gradients.
#pragma once

#include <string>

#include "core/runs/experiment.h"

namespace backstep {

// The run as it is after `epochs` epochs. Throws as check_for_pytorch() does.
std::string pytorch_script(const Experiment& experiment, const std::string& title, long epochs);

// Throws ProgramError where the program's text means something else in Python.
// `graph` has had a forward pass.
void check_for_pytorch(const Graph& graph);

// The part of the script that trains: def train(epochs).
std::string pytorch_training(const Experiment& experiment);

}  // namespace backstep
