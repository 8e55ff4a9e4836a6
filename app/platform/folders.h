// Folders of the user's own: where settings are kept and where a file dialog
// starts.
#pragma once

#include <filesystem>

namespace backstep {

// $HOME, or the user's home as the system knows it, or the current folder.
std::filesystem::path home_folder();

// $XDG_CONFIG_HOME/backstep, or ~/.config/backstep where that is not set or, as the
// standard demands, relative. It may not exist yet.
std::filesystem::path settings_folder();

}  // namespace backstep
