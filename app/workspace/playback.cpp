#include "app/workspace/playback.h"

#include <algorithm>

#include "app/paint/numbers.h"
#include "app/workspace/workspace.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr double light_seconds = 0.7;  // light along the edges after a step
constexpr double frame_seconds = 1.0 / 60;

// The end of the phase after or before `tick`.
int phase_end(const Timeline& timeline, int tick, int direction) {
  const int ends[] = {0, timeline.forward_ticks(),
                      timeline.forward_ticks() + timeline.backward_ticks(), timeline.ticks()};
  if (direction > 0)
    return *std::find_if(std::begin(ends), std::end(ends) - 1, [&](int end) { return end > tick; });
  return *std::find_if(std::rbegin(ends), std::rend(ends) - 1, [&](int end) { return end < tick; });
}

}  // namespace

// ---- asked for --------------------------------------------------------------------

void Playback::pause() { workspace_.view.playing = workspace_.view.training = false; }

void Playback::step() {
  pause();
  workspace_.session().step();
  light_last_step();
}

void Playback::step_back() {
  pause();
  workspace_.session().step_back();
}

void Playback::seek(Position position) {
  pause();
  workspace_.session().seek(position);
}

void Playback::seek_tick(int tick) {
  seek({workspace_.session().timeline().position().update, tick});
}

void Playback::seek_phase(int direction) {
  const Timeline& timeline = workspace_.session().timeline();
  const Position now = timeline.position();
  if (direction > 0 && now.tick == timeline.ticks()) return step();
  if (direction < 0 && now.tick == 0) return step_back();
  seek_tick(phase_end(timeline, now.tick, direction));
}

void Playback::seek_update(int direction) {
  const Position now = workspace_.session().timeline().position();
  seek({std::max(0L, now.update + direction), now.tick});
}

void Playback::restart() {
  pause();
  if (workspace_.is_comparing())
    workspace_.lab.compared().comparison()->restart();
  else
    workspace_.session().restart();
}

// ---- by itself --------------------------------------------------------------------

void Playback::toggle_playing() {
  ViewState& view = workspace_.view;
  view.training = false;
  view.playing = !view.playing;
  until_next_tick_ = 0;
}

void Playback::change_speed(int direction) {
  constexpr double speeds[] = {0.5, 1, 2, 4, 8, 16, 32, 60};
  double& speed = workspace_.view.play_speed;
  const auto now = std::lower_bound(std::begin(speeds), std::end(speeds), speed);
  const auto wanted = now - std::begin(speeds) + direction;
  speed = speeds[std::clamp<std::ptrdiff_t>(wanted, 0, std::ssize(speeds) - 1)];
  workspace_.settings.play_speed = speed;
  until_next_tick_ = std::min(until_next_tick_, 1 / speed);
  const std::string number = exact_number(speed);
  workspace_.say(text("Plays {} {} a second.", number, number == "1" ? "step" : "steps"));
}

void Playback::toggle_training(long last_epoch) {
  ViewState& view = workspace_.view;
  view.playing = false;
  view.training = !view.training;
  last_epoch_ = last_epoch;
}

void Playback::train_to(long epoch) {
  workspace_.view.playing = false;
  workspace_.view.training = true;
  last_epoch_ = epoch;
}

bool Playback::trains_to_an_epoch() const {
  return workspace_.view.training && last_epoch_ != for_ever;
}

void Playback::train_one_epoch() {
  const Comparison* comparison = workspace_.lab.comparison();
  const bool compares = workspace_.view.mode == Mode::compare;
  if (compares && !comparison) return;
  long from = compares ? comparison->level() : workspace_.session().trainer().epoch();
  if (trains_to_an_epoch()) from = last_epoch_;
  train_to(from + 1);
}

void Playback::train_other_runs() {
  last_epoch_ = for_ever;
  up_to_date_ = false;
}

void Playback::light_last_step() { workspace_.view.flow_phase = 0; }

// ---- frame by frame ---------------------------------------------------------------

void Playback::begin_frame() { budget_.begin_work(); }

// Training comes first, then a look at what it has come to.
void Playback::work() {
  const ViewState& view = workspace_.view;
  if (view.mode == Mode::compare) workspace_.keep_up_comparison();
  const auto begun = FrameBudget::Clock::now();
  const bool trains = view.training;
  const bool measured = train_in_frame();
  if (trains)
    budget_.trained(FrameBudget::seconds_since(begun));
  else
    budget_.rests(FrameBudget::seconds_since(begun));
  up_to_date_ =
      view.mode == Mode::step ? workspace_.check_gradients() : refresh_in_frame() && measured;
}

// Without training, what is shown is still measured, and compared runs come to
// stand at the same epoch. True when nothing is left of that.
bool Playback::train_in_frame() {
  ViewState& view = workspace_.view;
  Session& session = workspace_.session();
  const Deadline deadline =
      Deadline::in(view.mode == Mode::step ? budget_.seconds() : budget_.training_seconds());
  if (view.mode == Mode::compare) {
    Comparison* comparison = workspace_.lab.compared().comparison();
    const bool done = !comparison ||
                      comparison->work(view.training ? last_epoch_ : comparison->level(), deadline);
    if (done) view.training = false;
    return done;
  }
  if (!view.training) return view.mode == Mode::step || session.measure(deadline);
  if (session.train_until(deadline, last_epoch_)) view.training = false;
  return true;
}

bool Playback::refresh_in_frame() {
  if (budget_.look_seconds() <= 0) return false;
  const auto begun = FrameBudget::Clock::now();
  const Deadline deadline = Deadline::in(budget_.look_seconds());
  Lab& lab = workspace_.lab;
  Comparison* comparison = lab.compared().comparison();
  const bool done = workspace_.view.mode == Mode::train
                        ? lab.refresh(workspace_.session(), deadline)
                        : !comparison || comparison->refresh(deadline);
  budget_.looked(FrameBudget::seconds_since(begun));
  return done;
}

void Playback::end_frame(double seconds) {
  budget_.end_work();
  ViewState& view = workspace_.view;
  if (view.flow_phase < 1)
    view.flow_phase = std::min(1.0, view.flow_phase + seconds / light_seconds);
  if (!view.playing) return;
  until_next_tick_ -= seconds;
  if (until_next_tick_ > 0) return;
  until_next_tick_ = std::max(0.0, until_next_tick_ + 1 / view.play_speed);
  workspace_.session().step();
  light_last_step();
}

bool Playback::is_busy() const { return workspace_.view.training || !up_to_date_; }

double Playback::wants_frame_in() const {
  const ViewState& view = workspace_.view;
  if (is_busy() || view.flow_phase < 1) return frame_seconds;
  return view.playing ? std::max(until_next_tick_, frame_seconds) : -1;
}

// ---- at once ----------------------------------------------------------------------

void Playback::train_now(long epochs) {
  if (workspace_.view.mode != Mode::compare) return workspace_.session().train_epochs(epochs);
  workspace_.keep_up_comparison();
  if (Comparison* comparison = workspace_.lab.compared().comparison())
    comparison->work(comparison->epoch() + epochs, Deadline::never());
}

void Playback::settle() {
  do work();
  while (!up_to_date_);
}

}  // namespace backstep
