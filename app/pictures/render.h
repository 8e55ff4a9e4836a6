// Render makes pictures of the window without a window: the same App draws the
// same frames on an off-screen surface.
#pragma once

#include <filesystem>
#include <optional>

#include "app/documents/document.h"
#include "app/lessons/lesson.h"
#include "app/paint/theme.h"

namespace backstep {

struct PictureOptions {
  long epochs = 0;          // trained before the picture is taken
  std::optional<int> step;  // ticks done in the pass shown
  int width = 1600, height = 1000;
  double scale = 1;
  ThemeName theme = ThemeName::dark;
  bool check = false;  // mark every gradient as right or wrong
  std::string select;  // "W1[0,1]": held in the inspector
  bool size_is_given = false;  // an .svg has its own size unless told
};

// Writes a picture of the session: .png of the window, .svg of the graph alone, as large
// as fits into the given size, or .gif of the window, step by step to `step` or through
// the whole pass. Throws std::runtime_error whose message is one sentence.
void render_picture(const Document& document, const PictureOptions& options,
                    const std::filesystem::path& out);

// A .png of the window at a step of the lesson, numbered from 1.
void render_lesson(const Lesson& lesson, int step, const PictureOptions& options,
                   const std::filesystem::path& out);

}  // namespace backstep
