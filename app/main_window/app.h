// The App is Backstep between the platform and the panels: it holds the open
// session and the view of it, draws a frame, turns keys and actions into
// changes, and says whether another frame is wanted. The window, `render` and
// the tests all run this same App.
#pragma once

#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/actions.h"
#include "app/commands/keyboard.h"
#include "app/documents/examples.h"
#include "app/documents/settings.h"
#include "app/lessons/lesson_host.h"
#include "app/main_window/file_desk.h"
#include "app/paint/fonts.h"
#include "app/panels/dialogs/dialogs.h"
#include "app/platform/window.h"
#include "app/view/interaction_state.h"
#include "app/view/layout.h"
#include "app/workspace/workspace.h"

namespace backstep {

class FrameRecord;
class Gpu;
struct Lesson;
class LessonGuide;

class App final : public LessonHost {
 public:
  // `gpu` may be null: then everything is drawn with plain ImGui shapes.
  App(const Fonts& fonts, Gpu* gpu, Settings settings);
  ~App();

  // ---- what is open ----
  // Opens the document in the place of what is open, which ends a lesson too.
  void open(Document document, const std::filesystem::path& path);
  void open_example(int number);
  FileDesk& files() { return files_; }
  const std::vector<Example>& examples() const { return examples_; }
  // What a panel would ask for, done at the end of the next frame.
  void ask(Action action) { actions_.push(std::move(action)); }

  // ---- a frame ----
  // Between NewFrame and Render: `width` × `height` pixels at `display_scale`
  // pixels per unit, `seconds` after the last frame.
  void frame(float width, float height, float display_scale, double seconds);
  void press(const KeyPress& press);
  // Whether keys would go where they are meant to: false while a field is about
  // to have the keyboard.
  bool takes_keys() { return !keyboard().is_on_its_way(); }
  Keyboard& keyboard() { return interaction_.of<Keyboard>(); }
  // Input arrived: a few frames follow, since ImGui answers some of it late.
  void touch();
  // Each frame to come is recorded there; it must live as long, or until null is given.
  void record_frames(FrameRecord* record) { record_ = record; }
  // Seconds until the next frame is wanted; negative when only input calls for one.
  double wants_frame_in() const;

  // For pictures and tests: goes to a step of the open lesson, from 0, and waits until it is there.
  void settle_lesson_step(int step);

  bool wants_to_quit() const { return quit_; }

  std::string window_title() const;

  // What is open, which most commands and actions are about.
  Workspace& workspace() override { return workspace_; }
  const Workspace& workspace() const { return workspace_; }
  Session& session() { return workspace_.session(); }
  const Session& session() const { return workspace_.session(); }
  ViewState& view() { return workspace_.view; }
  const ViewState& view() const { return workspace_.view; }
  Lab& lab() { return workspace_.lab; }
  const Lab& lab() const { return workspace_.lab; }
  Playback& playback() { return workspace_.playback; }
  BugHunt& hunt() { return workspace_.hunt; }
  const BugHunt& hunt() const { return workspace_.hunt; }
  Settings& settings() { return workspace_.settings; }
  InteractionState& interaction() { return interaction_; }
  Dialogs& dialogs() { return dialogs_; }
  const Dialogs& dialogs() const { return dialogs_; }
  const Fonts& fonts() const { return fonts_; }
  void say(const std::string& message) { workspace_.say(message); }

  // ---- lessons: app_lessons.cpp ----
  LessonGuide* lesson() { return lesson_.get(); }  // null: none is open
  const LessonGuide* lesson() const { return lesson_.get(); }
  void open_lesson(const std::string& id);
  void begin_lesson(Lesson lesson);
  void go_on_in_lesson(int steps);  // back when negative
  void close_lesson();

  // Carries the action out: by whom it is about.
  void apply(const Action& action);
  // ---- failures: app_failures.cpp ----
  // Does `work`; what it throws becomes a message: what() ("opening net.json")
  // failed, and how things `stand`. False then.
  template <class What, class Work>
  bool attempt(What what, Work work, const char* stand = "nothing was changed") {
    try {
      work();
      return true;
    } catch (const std::exception& error) {
      say_failure(error, what, stand);
    }
    return false;
  }

  // ---- what commands do ----
  void show_lessons();
  void ask_to_quit();
  void toggle_training();

 private:
  void show(Document document, const std::filesystem::path& path);
  void forget_old_graph() override;
  void advance(double seconds);

  void say_failure(const std::exception& error, const std::function<std::string()>& what,
                   const char* stand);
  void go_on(double seconds);

  bool is_busy() const;  // something is worked at, frame by frame

  template <class What>
  void hand_on(const What& what);
  void apply(const action::RunCommand& run);
  void apply(const action::ShowData&);

  // ---- lessons ----
  void open_for_lesson(Document document) override { show(std::move(document), {}); }
  void work_on_lesson();  // the guide's share of a frame
  bool lesson_is_busy() const;
  void keep_lesson_progress();
  void apply(const action::OpenLesson& lesson);
  void apply(const action::CloseLesson&);
  void apply(const action::GoToLessonStep& to);
  void apply(const action::Predict& prediction);
  void apply(const action::ShowMe&);

  void close_top();

  const Fonts& fonts_;
  Gpu* gpu_;
  FrameRecord* record_ = nullptr;
  Workspace workspace_;
  std::vector<Example> examples_;
  InteractionState interaction_;
  std::unique_ptr<LessonGuide> lesson_;
  Actions actions_;
  Dialogs dialogs_;
  FileDesk files_{*this};
  SidePanel side_ = SidePanel::inspector;
  long shown_graph_ = -1;  // graph_revision() of the last frame
  Index shown_rows_ = 0;   // rows of data of its graph
  int settle_frames_ = 3;  // ImGui shows some things only a frame or two later
  bool stuck_ = false;     // what goes on by itself has failed
  bool quit_ = false;
};

}  // namespace backstep
