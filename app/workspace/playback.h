// The Playback moves through the passes: step by step when the user asks for it,
// and by itself while it plays or trains. In what time a frame leaves it trains,
// and brings up to date what Train and Compare show of the training.
#pragma once

#include <limits>

#include "app/lab/frame_budget.h"
#include "core/stepping/timeline.h"

namespace backstep {

class Workspace;

class Playback {
 public:
  static constexpr long for_ever = std::numeric_limits<long>::max();

  explicit Playback(Workspace& workspace) : workspace_(workspace) {}

  // ---- asked for: what goes on by itself pauses ----
  void pause();
  void step();
  void step_back();
  void seek(Position position);
  void seek_tick(int tick);
  void seek_phase(int direction);  // to the end of this phase, or of the one before
  void seek_update(int direction);
  void restart();  // in Compare, all runs

  // ---- by itself ----
  void toggle_playing();
  void change_speed(int direction);
  void toggle_training(long last_epoch = for_ever);
  void train_to(long epoch);
  // Trains to the end of the epoch; asked for again before that, one epoch more.
  void train_one_epoch();
  bool trains_to_an_epoch() const;
  long last_epoch() const { return last_epoch_; }  // at which training stops
  void light_last_step();  // lets light run along the edges of the last tick

  // ---- frame by frame ----
  void note_input() { budget_.input(); }
  void begin_frame();
  void work();                     // for the frame's share of time
  void end_frame(double seconds);  // `seconds` after the last one
  double seconds_for_work() const { return budget_.seconds(); }
  // Something is worked at, frame by frame.
  bool is_busy() const;
  // Seconds until the next frame is wanted; negative when none is.
  double wants_frame_in() const;
  // Compare has other runs: they are trained without an end, and shown.
  void train_other_runs();

  // For pictures and tests: all at once.
  void train_now(long epochs);
  void settle();

 private:
  bool train_in_frame();
  bool refresh_in_frame();

  Workspace& workspace_;
  FrameBudget budget_;
  bool up_to_date_ = true;  // what is shown is of the present moment
  long last_epoch_ = for_ever;
  double until_next_tick_ = 0;  // seconds, while it plays
};

}  // namespace backstep
