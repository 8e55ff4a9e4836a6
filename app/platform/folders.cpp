#include "app/platform/folders.h"

#include <cstdlib>
#include <string>

namespace backstep {

static std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::filesystem::path home_folder() {
  const std::string home = environment("HOME");
  return home.empty() ? std::filesystem::current_path() : std::filesystem::path(home);
}

std::filesystem::path settings_folder() {
  const std::string settings = environment("XDG_CONFIG_HOME");
  const auto parent =
      settings.empty() ? home_folder() / ".config" : std::filesystem::path(settings);
  return parent / "backstep";
}

}  // namespace backstep
