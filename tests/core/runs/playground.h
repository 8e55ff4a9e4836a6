// TensorFlow Playground's own runs from tests/golden/playground: its points in their order, its
// starting weights, and its losses epoch by epoch.
#pragma once

#include <string>
#include <vector>

#include "core/runs/setup.h"

namespace backstep {

// The run "circle", "spiral" or "deep_sigmoid", with Playground's network and training.
Setup playground_setup(const std::string& name);

struct PlaygroundLoss {
  double train, test;
};
std::vector<PlaygroundLoss> playground_losses(const std::string& name);  // for every epoch from 0

}  // namespace backstep
