// Resources are the files that come with the program and never change: fonts,
// shaders, lessons. They lie beside the program, in ../share/backstep seen
// from the folder it runs from, in the build folder as when installed.
#pragma once

#include <filesystem>

namespace backstep {

// The folder that holds assets, fonts and shaders; $BACKSTEP_RESOURCES goes
// first. Throws std::runtime_error in one sentence when it is not there.
std::filesystem::path resource_folder();

}  // namespace backstep
