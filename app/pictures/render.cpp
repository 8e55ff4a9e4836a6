#include "app/pictures/render.h"

#include <imgui.h>

#include <algorithm>
#include <stdexcept>

#include "app/documents/file_kinds.h"
#include "app/export/drawing.h"
#include "app/files/new_file.h"
#include "app/lessons/lesson_moment.h"
#include "app/lessons/lesson_values.h"
#include "app/main_window/app.h"
#include "app/paint/gpu.h"
#include "app/platform/image.h"
#include "app/platform/interface_context.h"
#include "app/platform/offscreen.h"
#include "app/platform/resources.h"

namespace backstep {

namespace {

constexpr int settling_frames = 4;  // ImGui needs a few to know its sizes
constexpr int most_gif_frames = 240;
constexpr double gif_seconds = 0.5;

// An App on an off-screen surface.
class Studio {
 public:
  explicit Studio(const PictureOptions& options)
      : offscreen_(options.width, options.height),
        gpu_(resource_folder()),
        app_(interface_.fonts(), &gpu_, settings_of(options)),
        options_(options) {
    app_.view().flow_phase = 1;
    offscreen_.set_background(theme_of(options.theme).canvas);
  }

  App& app() { return app_; }
  const Fonts& fonts() const { return interface_.fonts(); }

  Image picture() {
    for (int i = 0; i < settling_frames; ++i) {
      ImGuiIO& io = ImGui::GetIO();
      io.DeltaTime = 1.0f / 60;
      io.MousePos = {-1e6f, -1e6f};
      offscreen_.frame([&] {
        app_.frame(static_cast<float>(options_.width), static_cast<float>(options_.height),
                   static_cast<float>(options_.scale), 0);
      });
    }
    return offscreen_.read();
  }

 private:
  static Settings settings_of(const PictureOptions& options) {
    Settings settings;
    settings.theme = options.theme;
    return settings;
  }

  InterfaceContext interface_;
  Offscreen offscreen_;
  Gpu gpu_;
  App app_;
  PictureOptions options_;
};

// Trains the runs that Train or Compare shows.
void train_in_lab(App& app, const PictureOptions& options, bool gif) {
  if (app.session().mistake()) throw *app.session().mistake();
  if (options.step) throw std::runtime_error("--step goes with --mode step");
  if (options.check) throw std::runtime_error("--check goes with --mode step");
  if (!options.select.empty()) throw std::runtime_error("--select goes with --mode step");
  if (gif) throw std::runtime_error("a .gif goes through a pass step by step: --mode step");
  app.playback().train_now(options.epochs);
  app.playback().settle();
}

// Trains and steps to the place that is shown; not possible for a program with a mistake.
void go_to(Session& session, const PictureOptions& options) {
  if (session.mistake()) throw *session.mistake();
  const int ticks = session.timeline().ticks();
  if (options.step && (*options.step < 0 || *options.step > ticks))
    throw std::runtime_error("--step goes from 0 to " + std::to_string(ticks) + " here, not " +
                             std::to_string(*options.step));
  if (options.epochs > 0) session.train_epochs(options.epochs);
  const long updates = options.epochs * session.training_timeline().batches().per_epoch();
  if (options.step) session.seek({updates, *options.step});
}

// Selects what the inspector shows, and marks the graph.
void look_at(App& app, const PictureOptions& options) {
  if (!options.select.empty()) {
    EntryName name;
    std::string mistake = read_entry(options.select, name);
    EntryPlace place;
    if (mistake.empty()) place = entry_of(name, app.session().graph(), mistake);
    if (!mistake.empty()) throw std::runtime_error("--select: " + mistake);
    app.view().selection = {place.node, place.entry};
  }
  app.view().show_checks = options.check;
  app.playback().settle();
}

std::vector<Image> frames_of_pass(Studio& studio, const PictureOptions& options) {
  Session& session = studio.app().session();
  const int last = options.step.value_or(session.timeline().ticks());
  const int stride = last / most_gif_frames + 1;
  std::vector<Image> frames;
  for (int tick = 0; tick <= last; tick += stride) {
    session.seek({options.epochs * session.training_timeline().batches().per_epoch(), tick});
    frames.push_back(studio.picture());
  }
  return frames;
}

// The graph alone needs no surface to draw on.
std::string drawing(const Document& document, const PictureOptions& options) {
  if (document.mode != Mode::step)
    throw std::runtime_error(
        "a .svg holds the graph alone, --mode step; Train and Compare are .png");
  const InterfaceContext interface;
  Settings settings;
  settings.theme = options.theme;
  App app(interface.fonts(), nullptr, settings);
  app.open(document, {});
  go_to(app.session(), options);
  look_at(app, options);
  const auto scale = static_cast<float>(options.scale);
  std::optional<Point> size;
  if (options.size_is_given)
    size = {static_cast<float>(options.width), static_cast<float>(options.height)};
  return drawing_of(app.session(), app.view(), interface.fonts(), size, scale);
}

std::string picture(const Document& document, const PictureOptions& options, bool moves) {
  Studio studio(options);
  studio.app().open(document, {});
  if (document.mode == Mode::step)
    go_to(studio.app().session(), options);
  else
    train_in_lab(studio.app(), options, moves);
  if (!options.select.empty()) studio.picture();  // selections are of the graph last drawn
  look_at(studio.app(), options);
  return moves ? gif_of(frames_of_pass(studio, options), gif_seconds) : png_of(studio.picture());
}

}  // namespace

void render_picture(const Document& document, const PictureOptions& options,
                    const std::filesystem::path& out) {
  NewFile file(out);  // a name that cannot be written is answered before any work
  const std::string name = out.filename().string();
  file.stream() << (has_ending(name, ".svg")
                        ? drawing(document, options)
                        : picture(document, options, has_ending(name, ".gif")));
  file.finish();
}

void render_lesson(const Lesson& lesson, int step, const PictureOptions& options,
                   const std::filesystem::path& out) {
  if (!has_ending(out.filename().string(), ".png"))
    throw std::runtime_error("--lesson-step makes a .png");
  if (options.step || options.epochs > 0)
    throw std::runtime_error("--lesson-step stands for --step and --epochs");
  const auto number = static_cast<int>(step_numbered(lesson, step));
  NewFile file(out);
  Studio studio(options);
  studio.app().begin_lesson(lesson);
  studio.app().settle_lesson_step(number);
  if (!options.select.empty()) studio.picture();  // selections are of the graph last drawn
  look_at(studio.app(), options);
  file.stream() << png_of(studio.picture());
  file.finish();
}

}  // namespace backstep
