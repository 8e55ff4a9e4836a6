// What the last step did, in a title and a few short lines with numbers:
// "upstream × local", "-0.0651 × 0.2155 = -0.0140". For matrices the selected
// entry is followed; without one, the shapes tell.
#pragma once

#include <string>
#include <vector>

#include "app/view/view.h"
#include "core/stepping/timeline.h"

namespace backstep {

enum class WordTone { plain, soft, value, gradient, update };

struct Word {
  std::string text;
  WordTone tone = WordTone::plain;
};

struct StepWords {
  std::string title;
  std::vector<std::vector<Word>> lines;
};

StepWords words_of_step(const Timeline& timeline, const Tick& now, const Selection& selection);

}  // namespace backstep
