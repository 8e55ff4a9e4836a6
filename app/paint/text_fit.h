// Ways to make text fit: shortened, wrapped, or moved apart. Nothing on the
// screen is cut in the middle of a letter or lies on something else.
#pragma once

#include <string>
#include <vector>

#include "app/paint/painter.h"

namespace backstep {

// `text` with as much of its end replaced by "…" as `width` pixels ask for;
// empty when not even that fits.
std::string elided(const Painter& painter, const std::string& text, Face face, float pixels,
                   float width);

// `text` broken at spaces into lines at most `width` wide. A longer word gets
// a line of its own.
std::vector<std::string> wrapped(const Painter& painter, const std::string& text, Face face,
                                 float pixels, float width);

// Moves `centers`, in any order, apart by at least `distance`, as little as
// possible, within `low` … `high`. False, and nothing moved, when there is no
// room.
bool spread(std::vector<float>& centers, float distance, float low, float high);

}  // namespace backstep
