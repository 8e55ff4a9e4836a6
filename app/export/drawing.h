// A drawing is the graph alone, fitted to its own size, as a vector file: for
// papers and slides.
#pragma once

#include <optional>
#include <string>

#include "app/paint/fonts.h"
#include "app/session/session.h"
#include "app/view/view.h"

namespace backstep {

// The graph as it stands, with the marks of `session`'s checks where `view` asks
// for them, as the text of an .svg file. With a `size` the picture is shown as
// large as fits into it, else at `scale`; its proportions stay.
std::string drawing_of(const Session& session, const ViewState& view, const Fonts& fonts,
                       std::optional<Point> size = {}, float scale = 1);

}  // namespace backstep
