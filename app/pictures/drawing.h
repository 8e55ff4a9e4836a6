// A drawing is the graph alone, fitted to its own size, as a vector file: for
// papers and slides.
#pragma once

#include <filesystem>

#include "app/draw/fonts.h"
#include "app/panels/view.h"
#include "core/timeline.h"

namespace backstep {

// Writes the graph as it stands to an .svg file. Throws std::runtime_error
// naming the path when it cannot be written.
void write_drawing(const std::filesystem::path& path, const Timeline& timeline,
                   const ViewState& view, const Fonts& fonts);

}  // namespace backstep
