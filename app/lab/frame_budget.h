// A FrameBudget says how long a frame may train, and how long it may refresh what is
// shown of the training. Both get what drawing leaves of a sixtieth of a second. Where
// drawing alone takes longer, with a large network or without a graphics card, they get
// twice the time of drawing, so that most of the time goes into training. While the
// user moves something, frames stay short.
#pragma once

#include <chrono>
#include <ctime>

#include "core/base/deadline.h"

namespace backstep {

class FrameBudget {
 public:
  using Clock = Deadline::Clock;
  static double seconds_since(Clock::time_point then);

  void input() { last_input_ = Clock::now(); }

  // The time from the end of one frame's work to the beginning of the next one's is
  // drawing, without the waiting in it. Waiting takes no processor time; how much of that
  // a second gives on a busy machine is measured during the work, which never waits.
  void begin_work();
  void end_work();
  double seconds() const { return seconds_; }  // for all the work of this frame

  // Refreshing is paid for by training: one second for every six. Parts of it cannot be
  // interrupted, so it may overdraw its account and then waits until that is paid back.
  double training_seconds() const;
  void trained(double seconds);
  double look_seconds() const {
    return look_seconds_;
  }  // nothing may be refreshed unless it is above 0
  void looked(double seconds) { look_seconds_ -= seconds; }
  void rests(double worked);  // nothing is trained, so refreshing gets the rest

 private:
  // The time since a moment, by the clock and of the processor.
  struct Stretch {
    Clock::time_point begun = Clock::now();
    std::clock_t processor_then = std::clock();
    double seconds() const { return seconds_since(begun); }
    double processor_seconds() const {
      return static_cast<double>(std::clock() - processor_then) / CLOCKS_PER_SEC;
    }
  };

  Clock::time_point last_input_;
  Stretch drawing_since_, working_since_;
  double drawing_ = 0.004;  // seconds, as a running mean
  double busy_ = 1;         // seconds by the clock for a second of the processor
  double seconds_ = 0.009, look_seconds_ = 0;
};

}  // namespace backstep
