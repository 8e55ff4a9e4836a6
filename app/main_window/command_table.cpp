// The table of commands: what stands in menus, on keys and on the help page, and
// what it does to the App. commands.h tells what a row is.
#include <GLFW/glfw3.h>

#include <algorithm>
#include <string_view>

#include "app/commands/commands.h"
#include "app/main_window/app.h"
#include "app/workspace/workspace_actions.h"

namespace backstep {

namespace {

constexpr Keys none = {};
constexpr Keys plain_key(int code) { return {code, false, false}; }
constexpr Keys ctrl(int code) { return {code, true, false}; }
constexpr Keys shift(int code) { return {code, false, true}; }
constexpr Keys ctrl_shift(int code) { return {code, true, true}; }
// A sign is wherever the keyboard has it, with Shift or without.
constexpr Keys sign(char written) { return {written, false, false}; }
constexpr Keys ctrl_sign(char written) { return {written, true, false}; }

bool always(const App&) { return true; }
bool runs(const App& app) { return app.session().runs(); }
bool at_start(const App& app) {
  return app.session().timeline().position() == app.session().timeline().first();
}
bool in_lesson(const App& app) { return app.lesson() != nullptr; }
bool after_an_update(const App& app) {
  return runs(app) &&
         app.session().timeline().position().update > app.session().timeline().first().update;
}
bool can_go_back(const App& app) { return runs(app) && !at_start(app); }

using Id = CommandId;

const Command command_rows[] = {
    {Id::open, "File", "Open…", "Open a program (.py), a session (.json) or data (.csv).",
     ctrl(GLFW_KEY_O), none, always, [](App& app) { app.files().show_open_dialog(); }},
    {Id::examples, "File", "Examples…", "Worked examples, each with one line on what it shows.",
     plain_key(GLFW_KEY_F2), none, always,
     [](App& app) { open_dialog(app.dialogs(), Dialog::examples); }},
    {Id::lessons, "File", "Lessons…", "Backpropagation from one neuron on, step by step.",
     plain_key(GLFW_KEY_F3), none, always, [](App& app) { app.show_lessons(); }},
    {Id::next_lesson_step, "File", "Next step of the lesson", "Once the task of this step is done.",
     ctrl(GLFW_KEY_RIGHT), none, in_lesson, [](App& app) { app.go_on_in_lesson(+1); }},
    {Id::previous_lesson_step, "File", "Previous step of the lesson", "Back to the step before.",
     ctrl(GLFW_KEY_LEFT), none, in_lesson, [](App& app) { app.go_on_in_lesson(-1); }},
    {Id::close_lesson, "File", "Close the lesson", "What it opened stays.", none, none, in_lesson,
     [](App& app) { app.close_lesson(); }},
    {Id::save, "File", "Save", "Save the session.", ctrl(GLFW_KEY_S), none, always,
     [](App& app) { app.files().save(); }},
    {Id::save_as, "File", "Save as…", "Save the session under another name.",
     ctrl_shift(GLFW_KEY_S), none, always, [](App& app) { app.files().show_save_dialog(); }},
    {Id::save_picture, "File", "Export picture…",
     "Save what is on screen (.png), or the graph alone as a drawing (.svg).", ctrl(GLFW_KEY_E),
     none, always, [](App& app) { app.files().show_picture_dialog(); }},
    {Id::export_text, "File", "Export program…",
     "Save it in another form, such as a PyTorch script.", ctrl_shift(GLFW_KEY_E), none, runs,
     [](App& app) { app.files().show_export_dialog(); }},
    {Id::quit, "File", "Quit", "Leave Backstep.", ctrl(GLFW_KEY_Q), none, always,
     [](App& app) { app.ask_to_quit(); }},

    {Id::undo, "Edit", "Undo", "Undo the last edit.", ctrl(GLFW_KEY_Z), none,
     [](const App& app) { return app.session().can_undo(); },
     [](App& app) { app.workspace().undo(); }},
    {Id::redo, "Edit", "Redo", "Redo the edit that was undone last.", ctrl_shift(GLFW_KEY_Z),
     ctrl(GLFW_KEY_Y), [](const App& app) { return app.session().can_redo(); },
     [](App& app) { app.workspace().redo(); }},
    {Id::reset_values, "Edit", "Reset values", "Set every number back to what the program says.",
     ctrl_shift(GLFW_KEY_R), none, runs, [](App& app) { app.workspace().reset_values(); }},

    {Id::play, "Run", "Play", "Step by itself; again to pause.", plain_key(GLFW_KEY_SPACE), none,
     runs, [](App& app) { app.playback().toggle_playing(); }},
    {Id::play_faster, "Run", "Play faster", "More steps a second.", sign('.'), none, runs,
     [](App& app) { app.playback().change_speed(+1); }},
    {Id::play_slower, "Run", "Play slower", "Fewer steps a second.", sign(','), none, runs,
     [](App& app) { app.playback().change_speed(-1); }},
    {Id::step, "Run", "Step", "One op forward, one op backward, or one parameter updated.",
     plain_key(GLFW_KEY_RIGHT), none, runs, [](App& app) { app.playback().step(); }},
    {Id::step_back, "Run", "Step back", "Undo the last step exactly.", plain_key(GLFW_KEY_LEFT),
     none, can_go_back, [](App& app) { app.playback().step_back(); }},
    {Id::pass_start, "Run", "Start of pass", "Before the first op of this pass.",
     plain_key(GLFW_KEY_HOME), none, runs, [](App& app) { app.playback().seek_tick(0); }},
    {Id::pass_end, "Run", "End of pass", "After the last update of this pass.",
     plain_key(GLFW_KEY_END), none, runs,
     [](App& app) { app.playback().seek_tick(app.session().timeline().ticks()); }},
    {Id::next_phase, "Run", "Next phase",
     "To the end of the forward pass, the backward pass, the updates.", shift(GLFW_KEY_RIGHT), none,
     runs, [](App& app) { app.playback().seek_phase(+1); }},
    {Id::previous_phase, "Run", "Previous phase", "Back to the end of the phase before.",
     shift(GLFW_KEY_LEFT), none, can_go_back, [](App& app) { app.playback().seek_phase(-1); }},
    {Id::next_update, "Run", "Next update", "The same place in the next pass, one update on.",
     plain_key(GLFW_KEY_PAGE_DOWN), none, runs, [](App& app) { app.playback().seek_update(+1); }},
    {Id::previous_update, "Run", "Previous update", "The same place in the pass before.",
     plain_key(GLFW_KEY_PAGE_UP), none, after_an_update,
     [](App& app) { app.playback().seek_update(-1); }},
    {Id::train, "Run", "Train", "Pass after pass, as fast as it goes; again to pause.",
     plain_key(GLFW_KEY_T), ctrl(GLFW_KEY_ENTER), runs, [](App& app) { app.toggle_training(); }},
    {Id::one_epoch, "Run", "One epoch", "Finish this pass, or run one more.", plain_key(GLFW_KEY_E),
     none, runs, [](App& app) { app.playback().train_one_epoch(); }},
    {Id::restart, "Run", "Restart", "Back to the very same starting values.", ctrl(GLFW_KEY_R),
     none, runs, [](App& app) { app.playback().restart(); }},

    {Id::all_samples, "Run", "All samples", "Step looks at the whole batch again.", none, none,
     [](const App& app) { return app.session().picked_sample().has_value(); },
     [](App& app) { app.session().pick_sample(-1); }},

    {Id::check_all, "Run", "Check every gradient",
     "Each entry of each parameter is nudged, and marked: right, wrong, or at a kink.",
     plain_key(GLFW_KEY_C), none, runs, [](App& app) { toggle_checks(app.workspace()); }},
    {Id::hide_bug, "Run", "Hide a bug",
     "A backward rule is broken on purpose; find it with the graph and the check.",
     plain_key(GLFW_KEY_B), none, runs, [](App& app) { hide_bug(app.workspace(), {}); }},

    {Id::mode_step, "View", "Step", "One op at a time, with every value and gradient.",
     ctrl(GLFW_KEY_1), none, always, [](App& app) { app.workspace().set_mode(Mode::step); }},
    {Id::mode_train, "View", "Train", "What the network learns, and how its layers fare.",
     ctrl(GLFW_KEY_2), none, runs, [](App& app) { app.workspace().set_mode(Mode::train); }},
    {Id::mode_compare, "View", "Compare", "Runs side by side that differ in one thing.",
     ctrl(GLFW_KEY_3), none, runs, [](App& app) { app.workspace().set_mode(Mode::compare); }},
    {Id::fit, "View", "Fit the graph", "Show the whole graph.", plain_key(GLFW_KEY_F), none, runs,
     [](App& app) { app.view().camera.fit = true; }},
    {Id::zoom_in, "View", "Zoom in", "Show the graph larger.", sign('+'), sign('='), runs,
     [](App& app) { zoom(app.workspace(), 1.25f); }},
    {Id::zoom_out, "View", "Zoom out", "Show the graph smaller.", sign('-'), none, runs,
     [](App& app) { zoom(app.workspace(), 0.8f); }},
    {Id::theme, "View", "Light or dark", "Change the theme.", ctrl(GLFW_KEY_L), none, always,
     [](App& app) { toggle_theme(app.workspace()); }},
    {Id::larger_text, "View", "Larger text", "Everything a little larger.", ctrl_sign('+'),
     ctrl_sign('='), always, [](App& app) { change_text_size(app.workspace(), +1); }},
    {Id::smaller_text, "View", "Smaller text", "Everything a little smaller.", ctrl_sign('-'), none,
     always, [](App& app) { change_text_size(app.workspace(), -1); }},
    {Id::normal_text, "View", "Normal text", "Back to the default size.", ctrl(GLFW_KEY_0), none,
     always, [](App& app) { change_text_size(app.workspace(), 0); }},
    {Id::log_loss, "View", "Loss: linear or log", "The scale of the loss plot.",
     plain_key(GLFW_KEY_L), none, always,
     [](App& app) { app.view().loss_log = !app.view().loss_log; }},
    {Id::log_norms, "View", "Norms: linear or log", "The scale of the gradient norms.",
     shift(GLFW_KEY_L), none, always, [](App& app) { app.view().norm_log = !app.view().norm_log; }},
    {Id::present, "View", "Present", "The graph large, for a projector; Escape leaves.",
     plain_key(GLFW_KEY_F5), none, always,
     [](App& app) { app.view().presenting = !app.view().presenting; }},

    {Id::help, "Help", "Keys and words", "This page.", plain_key(GLFW_KEY_F1), sign('?'), always,
     [](App& app) { open_dialog(app.dialogs(), Dialog::help); }},
    {Id::about, "Help", "About Backstep", "Version and licence.", none, none, always,
     [](App& app) { open_dialog(app.dialogs(), Dialog::about); }},
};

std::vector<std::string> precision_labels() {
  std::vector<std::string> labels;
  for (const PrecisionFormat& format : all_precisions())
    labels.push_back(std::string("Numbers: ") + format.name);
  return labels;
}

// The rows above, and one for each precision behind those of its menu.
std::vector<Command> command_table() {
  static const std::vector<std::string> labels = precision_labels();  // rows point to them
  std::vector<Command> table(std::begin(command_rows), std::end(command_rows));
  auto place = std::find_if(table.rbegin(), table.rend(), [](const Command& row) {
                 return std::string_view(row.menu) == "Run";
               }).base();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const PrecisionFormat& format = all_precisions()[i];
    const Precision precision = format.precision;
    place = 1 + table.insert(place, {command_for(precision), "Run", labels[i].c_str(),
                                     format.description, none, none, runs, [precision](App& app) {
                                       carry_out(app.workspace(), action::SetPrecision{precision});
                                     }});
  }
  return table;
}

}  // namespace

std::span<const Command> all_commands() {
  static const std::vector<Command> table = command_table();
  return table;
}

}  // namespace backstep
