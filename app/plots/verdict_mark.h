// The mark of a nudge check's verdict, told apart by shape and by colour: a green disc
// with a tick, a red square with a cross, a hollow yellow diamond, and for what cannot
// be checked a yellow disc with a bar or, where nothing is wrong, a grey ring.
#pragma once

#include "app/paint/painter.h"
#include "app/paint/styled_text.h"
#include "core/proofs/nudge.h"

namespace backstep {

Tone tone_of(Verdict verdict);
Color verdict_color(const Theme& theme, Verdict verdict);
void draw_verdict(Painter& painter, const Theme& theme, Verdict verdict, Point center,
                  float radius);

}  // namespace backstep
