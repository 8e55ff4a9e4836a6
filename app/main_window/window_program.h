// The window program runs Backstep on the desktop: one window, redrawn when
// something changed and asleep when nothing does.
#pragma once

#include <filesystem>

namespace backstep {

// Opens the window with `file` (empty: the first example) and returns the exit
// code when it is closed. Throws std::runtime_error when the file cannot be
// read or there is no display.
int open_window(const std::filesystem::path& file);

}  // namespace backstep
