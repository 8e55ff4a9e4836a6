#include "app/window_program.h"

#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "app/app.h"
#include "app/draw/gpu.h"
#include "app/lessons/lesson_moment.h"
#include "app/pictures/interface_context.h"
#include "app/platform/resources.h"
#include "app/platform/window.h"
#include "app/session/file_kinds.h"
#include "app/session/text_file.h"

namespace backstep {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point then) {
  return std::chrono::duration<double>(Clock::now() - then).count();
}

void draw_frame(App& app, Window& window, double seconds) {
  window.set_background(theme_of(app.view().theme).canvas);
  window.frame([&] {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    app.frame(size.x, size.y, window.content_scale(), seconds);
  });
}

void pass_input(App& app, Window& window) {
  window.pass_keys([&] { return app.takes_keys(); },
                   [&](const KeyPress& press) { app.press(press); });
  for (const std::filesystem::path& path : window.take_dropped_files()) app.drop(path);
}

void save_picture(App& app, const Window& window) {
  const auto path = app.take_picture_path();
  if (!path) return;
  try {
    write_text(*path, png_of(window.screenshot()));
    app.say("Saved " + path->filename().string() + ".");
  } catch (const std::exception& error) {
    app.say(error.what());
  }
}

// True when the window may go.
bool may_close(App& app, Window& window) {
  if (window.should_close() && !app.wants_to_quit()) {
    window.keep_open();
    app.ask_to_quit();
  }
  return app.wants_to_quit();
}

void run(App& app, Window& window) {
  auto last_frame = Clock::now();
  std::string title;
  while (!may_close(app, window)) {
    const double wanted_in = app.wants_frame_in();
    const double wait = wanted_in < 0 ? -1 : std::max(0.0, wanted_in - seconds_since(last_frame));
    const bool input = window.wait(wait);
    if (input) app.touch();
    if (!input && wanted_in < 0) continue;
    pass_input(app, window);
    // After a long sleep only a frame's worth of time has passed for what moves.
    const double seconds = std::min(seconds_since(last_frame), 0.1);
    last_frame = Clock::now();
    draw_frame(app, window, seconds);
    save_picture(app, window);
    if (title != app.window_title()) window.set_title(title = app.window_title());
  }
}

void keep_settings(App& app, const Window& window) {
  Settings& settings = app.settings();
  window.size(settings.width, settings.height);
  settings.play_speed = app.view().play_speed;
  save_settings(settings);
}

// Without a window there is nowhere to say the mistake but in the terminal.
std::unique_ptr<Window> new_window(const Settings& settings, const std::string& mistake) {
  try {
    return std::make_unique<Window>(settings.width, settings.height, "Backstep");
  } catch (const std::exception&) {
    if (!mistake.empty()) throw FileError(mistake);
    throw;
  }
}

}  // namespace

int open_window(const std::filesystem::path& file) {
  std::string message;
  const Settings settings = load_settings(message);
  std::optional<Document> document;
  // Who opens a file that is wrong from a file manager sees no standard error, so
  // the window opens and says it.
  std::string mistake;
  try {
    if (!file.empty()) document = document_of(file, std::nullopt);
  } catch (const std::exception& error) {
    if (!std::filesystem::exists(file)) throw;
    mistake = error.what();
  }
  const InterfaceContext interface;
  const std::unique_ptr<Window> opened = new_window(settings, mistake);
  Window& window = *opened;
  Gpu gpu(resource_folder());
  App app(interface.fonts(), &gpu, settings);
  if (document && kind_of_file(file) == FileKind::lesson)
    app.open_file(file);
  else if (document)
    app.open(*document, file);
  if (!mistake.empty()) app.say(mistake);
  if (!message.empty()) app.say(message);
  run(app, window);
  keep_settings(app, window);
  return 0;
}

}  // namespace backstep
