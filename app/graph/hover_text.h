// What is said of a node, or of one entry of it, under the pointer: its name,
// shape, exact value and gradient, and where it comes from.
#pragma once

#include <string>

#include "app/graph/hit.h"
#include "core/timeline.h"

namespace backstep {

// Lines separated by \n.
std::string hover_text(const Timeline& timeline, const Hit& hit);

}  // namespace backstep
