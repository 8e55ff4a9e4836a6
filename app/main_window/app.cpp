#include "app/main_window/app.h"

#include <GLFW/glfw3.h>
#include <imgui.h>

#include <algorithm>

#include "app/commands/commands.h"
#include "app/commands/keyboard.h"
#include "app/documents/file_kinds.h"
#include "app/documents/session_file.h"
#include "app/export/drawing.h"
#include "app/files/text_file.h"
#include "app/lessons/lesson_file.h"
#include "app/lessons/lesson_guide.h"
#include "app/main_window/screens.h"
#include "app/paint/frame_record.h"
#include "app/paint/gpu.h"
#include "app/panels/dialogs/data_dialog.h"
#include "app/panels/step/graph_panel.h"
#include "app/panels/title/message_line.h"
#include "app/panels/title/title_bar.h"
#include "app/platform/folders.h"
#include "app/widgets/guarded.h"
#include "app/widgets/imgui_font.h"
#include "app/widgets/imgui_style.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "app/workspace/workspace_actions.h"

namespace backstep {

namespace {

constexpr double seconds_of_a_frame = 1.0 / 60;
constexpr float presenting_text = 1.35f;

}  // namespace

App::App(const Fonts& fonts, Gpu* gpu, Settings settings)
    : fonts_(fonts), gpu_(gpu), workspace_(std::move(settings)), examples_(list_examples()) {
  ImGui::GetIO().ConfigInputTextCursorBlink = false;  // a blinking caret would draw for ever
  open_example(0);
}

App::~App() = default;

// ---- files --------------------------------------------------------------------

// Whatever is opened by itself ends the lesson.
void App::open(Document document, const std::filesystem::path& path) {
  show(std::move(document), path);
  lesson_.reset();
}

void App::show(Document document, const std::filesystem::path& path) {
  workspace_.open(std::move(document), path);
  forget_rescue_file();
  shown_graph_ = -1;
}

void App::open_file(const std::filesystem::path& path) {
  const auto name = [&] { return path.filename().string(); };
  attempt(name, [&] {
    const FileKind kind = kind_of_file(path);
    if (kind == FileKind::data) return apply(action::OpenData{path, true});
    if (kind == FileKind::lesson) return begin_lesson(read_lesson(path));
    open(read_document(path), path);
    settings().remember_file(path);
  });
}

void App::drop(const std::filesystem::path& path) { ask(action::OpenFile{path}); }

void App::open_example(int number) { open(backstep::open_example(number), {}); }

void App::save() {
  after_saving_.reset();
  if (kind_of_file(session().path) == FileKind::session) return save_session(session().path);
  show_save_dialog();
}

Document App::document_to_save() const {
  Document document = session().document();
  document.mode = view().mode;
  return document;
}

void App::save_session(const std::filesystem::path& path) {
  write_session(path, document_to_save());
  session().path = path;
  session().mark_saved();
  settings().remember_file(path);
  say("Saved " + path.filename().string() + ".");
  forget_rescue_file();
  go_on_after_saving();
}

void App::save_drawing(const std::filesystem::path& path) {
  if (view().mode != Mode::step)
    return say("A .svg holds the graph of Step alone; this can be saved as a .png");
  write_text(path, drawing_of(session(), view(), fonts_));
  say("Saved " + path.filename().string() + ".");
}

std::optional<std::filesystem::path> App::take_picture_path() {
  if (!picture_path_ || --frames_until_picture_ > 0) return std::nullopt;
  return std::exchange(picture_path_, std::nullopt);
}

std::string App::window_title() const {
  return (session().is_changed() ? "• " : "") + session().title() + " — Backstep";
}

// ---- a frame --------------------------------------------------------------------

void App::frame(float width, float height, float display_scale, double seconds) {
  if (record_) record_->clear();
  if (gpu_) gpu_->begin_frame();
  go_on(seconds);
  const Theme& theme = theme_of(view().theme);
  const float scale = display_scale * view().text_size * (view().presenting ? presenting_text : 1);
  const Layout layout = view().mode == Mode::step
                            ? lay_out(width, height, scale, view().presenting, side_)
                            : lay_out_lab(width, height, scale, view().presenting, side_);
  forget_old_graph();
  if (view().mode == Mode::step) view().canvas_size = {layout.graph.width, layout.graph.height};
  apply_imgui_style(theme, scale);
  const PanelContext context = {session(), view(), actions_,      interaction_, theme,   fonts_,
                                lab(),     hunt(), lesson_.get(), gpu_,         record_, scale};
  const ImGuiFont font(context, Face::ui, 13);

  const auto guarded = [&](Rect rect, const auto& draw) {
    return rect.width <= 0 || draw_guarded(context, rect, draw);
  };
  const auto can_run = [&](CommandId id) { return command_of(id).possible(*this); };
  guarded(layout.title, [&] { draw_title_bar(context, layout.title, can_run); });
  draw_screen(context, layout, examples_);
  guarded(layout.side_tabs, [&] { draw_side_tabs(context, layout.side_tabs, side_); });
  guarded(layout.graph, [&] { draw_message_line(context, layout.graph); });
  const Rect screen = {0, 0, width, height};
  if (!guarded(screen, [&] { draw_dialogs(context, dialogs_, screen, examples_); }))
    dialogs_.open = Dialog::none;

  for (const Action& action : actions_.take()) apply(action);
  settle_frames_ = std::max(0, settle_frames_ - 1);
}

// Node numbers mean something else once the graph is another one, whether it
// was opened, typed, undone or reset.
void App::forget_old_graph() {
  const std::vector<int>& data = session().graph().data_leaves();
  const Index rows = data.empty() ? 0 : session().graph().node(data.front()).value.shape.rows;
  const bool other_rows = std::exchange(shown_rows_, rows) != rows;
  if (other_rows) {  // in a smaller batch, an entry that one is about to edit may not be there
    view().lit_edges.clear();
    view().lit_entries.clear();
    forget_number_fields(interaction_);
    forget_canvas_gesture(interaction_);
  }
  if (shown_graph_ == session().graph_revision()) return;
  shown_graph_ = session().graph_revision();
  view().selection = {};
  view().hovered_node = -1;
  view().pointed_nodes.clear();
  view().lit_edges.clear();
  view().lit_entries.clear();
  forget_number_fields(interaction_);
  forget_canvas_gesture(interaction_);
}

// What goes on by itself, for as long as a frame took.
void App::advance(double seconds) {
  const bool busy = is_busy();
  playback().begin_frame();
  playback().work();
  work_on_lesson();
  playback().end_frame(seconds);
  if (busy) settle_frames_ = 3;  // what it has come to may want more room than there was
}

bool App::is_busy() const { return workspace_.playback.is_busy() || lesson_is_busy(); }

double App::wants_frame_in() const {
  if (settle_frames_ > 0 || picture_path_) return seconds_of_a_frame;
  if (stuck_) return -1;
  return lesson_is_busy() ? seconds_of_a_frame : workspace_.playback.wants_frame_in();
}

// ---- input ------------------------------------------------------------------------

void App::touch() {
  settle_frames_ = 3;
  playback().note_input();
}

void App::press(const KeyPress& press) {
  settle_frames_ = 3;
  const Typing typing = keyboard().keys_go_to();
  if (a_menu_is_open()) return;  // it answers to keys itself
  const bool in_dialog = dialogs_.open != Dialog::none;
  if (press.key == GLFW_KEY_ESCAPE && (in_dialog || typing == Typing::nothing)) return close_top();
  if (in_dialog) return;
  const Command* command = command_for(press, typing);
  if (!command || !command->possible(*this)) return;
  view().message.clear();
  stuck_ = false;
  attempt([&] { return "“" + std::string(command->label) + "”"; }, [&] { command->run(*this); });
}

// Escape leaves whatever lies on top.
void App::close_top() {
  if (dialogs_.open != Dialog::none)
    dialogs_.open = Dialog::none;
  else if (playback().trains_to_an_epoch())
    playback().pause();
  else if (view().presenting)
    view().presenting = false;
  else if (view().point_tool != PointTool::pick)
    view().point_tool = PointTool::pick;
  else if (!view().message.empty())
    view().message.clear();
  else if (workspace_.is_checking_gradients())
    view().show_checks = false;
  else if (session().picked_sample())
    session().pick_sample(-1);
  else
    view().selection = {};
}

void App::apply(const Action& action) {
  settle_frames_ = 3;
  stuck_ = false;
  attempt([&] { return subject_of(action); },
          [&] { std::visit([this](const auto& what) { hand_on(what); }, action); });
}

template <class What>
void App::hand_on(const What& what) {
  if constexpr (requires { carry_out(workspace_, what); })
    carry_out(workspace_, what);
  else
    apply(what);
}

void App::apply(const action::RunCommand& run) {
  const Command& command = command_of(run.command);
  view().message.clear();
  if (command.possible(*this)) command.run(*this);
}

void App::apply(const action::OpenFile& file) {
  if (!let_go_of_edits(file)) return;
  open_file(file.path);
}

void App::apply(const action::OpenExample& example) {
  if (!let_go_of_edits(example)) return;
  open_example(example.number);
}

void App::apply(const action::OpenData& data) {
  open_data_dialog(dialogs_, data.path, data.opens, session().source());
}

// A file of data by itself is a session with a small network that learns it.
void App::apply(const action::TakeData& data) {
  if (!data.opens) return take_data(workspace_, data);
  Document document = document_of_data(data.samples, data.source);
  document.setup.standardise = data.standardise;
  open(std::move(document), data.source.file);
  settings().remember_file(data.source.file);
}

void App::apply(const action::ChooseData&) {
  open_file_dialog(dialogs_, keyboard(), Dialog::data_file, working_folder(), "");
}

void App::apply(const action::ShowData&) { open_dialog(dialogs_, Dialog::data_table); }

void App::apply(const action::SaveFile& file) { save_session(file.path); }

void App::apply(const action::SavePicture& picture) {
  if (has_ending(picture.path.filename().string(), ".svg")) return save_drawing(picture.path);
  picture_path_ = picture.path;
  frames_until_picture_ = 3;  // until the dialog is gone from the screen
}

// ---- what commands do -------------------------------------------------------------

void App::show_open_dialog() {
  open_file_dialog(dialogs_, keyboard(), Dialog::open, working_folder(), "");
  dialogs_.recent = settings().recent_files;
}

void App::show_save_dialog() {
  after_saving_.reset();
  const std::string stem =
      session().path.empty() ? session().title() : session().path.stem().string();
  open_file_dialog(dialogs_, keyboard(), Dialog::save, working_folder(),
                   stem + endings_of(FileKind::session).front());
}

void App::show_picture_dialog() {
  open_file_dialog(dialogs_, keyboard(), Dialog::picture, working_folder(),
                   session().title() + picture_endings().front());
}

std::filesystem::path App::working_folder() const {
  std::error_code error;
  if (!session().path.empty())
    return std::filesystem::absolute(session().path, error).parent_path();
  const auto here = std::filesystem::current_path(error);
  return error ? home_folder() : here;
}

void App::show_examples() { open_dialog(dialogs_, Dialog::examples); }
void App::show_help() { open_dialog(dialogs_, Dialog::help); }
void App::show_about() { open_dialog(dialogs_, Dialog::about); }

void App::ask_to_quit() {
  if (let_go_of_edits(action::RunCommand{CommandId::quit})) quit_ = true;
}

// In a lesson that demands training, to the epoch it demands.
void App::toggle_training() {
  const auto demanded = lesson_ ? lesson_->epoch_demanded(workspace_) : std::nullopt;
  playback().toggle_training(demanded.value_or(Playback::for_ever));
}

}  // namespace backstep
