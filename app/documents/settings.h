// Settings are what Backstep remembers about its user between starts: how the window
// looks, which files were open last, and how far they came in each lesson.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/documents/lesson_progress.h"
#include "app/paint/theme.h"

namespace backstep {

struct Settings {
  ThemeName theme = ThemeName::dark;
  float text_size = 1;                              // 0.5 to 3, multiplied with the display's scale
  int width = 1600, height = 1000;                  // of the window
  double play_speed = 2;                            // ticks a second
  std::vector<std::filesystem::path> recent_files;  // newest first, whole paths

  ProgressByLesson lessons;

  // Puts `path` first among the recent files and drops the oldest.
  void remember_file(const std::filesystem::path& path);

  friend bool operator==(const Settings&, const Settings&) = default;
};

// The file in the settings folder that they are kept in.
std::filesystem::path settings_file();

// What was saved, or the defaults. A file that cannot be understood is renamed
// to settings.broken.json, and `message` says so in one sentence; it is empty
// otherwise. Never throws.
Settings load_settings(std::string& message);

// False when they cannot be written; then `message` says why in one sentence.
bool save_settings(const Settings& settings, std::string& message);

}  // namespace backstep
