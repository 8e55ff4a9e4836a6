#include "app/platform/folders.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace backstep {

static std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::filesystem::path home_folder() {
  const std::string home = environment("HOME");
  if (!home.empty()) return home;
  const passwd* user = getpwuid(getuid());
  return user && user->pw_dir && *user->pw_dir ? std::filesystem::path(user->pw_dir)
                                               : std::filesystem::current_path();
}

std::filesystem::path settings_folder() {
  const std::filesystem::path settings = environment("XDG_CONFIG_HOME");
  return (settings.is_absolute() ? settings : home_folder() / ".config") / "backstep";
}

}  // namespace backstep
