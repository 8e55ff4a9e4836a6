#include "app/workspace/workspace.h"

namespace backstep {

namespace {

constexpr double check_seconds = 0.009;  // of a frame's 16 ms; drawing takes the rest

}  // namespace

Workspace::Workspace(Settings known) : settings(std::move(known)) {
  view.theme = settings.theme;
  view.text_size = settings.text_size;
  view.play_speed = settings.play_speed;
}

void Workspace::open(Document document, const std::filesystem::path& path) {
  Session opened(std::move(document));
  opened.path = path;
  session_.emplace(std::move(opened));
  playback.pause();
  lab.forget_session();
  hunt = {};
  view.mode = session_->mode();
  view.camera.fit = true;
  view.loss_plot = view.norm_plot = {};
  for (PlotView& plot : view.epoch_plots) plot = {};
  view.show_checks = false;
  view.message.clear();
}

void Workspace::set_mode(Mode mode) {
  if (view.mode == mode) return;
  playback.pause();
  view.mode = mode;
  if (mode != Mode::step) session_->pick_sample(-1);
  if (mode == Mode::compare) keep_up_comparison();
}

void Workspace::keep_up_comparison() {
  std::string mistake;
  if (lab.compared().keep_up(*session_, mistake)) playback.train_other_runs();
  if (!mistake.empty()) say(mistake);
}

// ---- checks -----------------------------------------------------------------------

bool Workspace::check_gradients() {
  if (!view.show_checks || view.training || !session_->runs()) return true;
  return session_->check_all(Deadline::in(check_seconds));
}

bool Workspace::is_checking_gradients() const {
  if (!view.show_checks || view.training || !session_->runs()) return false;
  const GradientChecks* checks = session_->all_checks();
  return !checks || !checks->finished();
}

// ---- edits ------------------------------------------------------------------------

void Workspace::undo() {
  playback.pause();
  session_->undo();
}

void Workspace::redo() {
  playback.pause();
  session_->redo();
}

void Workspace::reset_values() {
  playback.pause();
  session_->reset_values();
}

}  // namespace backstep
