// TensorFlow Playground's own runs, from tests/golden/playground: its points in
// their order, its starting weights, its losses epoch by epoch.
#pragma once

#include <string>
#include <vector>

#include "core/runs/setup.h"

namespace backstep {

// "circle", "spiral" or "deep_sigmoid", with the network and the training that
// Playground had.
Setup playground_setup(const std::string& name);

struct PlaygroundLoss {
  double train, test;
};
std::vector<PlaygroundLoss> playground_losses(const std::string& name);  // by epoch, from 0

}  // namespace backstep
