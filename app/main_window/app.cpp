#include "app/main_window/app.h"

#include <GLFW/glfw3.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "app/commands/commands.h"
#include "app/commands/keyboard.h"
#include "app/documents/file_kinds.h"
#include "app/documents/session_file.h"
#include "app/explain/training_words.h"
#include "app/export/drawing.h"
#include "app/files/text_file.h"
#include "app/lessons/lesson_file.h"
#include "app/lessons/lesson_run.h"
#include "app/paint/frame_record.h"
#include "app/paint/gpu.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/inspector/inspector_panel.h"
#include "app/panels/step/graph_panel.h"
#include "app/panels/step/plots_panel.h"
#include "app/panels/step/program_panel.h"
#include "app/panels/step/transport_panel.h"
#include "app/panels/title/title_bar.h"
#include "app/platform/folders.h"
#include "app/widgets/guarded.h"
#include "app/widgets/imgui_font.h"
#include "app/widgets/imgui_style.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr double flow_seconds = 0.7;  // light along the edges after a step
constexpr double frame_seconds = 1.0 / 60;
constexpr float least_text = 0.7f, most_text = 2.5f, presenting_text = 1.35f;

// The end of the phase after or before `tick`.
int phase_end(const Timeline& timeline, int tick, int direction) {
  const int ends[] = {0, timeline.forward_ticks(),
                      timeline.forward_ticks() + timeline.backward_ticks(), timeline.ticks()};
  if (direction > 0)
    return *std::find_if(std::begin(ends), std::end(ends) - 1, [&](int end) { return end > tick; });
  return *std::find_if(std::rbegin(ends), std::rend(ends) - 1, [&](int end) { return end < tick; });
}

}  // namespace

App::App(const Fonts& fonts, Gpu* gpu, Settings settings)
    : fonts_(fonts), gpu_(gpu), settings_(std::move(settings)), examples_(list_examples()) {
  view_.theme = settings_.theme;
  view_.text_size = settings_.text_size;
  view_.play_speed = settings_.play_speed;
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
  Session session(std::move(document));
  session.path = path;
  session_.emplace(std::move(session));
  forget_rescue_file();
  view_.camera.fit = true;
  view_.loss_plot = view_.norm_plot = {};
  view_.message.clear();
  view_.show_checks = false;
  hunt_ = {};
  shown_graph_ = -1;
  for (PlotView& plot : view_.epoch_plots) plot = {};
  lab_.forget_session();
  compared_run_number_ = -1;
  pause();
  view_.mode = session_->mode() == "train"     ? Mode::train
               : session_->mode() == "compare" ? Mode::compare
                                               : Mode::step;
}

void App::open_file(const std::filesystem::path& path) {
  const auto name = [&] { return path.filename().string(); };
  attempt(name, [&] {
    const FileKind kind = kind_of_file(path);
    if (kind == FileKind::data) return apply(action::OpenData{path, true});
    if (kind == FileKind::lesson) return begin_lesson(read_lesson(path));
    open(read_document(path), path);
    settings_.remember_file(path);
  });
}

void App::drop(const std::filesystem::path& path) { ask(action::OpenFile{path}); }

void App::open_example(int number) { open(backstep::open_example(number), {}); }

void App::save() {
  after_saving_.reset();
  if (session_->path.extension() == ".json") return save_session(session_->path);
  show_save_dialog();
}

Document App::document_to_save() const {
  Document document = session_->document();
  document.mode = view_.mode == Mode::train     ? "train"
                  : view_.mode == Mode::compare ? "compare"
                                                : "step";
  return document;
}

void App::save_session(const std::filesystem::path& path) {
  write_session(path, document_to_save());
  session_->path = path;
  session_->mark_saved();
  settings_.remember_file(path);
  say("Saved " + path.filename().string() + ".");
  forget_rescue_file();
  go_on_after_saving();
}

void App::save_drawing(const std::filesystem::path& path) {
  if (view_.mode != Mode::step)
    return say("A .svg holds the graph of Step alone; this can be saved as a .png");
  write_text(path, drawing_of(*session_, view_, fonts_));
  say("Saved " + path.filename().string() + ".");
}

std::optional<std::filesystem::path> App::take_picture_path() {
  if (!picture_path_ || --frames_until_picture_ > 0) return std::nullopt;
  return std::exchange(picture_path_, std::nullopt);
}

std::string App::window_title() const {
  return (session_->is_changed() ? "• " : "") + session_->title() + " — Backstep";
}

void App::say(const std::string& message) { view_.message = message; }

// ---- a frame --------------------------------------------------------------------

void App::frame(float width, float height, float display_scale, double seconds) {
  if (record_) record_->clear();
  if (gpu_) gpu_->begin_frame();
  go_on(seconds);
  const Theme& theme = theme_of(view_.theme);
  const float scale = display_scale * view_.text_size * (view_.presenting ? presenting_text : 1);
  const Layout layout = view_.mode == Mode::step
                            ? lay_out(width, height, scale, view_.presenting, side_)
                            : lay_out_lab(width, height, scale, view_.presenting, side_);
  forget_old_graph();
  if (view_.mode == Mode::step) graph_size_ = {layout.graph.width, layout.graph.height};
  apply_imgui_style(theme, scale);
  const PanelContext context = {*session_, view_, actions_,      interaction_, theme,   fonts_,
                                lab_,      hunt_, lesson_.get(), gpu_,         record_, scale};
  const ImGuiFont font(context, Face::ui, 13);

  const auto guarded = [&](Rect rect, const auto& draw) {
    return rect.width <= 0 || draw_guarded(context, rect, draw);
  };
  const auto can_run = [&](CommandId id) { return command_of(id).possible(*this); };
  guarded(layout.title, [&] { draw_title_bar(context, layout.title, can_run); });
  if (view_.mode == Mode::step)
    draw_step(context, layout);
  else
    draw_lab(context, layout);
  guarded(layout.side_tabs, [&] { draw_side_tabs(context, layout.side_tabs, side_); });
  guarded(layout.graph, [&] { draw_message(context, layout); });
  const Rect screen = {0, 0, width, height};
  if (!guarded(screen, [&] { draw_dialogs(context, dialogs_, screen, examples_); }))
    dialogs_.open = Dialog::none;

  for (const Action& action : actions_.take()) apply(action);
  settle_frames_ = std::max(0, settle_frames_ - 1);
}

// Node numbers mean something else once the graph is another one, whether it
// was opened, typed, undone or reset.
void App::forget_old_graph() {
  const std::vector<int>& data = session_->graph().data_leaves();
  const Index rows = data.empty() ? 0 : session_->graph().node(data.front()).value.shape.rows;
  const bool other_rows = std::exchange(shown_rows_, rows) != rows;
  if (other_rows) {  // in a smaller batch, an entry that one is about to edit may not be there
    view_.lit_edges.clear();
    view_.lit_entries.clear();
    forget_number_fields(interaction_);
    forget_canvas_gesture(interaction_);
  }
  if (shown_graph_ == session_->graph_revision()) return;
  shown_graph_ = session_->graph_revision();
  view_.selection = {};
  view_.hovered_node = -1;
  view_.pointed_nodes.clear();
  view_.lit_edges.clear();
  view_.lit_entries.clear();
  forget_number_fields(interaction_);
  forget_canvas_gesture(interaction_);
}

void App::draw_step(const PanelContext& context, const Layout& layout) {
  const auto guarded = [&](Rect rect, const auto& draw) {
    if (rect.width > 0) draw_guarded(context, rect, draw);
  };
  guarded(layout.program, [&] { draw_program_panel(context, layout.program, examples_); });
  guarded(layout.graph, [&] { draw_graph(context, layout.graph); });
  guarded(layout.transport, [&] { draw_transport_panel(context, layout.transport); });
  guarded(layout.inspector, [&] { draw_inspector_panel(context, layout.inspector); });
  guarded(layout.plots, [&] { draw_plots_panel(context, layout.plots); });
}

void App::draw_graph(const PanelContext& context, Rect rect) {
  if (session_->runs()) return draw_graph_panel(context, rect);
  ImGuiPainter painter = painter_below(context);
  painter.text({rect.center().x, rect.center().y - context.px(10)},
               "The graph appears when the program is right.", Face::ui, context.px(15),
               context.theme.text_soft, Align::center);
}

// One line over the foot of the graph.
void App::draw_message(const PanelContext& context, const Layout& layout) {
  if (view_.message.empty()) return;
  const float size = context.px(13), padding = context.px(12);
  const Rect room =
      view_.mode == Mode::step ? beside_graph_buttons(context, layout.graph) : layout.graph;
  ImGuiPainter painter = painter_above(context);
  const auto lines = wrapped(painter, view_.message, Face::ui, size, room.width - context.px(40));
  float widest = 0;
  for (const std::string& line : lines)
    widest = std::max(widest, painter.text_width(line, Face::ui, size));
  const float height = context.px(18) * static_cast<float>(lines.size()) + padding;
  const Rect box = {room.center().x - widest / 2 - padding, room.bottom() - height - context.px(14),
                    widest + 2 * padding, height};
  painter.fill(box, context.theme.card, context.px(6));
  painter.frame(box, context.theme.line, context.px(6));
  float y = box.y + padding / 2;
  for (const std::string& line : lines) {
    painter.text({box.x + padding, y}, line, Face::ui, size, context.theme.text);
    y += context.px(18);
  }
  probe(context, "message", box);
}

// Playing, training and the light along the edges, for as long as a frame took.
void App::advance(double seconds) {
  if (view_.flow_phase < 1)
    view_.flow_phase = std::min(1.0, view_.flow_phase + seconds / flow_seconds);
  const bool busy = is_busy();
  budget_.begin_work();
  work_in_lab();
  work_on_lesson();
  budget_.end_work();
  if (busy) settle_frames_ = 3;  // what it has come to may want more room than there was
  if (!view_.playing) return;
  until_next_tick_ -= seconds;
  if (until_next_tick_ > 0) return;
  until_next_tick_ = std::max(0.0, until_next_tick_ + 1 / view_.play_speed);
  session_->step();
  flow();
}

bool App::is_busy() const { return view_.training || !lab_up_to_date_ || lesson_is_busy(); }

double App::wants_frame_in() const {
  if (stuck_) return settle_frames_ > 0 || picture_path_ ? frame_seconds : -1;
  if (settle_frames_ > 0 || is_busy() || view_.flow_phase < 1 || picture_path_)
    return frame_seconds;
  if (view_.playing) return std::max(until_next_tick_, frame_seconds);
  return -1;
}

// ---- input ------------------------------------------------------------------------

void App::touch() {
  settle_frames_ = 3;
  budget_.input();
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
  view_.message.clear();
  stuck_ = false;
  attempt([&] { return "“" + std::string(command->label) + "”"; }, [&] { command->run(*this); });
}

// Escape leaves whatever lies on top.
void App::close_top() {
  if (dialogs_.open != Dialog::none)
    dialogs_.open = Dialog::none;
  else if (trains_to_an_epoch())
    pause();
  else if (view_.presenting)
    view_.presenting = false;
  else if (view_.point_tool != PointTool::pick)
    view_.point_tool = PointTool::pick;
  else if (!view_.message.empty())
    view_.message.clear();
  else if (checks_are_being_worked_out())
    view_.show_checks = false;
  else if (session_->picked_sample())
    session_->pick_sample(-1);
  else
    view_.selection = {};
}

void App::apply(const Action& action) {
  settle_frames_ = 3;
  stuck_ = false;
  attempt([&] { return words_of(action); },
          [&] { std::visit([this](const auto& what) { apply(what); }, action); });
}

void App::apply(const action::Run& run) {
  const Command& command = command_of(run.command);
  view_.message.clear();
  if (command.possible(*this)) command.run(*this);
}

void App::apply(const action::EditEntry& edit) {
  pause();
  session_->edit_entry(edit.leaf, edit.entry, edit.value);
  const auto from = session_->edited_from();
  if (!from) return;
  const std::string way_back = name_of(command_of(CommandId::step_back).keys) + " or " +
                               name_of(command_of(CommandId::undo).keys);
  say(edit_words(session_->timeline(), edit.leaf, *from, way_back));
}

void App::apply(const action::EndEdit&) { session_->end_burst(); }

void App::apply(const action::SetProgram& program) {
  pause();
  session_->set_program(program.text);
}

void App::apply(const action::SetLearningRate& rate) { session_->set_learning_rate(rate.value); }

void App::apply(const action::Seek& seek) {
  pause();
  session_->seek(seek.position);
}

void App::apply(const action::OpenFile& file) {
  if (!let_go_of_edits(file)) return;
  open_file(file.path);
}

void App::apply(const action::OpenExample& example) {
  if (!let_go_of_edits(example)) return;
  open_example(example.number);
}

void App::apply(const action::SaveFile& file) { save_session(file.path); }

void App::apply(const action::SavePicture& picture) {
  if (picture.path.extension() == ".svg") return save_drawing(picture.path);
  picture_path_ = picture.path;
  frames_until_picture_ = 3;  // until the dialog is gone from the screen
}

// ---- what commands do -------------------------------------------------------------

void App::show_open_dialog() {
  open_file_dialog(dialogs_, keyboard(), Dialog::open, working_folder(), "");
  dialogs_.recent = settings_.recent_files;
}

void App::show_save_dialog() {
  after_saving_.reset();
  const std::string stem =
      session_->path.empty() ? session_->title() : session_->path.stem().string();
  open_file_dialog(dialogs_, keyboard(), Dialog::save, working_folder(), stem + ".json");
}

void App::show_picture_dialog() {
  open_file_dialog(dialogs_, keyboard(), Dialog::picture, working_folder(),
                   session_->title() + ".png");
}

std::filesystem::path App::working_folder() const {
  std::error_code error;
  if (!session_->path.empty())
    return std::filesystem::absolute(session_->path, error).parent_path();
  const auto here = std::filesystem::current_path(error);
  return error ? home_folder() : here;
}

void App::show_examples() { open_dialog(dialogs_, Dialog::examples); }
void App::show_help() { open_dialog(dialogs_, Dialog::help); }
void App::show_about() { open_dialog(dialogs_, Dialog::about); }

void App::ask_to_quit() {
  if (let_go_of_edits(action::Run{CommandId::quit})) quit_ = true;
}

void App::pause() { view_.playing = view_.training = false; }

void App::flow() { view_.flow_phase = 0; }

void App::toggle_playing() {
  view_.training = false;
  view_.playing = !view_.playing;
  until_next_tick_ = 0;
}

void App::change_play_speed(int direction) {
  constexpr double speeds[] = {0.5, 1, 2, 4, 8, 16, 32, 60};
  const auto now = std::lower_bound(std::begin(speeds), std::end(speeds), view_.play_speed);
  const auto wanted = now - std::begin(speeds) + direction;
  view_.play_speed = speeds[std::clamp<std::ptrdiff_t>(wanted, 0, std::ssize(speeds) - 1)];
  settings_.play_speed = view_.play_speed;
  until_next_tick_ = std::min(until_next_tick_, 1 / view_.play_speed);
  const std::string speed = exact_number(view_.play_speed);
  say(text("Plays {} {} a second.", speed, speed == "1" ? "step" : "steps"));
}

void App::toggle_training() {
  view_.playing = false;
  view_.training = !view_.training;
  train_until_ = epoch_the_lesson_demands();
}

bool App::trains_to_an_epoch() const { return view_.training && train_until_ != for_ever; }

// In pieces, as all training; pressed again before it is done, an epoch more.
void App::train_one_epoch() {
  if (view_.mode == Mode::compare && !lab_.comparison()) return;
  long from = is_comparing() ? lab_.comparison()->level() : session_->trainer().epoch();
  if (trains_to_an_epoch()) from = train_until_;
  view_.playing = false;
  view_.training = true;
  train_until_ = from + 1;
}

void App::step() {
  pause();
  session_->step();
  flow();
}

void App::step_back() {
  pause();
  session_->step_back();
}

void App::seek_tick(int tick) {
  pause();
  session_->seek({session_->timeline().position().update, tick});
}

void App::seek_phase(int direction) {
  const Timeline& timeline = session_->timeline();
  const Position now = timeline.position();
  if (direction > 0 && now.tick == timeline.ticks()) return step();
  if (direction < 0 && now.tick == 0) return step_back();
  seek_tick(phase_end(timeline, now.tick, direction));
}

void App::seek_update(int direction) {
  pause();
  const Position now = session_->timeline().position();
  session_->seek({std::max(0L, now.update + direction), now.tick});
}

void App::restart() {
  pause();
  if (is_comparing())
    lab_.comparison()->restart();
  else
    session_->restart();
}

void App::undo() {
  pause();
  session_->undo();
}

void App::redo() {
  pause();
  session_->redo();
}

void App::reset_values() {
  pause();
  session_->reset_values();
}

void App::zoom(float factor) {
  Camera& camera = view_.camera;
  const Point middle = {graph_size_.x / 2, graph_size_.y / 2};
  camera.fit = false;
  camera.zoom *= factor;
  camera.offset = {middle.x + (camera.offset.x - middle.x) * factor,
                   middle.y + (camera.offset.y - middle.y) * factor};
}

void App::toggle_theme() {
  view_.theme = view_.theme == ThemeName::dark ? ThemeName::light : ThemeName::dark;
  settings_.theme = view_.theme;
}

void App::change_text_size(int direction) {
  const float wanted = direction == 0 ? 1 : view_.text_size + 0.1f * static_cast<float>(direction);
  view_.text_size = std::clamp(std::round(wanted * 10) / 10, least_text, most_text);
  settings_.text_size = view_.text_size;
  view_.camera.fit = true;
}

}  // namespace backstep
