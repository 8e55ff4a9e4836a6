// The App is Backstep between the platform and the panels: it holds the open
// session and the view of it, draws a frame, turns keys and actions into
// changes, and says whether another frame is wanted. The window, `render` and
// the tests all run this same App.
#pragma once

#include <exception>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/actions.h"
#include "app/commands/keyboard.h"
#include "app/documents/settings.h"
#include "app/lab/frame_budget.h"
#include "app/lab/lab.h"
#include "app/paint/fonts.h"
#include "app/panels/dialogs/dialogs.h"
#include "app/platform/window.h"
#include "app/session/session.h"
#include "app/view/bug_hunt.h"
#include "app/view/interaction_state.h"
#include "app/view/layout.h"
#include "app/view/view.h"

namespace backstep {

class FrameRecord;
class Gpu;
struct Lesson;
class LessonRun;

class App {
 public:
  // `gpu` may be null: then everything is drawn with plain ImGui shapes.
  App(const Fonts& fonts, Gpu* gpu, Settings settings);
  ~App();

  // ---- files ----
  void open(Document document, const std::filesystem::path& path);
  // Opens the file; on a mistake says so in the window and keeps what is open.
  void open_file(const std::filesystem::path& path);
  void open_example(int number);
  void drop(const std::filesystem::path& path);  // onto the window
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

  // For pictures and tests: trains at once, and brings all that is shown up to date.
  void train_in_lab(long epochs);
  void settle_lab();
  // Goes to a step of the open lesson, from 0, and waits until it is there.
  void settle_lesson_step(int step);
  Lab& lab() { return lab_; }
  bool is_comparing() const;

  // A picture of the window was asked for: take_picture_path() names the file
  // once the frame without the dialog is drawn.
  std::optional<std::filesystem::path> take_picture_path();

  bool wants_to_quit() const { return quit_; }

  // ---- unsaved edits: app_unsaved.cpp ----
  // Writes them to a rescue file, if there are any. Throws FileError.
  void keep_unsaved_edits();
  void forget_rescue_file();
  // Offers what was kept in `files`, the first of them first.
  void offer_rescued(std::vector<std::filesystem::path> files);

  std::string window_title() const;

  Session& session() { return *session_; }
  const Session& session() const { return *session_; }
  ViewState& view() { return view_; }
  const ViewState& view() const { return view_; }
  Settings& settings() { return settings_; }
  const Dialogs& dialogs() const { return dialogs_; }
  // One line at the foot of the window, until something else happens.
  void say(const std::string& message);

  // ---- lessons and proofs: app_lessons.cpp, app_proofs.cpp ----
  LessonRun* lesson() { return lesson_.get(); }  // null: none is open
  const LessonRun* lesson() const { return lesson_.get(); }
  void open_lesson(const std::string& id);
  void begin_lesson(Lesson lesson);
  void go_on_in_lesson(int direction);
  void close_lesson();
  const BugHunt& hunt() const { return hunt_; }
  void check_all();
  void hide_bug(std::optional<unsigned> seed = {});  // which one: by the clock without a seed
  void set_precision(Precision precision);

  // ---- what commands do ----
  void show_open_dialog();
  void show_save_dialog();
  void show_picture_dialog();
  void show_export_dialog();
  void show_examples();
  void show_lessons();
  void show_help();
  void show_about();
  void save();
  void ask_to_quit();
  void toggle_playing();
  void toggle_training();
  void change_play_speed(int direction);
  void train_one_epoch();
  void step();
  void step_back();
  void seek_tick(int tick);
  void seek_phase(int direction);
  void seek_update(int direction);
  void restart();
  void undo();
  void redo();
  void reset_values();
  void set_mode(Mode mode);
  void zoom(float factor);
  void toggle_theme();
  void change_text_size(int direction);  // 0 sets it back

 private:
  void show(Document document, const std::filesystem::path& path);
  void forget_old_graph();
  void draw_step(const PanelContext& context, const Layout& layout);
  void draw_graph(const PanelContext& context, Rect rect);
  void draw_message(const PanelContext& context, const Layout& layout);
  void advance(double seconds);

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
  void say_failure(const std::exception& error, const std::function<std::string()>& what,
                   const char* stand);
  void go_on(double seconds);

  // ---- the lab: app_lab.cpp ----
  void work_in_lab();
  bool is_busy() const;  // something is worked at, frame by frame
  bool trains_to_an_epoch() const;
  long epoch_the_lesson_demands() const;
  bool train_in_frame();
  bool look_in_frame();
  void draw_lab(const PanelContext& context, const Layout& layout);
  void keep_comparison();
  void compare_by(const std::string& field, const std::vector<std::string>& values);
  void took_comparison(const std::string& mistake);
  std::string compared_field() const;
  std::vector<std::string> compared_values(const std::string& field) const;

  void apply(const Action& action);
  void apply(const action::Run& run);
  void apply(const action::EditEntry& edit);
  void apply(const action::EndEdit&);
  void apply(const action::SetProgram& program);
  void apply(const action::SetLearningRate& rate);
  void apply(const action::Seek& seek);
  void apply(const action::OpenFile& file);
  void apply(const action::OpenExample& example);
  void apply(const action::SaveFile& file);
  void apply(const action::SavePicture& picture);
  void apply(const action::SaveFirst&);
  void apply(const action::DiscardEdits&);
  void apply(const action::OpenRescued& open_rescued);
  void apply(const action::DiscardRescued&);
  void apply(const action::ChangeSetup& change);
  void apply(const action::OpenData& data);
  void apply(const action::TakeData& data);
  void open_data(const action::TakeData& data);
  void build_network_for(const action::TakeData& data);
  void apply(const action::ChooseData&);
  void apply(const action::ShowData&);
  void apply(const action::PickSample& pick);
  void apply(const action::CompareBy& by);
  void apply(const action::Replay& replay);
  void apply(const action::RemoveRun& remove);
  void apply(const action::WatchLayer& watch);
  void apply(const action::Freeze& freeze);

  // ---- lessons and proofs ----
  bool check_gradients();  // for a share of the frame; true when nothing is left to do
  bool checks_are_being_worked_out() const;
  void apply(const action::CheckAll&);
  void apply(const action::LightPath& path);
  void apply(const action::SetPrecision& precision);
  void apply(const action::HideBug&);
  void apply(const action::GuessBug& guess);
  void apply(const action::EndHunt&);
  void enter_lesson_step(int step);
  void begin_lesson_hunt();
  bool shows_lesson_setup() const;
  void go_to_lesson_place();
  void point_for_lesson();
  void work_on_lesson();  // trains to where the step is; sees what was done
  bool lesson_is_busy() const;
  bool demand_is_met() const;
  void meet_demand();
  void keep_lesson_progress();
  void apply(const action::OpenLesson& lesson);
  void apply(const action::CloseLesson&);
  void apply(const action::GoToLessonStep& to);
  void apply(const action::Predict& prediction);
  void apply(const action::ShowMe&);
  void apply(const action::ExportFile& file);

  bool let_go_of_edits(const Action& then);
  bool has_unsaved_edits() const;
  void go_on_after_saving();
  Document document_to_save() const;
  std::filesystem::path working_folder() const;
  void save_session(const std::filesystem::path& path);
  void save_drawing(const std::filesystem::path& path);
  void pause();
  void flow();  // lets the light run along the edges of the last tick
  void close_top();

  static constexpr long for_ever = std::numeric_limits<long>::max();

  const Fonts& fonts_;
  Gpu* gpu_;
  FrameRecord* record_ = nullptr;
  Settings settings_;
  std::vector<Example> examples_;
  std::optional<Session> session_;
  ViewState view_;
  InteractionState interaction_;
  Lab lab_;
  BugHunt hunt_;
  std::unique_ptr<LessonRun> lesson_;
  bool lab_up_to_date_ = true;     // what Train or Compare shows is of the present moment
  long compared_run_number_ = -1;  // the session's run that is compared
  double compared_rate_ = 0;       // and its learning rate
  long train_until_ = for_ever;    // the epoch at which training stops
  FrameBudget budget_;
  Actions actions_;
  Dialogs dialogs_;
  SidePanel side_ = SidePanel::inspector;
  Point graph_size_;
  long shown_graph_ = -1;  // graph_revision() of the last frame
  Index shown_rows_ = 0;   // rows of data of its graph
  double until_next_tick_ = 0;
  int settle_frames_ = 3;  // ImGui shows some things only a frame or two later
  std::optional<std::filesystem::path> picture_path_;
  int frames_until_picture_ = 0;
  std::optional<Action> after_saving_;  // what was about to happen
  bool discarding_ = false;             // edits may be lost: that was the answer
  std::filesystem::path rescue_file_;   // that the session came from or was kept in
  bool stuck_ = false;                  // what goes on by itself has failed
  bool quit_ = false;
};

}  // namespace backstep
