// What the last step did, as a title and a few short lines with numbers: "upstream ×
// local", "-0.0651 × 0.2155 = -0.0140". Of a matrix they show the selected entry, or the
// shapes if none is selected.
#pragma once

#include <string>
#include <vector>

#include "app/paint/styled_text.h"
#include "app/view/view.h"
#include "core/stepping/timeline.h"

namespace backstep {

struct StepWords {
  std::string title;
  std::vector<StyledText> lines;
};

StepWords step_words(const Timeline& timeline, const Tick& now, const Selection& selection);

}  // namespace backstep
