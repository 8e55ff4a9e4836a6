// A derivation is one pass worked out on paper, in Markdown: every op forward
// with its formula and its numbers, every op backward with upstream × local,
// every update, and the check of the gradients by nudging. Its equations are those
// of the inspector.
#pragma once

#include <string>

#include "core/stepping/timeline.h"

namespace backstep {

// The derivation of the timeline's current pass, wherever its cursor stands. `program`
// is the text that its graph was read from.
std::string derivation(const Timeline& timeline, const std::string& program,
                       const std::string& title);

}  // namespace backstep
