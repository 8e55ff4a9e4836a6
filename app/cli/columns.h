// Plain text in columns, for people at a terminal.
#pragma once

#include <string>

namespace backstep {

// `text` padded with spaces to `width` characters, with at least one space.
std::string column(const std::string& text, std::size_t width);

}  // namespace backstep
