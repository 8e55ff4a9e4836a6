// `backstep render` draws a picture of a session without a window.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/documents/mode.h"
#include "app/paint/theme.h"
#include "core/engine/precision.h"

namespace backstep {

struct RenderOptions {
  std::filesystem::path file;
  std::optional<Mode> mode;        // the session's own unless told
  std::optional<int> step;         // ticks done in the pass shown
  std::optional<int> lesson_step;  // of a lesson, from 1
  long epochs = 0;                 // trained before
  std::optional<double> learning_rate;
  int width = 1600, height = 1000;
  bool size_is_given = false;
  double scale = 1;
  ThemeName theme = ThemeName::dark;
  bool check = false;                  // every gradient, and mark it
  std::string select;                  // "W1[0,1]": held in the inspector
  std::optional<Precision> precision;  // the session's own unless told
  std::filesystem::path out;           // .png, .svg or .gif
};

int render(const RenderOptions& options);

}  // namespace backstep
