// Folders of the user's own: where settings are kept and where a file dialog
// starts.
#pragma once

#include <filesystem>

namespace backstep {

// The user's home, or the current folder where there is none.
std::filesystem::path home_folder();

// $XDG_CONFIG_HOME/backstep, or ~/.config/backstep. It may not exist yet.
std::filesystem::path settings_folder();

}  // namespace backstep
