// Columns of plain text for people to read in a terminal.
#pragma once

#include <string>

namespace backstep {

// `text` filled with spaces to `width` characters, and at least one space.
std::string column(const std::string& text, std::size_t width);

}  // namespace backstep
