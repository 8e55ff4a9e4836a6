#include "app/paint/styled_text.h"

namespace backstep {

Color color_of(const Theme& theme, Tone tone) {
  switch (tone) {
    case Tone::plain:
      return theme.text;
    case Tone::soft:
      return theme.text_soft;
    case Tone::faint:
      return theme.text_faint;
    case Tone::value:
    case Tone::local:
      return theme.value;
    case Tone::upstream:
    case Tone::gradient:
      return theme.gradient;
    case Tone::update:
      return theme.update;
    case Tone::warning:
      return theme.warning;
    case Tone::error:
      return theme.error;
  }
  return theme.text;
}

}  // namespace backstep
