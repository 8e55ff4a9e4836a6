#include "app/main_window/app.h"

#include <GLFW/glfw3.h>
#include <imgui.h>

#include <algorithm>

#include "app/commands/commands.h"
#include "app/commands/keyboard.h"
#include "app/lessons/lesson_guide.h"
#include "app/main_window/screens.h"
#include "app/paint/frame_record.h"
#include "app/paint/gpu.h"
#include "app/panels/step/graph_panel.h"
#include "app/panels/title/message_line.h"
#include "app/panels/title/title_bar.h"
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
  ImGui::GetIO().ConfigInputTextCursorBlink = false;  // a blinking caret would need frames for ever
  open_example(0);
}

App::~App() = default;

// ---- what is open -------------------------------------------------------------

void App::open(Document document, const std::filesystem::path& path) {
  show(std::move(document), path);
  lesson_.reset();
}

void App::show(Document document, const std::filesystem::path& path) {
  workspace_.open(std::move(document), path);
  files_.forget_rescue_file();
  shown_graph_ = -1;
}

void App::open_example(int number) { open(backstep::open_example(number), {}); }

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

// With another graph, whether opened, typed, undone or reset, node numbers stand for
// other nodes.
void App::forget_old_graph() {
  const std::vector<int>& data = session().graph().data_leaves();
  const Index rows = data.empty() ? 0 : session().graph().node(data.front()).value.shape.rows;
  const bool other_rows = std::exchange(shown_rows_, rows) != rows;
  if (other_rows) {  // a smaller batch may lack the entry that is being edited
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
  if (busy) settle_frames_ = 3;  // the results may need another layout
}

bool App::is_busy() const { return workspace_.playback.is_busy() || lesson_is_busy(); }

double App::wants_frame_in() const {
  if (settle_frames_ > 0 || files_.wants_picture()) return seconds_of_a_frame;
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
  if (a_menu_is_open()) return;  // which handles the keys itself
  const bool in_dialog = dialogs_.open != Dialog::none;
  if (press.key == GLFW_KEY_ESCAPE && (in_dialog || typing == Typing::nothing)) return close_top();
  if (in_dialog) return;
  const Command* command = command_for(press, typing);
  if (!command || !command->possible(*this)) return;
  view().message.clear();
  stuck_ = false;
  attempt([&] { return "“" + std::string(command->label) + "”"; }, [&] { command->run(*this); });
}

// Escape closes or ends whatever is topmost.
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
  else if constexpr (requires { files_.carry_out(what); })
    files_.carry_out(what);
  else
    apply(what);
}

void App::apply(const action::RunCommand& run) {
  const Command& command = command_of(run.command);
  view().message.clear();
  if (command.possible(*this)) command.run(*this);
}

void App::apply(const action::ShowData&) { open_dialog(dialogs_, Dialog::data_table); }

// ---- what commands do -------------------------------------------------------------

void App::ask_to_quit() {
  if (files_.may_lose_edits(action::RunCommand{CommandId::quit})) quit_ = true;
}

// In a lesson that demands training, to the epoch it demands.
void App::toggle_training() {
  const auto demanded = lesson_ ? lesson_->epoch_demanded(workspace_) : std::nullopt;
  playback().toggle_training(demanded.value_or(Playback::for_ever));
}

}  // namespace backstep
