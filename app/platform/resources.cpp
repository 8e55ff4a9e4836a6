#include "app/platform/resources.h"

#include <cstdlib>
#include <stdexcept>

namespace backstep {

std::filesystem::path resource_folder() {
  std::filesystem::path folder;
  if (const char* chosen = std::getenv("BACKSTEP_RESOURCES")) {
    folder = chosen;
  } else {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    folder = program.parent_path().parent_path() / "share" / "backstep";
  }
  if (!std::filesystem::is_directory(folder / "fonts")) {
    throw std::runtime_error("The program's fonts and lessons are missing: " + folder.string() +
                             " has no folder \"fonts\".");
  }
  return folder;
}

}  // namespace backstep
