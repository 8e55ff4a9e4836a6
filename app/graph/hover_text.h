// The tooltip of a node, or of one entry of it: its name, shape, exact value and
// gradient, and where it comes from.
#pragma once

#include <string>

#include "app/graph/hit.h"
#include "core/stepping/timeline.h"

namespace backstep {

// Lines separated by \n; `program` is the text the graph was read from.
std::string hover_text(const Timeline& timeline, const Hit& hit, const std::string& program);

}  // namespace backstep
