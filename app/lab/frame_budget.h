// A FrameBudget says how long a frame may train and look at what training has
// come to. What drawing leaves of a sixtieth of a second is theirs; where
// drawing alone takes longer, on a large network or without a graphics card,
// they get twice as long as it, so that most of the time goes into training.
// While a hand moves something frames stay short.
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

  // What lies between the end of the work of a frame and the beginning of that
  // of the next is drawing. Waiting is not: it takes no processor's time, of which
  // work that never waits tells how much a second gives on a machine that is busy.
  void begin_work();
  void end_work();
  double seconds() const { return seconds_; }  // for all the work of this frame

  // Looking is paid for by training: for every six seconds of that it gets one.
  // Some of it cannot be cut off, so it may owe time and wait till that is paid.
  double training_seconds() const;
  void trained(double seconds);
  double look_seconds() const { return look_seconds_; }  // none when not above 0
  void looked(double seconds) { look_seconds_ -= seconds; }
  void rests(double worked);  // nothing is trained: looking gets the rest of the frame

 private:
  // What has passed since a moment, by the clock and of the processor's time.
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
  double drawing_ = 0.004;  // seconds of a usual frame
  double busy_ = 1;         // seconds by the clock for one of the processor's
  double seconds_ = 0.009, look_seconds_ = 0;
};

}  // namespace backstep
