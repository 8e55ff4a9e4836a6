#include "app/main_window/window_program.h"

#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <utility>

#include "app/documents/file_kinds.h"
#include "app/documents/rescue.h"
#include "app/files/text_file.h"
#include "app/lessons/lesson_moment.h"
#include "app/main_window/app.h"
#include "app/paint/gpu.h"
#include "app/platform/end_signals.h"
#include "app/platform/interface_context.h"
#include "app/platform/resources.h"
#include "app/platform/window.h"
#include "core/base/failure_words.h"

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
  for (const std::filesystem::path& path : window.take_dropped_files())
    app.ask(action::OpenFile{path});
}

void save_picture(App& app, const Window& window) {
  const auto path = app.files().take_picture_path();
  if (!path) return;
  try {
    write_text(*path, png_of(window.screenshot()));
    app.say("Saved " + path->filename().string() + ".");
  } catch (const std::exception& error) {
    app.say(failure_words(error, "saving " + path->filename().string()));
  }
}

// True when the window may close.
bool may_close(App& app, Window& window) {
  if (window.should_close() && !app.wants_to_quit()) {
    window.keep_open();
    app.ask_to_quit();
  }
  return app.wants_to_quit();
}

// The settings as they are on disk. A failure to write them is reported once.
class KeptSettings {
 public:
  explicit KeptSettings(const Settings& on_disk) : kept_(on_disk) {}

  void keep(App& app) {
    if (app.settings() == kept_) return;
    kept_ = app.settings();
    std::string message;
    if (!save_settings(kept_, message) && !std::exchange(said_, true)) app.say(message);
  }

 private:
  Settings kept_;
  bool said_ = false;
};

void run(App& app, Window& window, const EndSignals& end) {
  auto last_frame = Clock::now();
  std::string title;
  KeptSettings settings(app.settings());
  while (!end.came() && !may_close(app, window)) {
    const double wanted_in = app.wants_frame_in();
    const double wait = wanted_in < 0 ? -1 : std::max(0.0, wanted_in - seconds_since(last_frame));
    const bool input = window.wait(wait);
    if (input) app.touch();
    if (!input && wanted_in < 0) continue;
    pass_input(app, window);
    // Animations go on from where they were, however long the window was idle.
    const double seconds = std::min(seconds_since(last_frame), 0.1);
    last_frame = Clock::now();
    draw_frame(app, window, seconds);
    save_picture(app, window);
    settings.keep(app);
    if (title != app.window_title()) window.set_title(title = app.window_title());
  }
}

void keep_edits(App& app) {
  try {
    app.files().keep_unsaved_edits();
  } catch (const std::exception& error) {
    std::cerr << "backstep: the unsaved edits could not be kept: " << failure_words(error, "them")
              << "\n";
  }
}

// When the display goes away, Xlib ends the program with exit(), which calls only this.
// It takes no arguments, so the App of the program's window is noted here.
App* app_at_exit = nullptr;
void keep_edits_at_exit() {
  if (App* app = std::exchange(app_at_exit, nullptr)) keep_edits(*app);
}

// Runs until the user quits. If the program ends in any other way, edits are kept.
void run_and_keep_edits(App& app, Window& window, const EndSignals& end) {
  static const bool registered = std::atexit(keep_edits_at_exit) == 0;
  if (registered) app_at_exit = &app;
  try {
    run(app, window, end);
  } catch (...) {
    keep_edits(app);
    app_at_exit = nullptr;
    throw;
  }
  app_at_exit = nullptr;
  if (app.wants_to_quit())
    app.files().forget_rescue_file();
  else
    keep_edits(app);
}

void keep_settings(App& app, const Window& window) {
  Settings& settings = app.settings();
  window.size(settings.width, settings.height);
  std::string message;
  if (!save_settings(settings, message)) std::cerr << "backstep: " << message << "\n";
}

// Without a window, `mistake` can only be reported in the terminal.
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
  // A user who opens a broken file from a file manager never sees standard error, so
  // the window opens and shows the mistake.
  std::string mistake;
  try {
    if (!file.empty()) document = document_of(file, std::nullopt);
  } catch (const std::exception& error) {
    if (!std::filesystem::exists(file)) throw;
    mistake = error.what();
  }
  const EndSignals end(&Window::wake);
  const InterfaceContext interface;
  const std::unique_ptr<Window> opened = new_window(settings, mistake);
  Window& window = *opened;
  Gpu gpu(resource_folder());
  App app(interface.fonts(), &gpu, settings);
  if (document && kind_of_file(file) == FileKind::lesson)
    app.files().open_file(file);
  else if (document)
    app.open(*document, file);
  if (!mistake.empty()) app.say(mistake);
  if (!message.empty()) app.say(message);
  app.files().offer_rescued(rescue_files());
  run_and_keep_edits(app, window, end);
  keep_settings(app, window);
  return 0;
}

}  // namespace backstep
