// StyledText is text in several colours. It says what each piece means, and the
// theme gives that its colour: a value looks like one wherever it is written.
#pragma once

#include <string>
#include <vector>

#include "app/paint/theme.h"

namespace backstep {

enum class Tone {
  plain,
  soft,
  faint,
  value,
  local,     // derivative
  upstream,  // gradient
  gradient,
  update,
  warning,
  error
};

struct TextPiece {
  std::string text;
  Tone tone = Tone::plain;
};
using StyledText = std::vector<TextPiece>;

Color color_of(const Theme& theme, Tone tone);

}  // namespace backstep
