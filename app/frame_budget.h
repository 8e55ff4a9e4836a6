// A FrameBudget says how long a frame may train and look at what training has
// come to. What drawing leaves of a sixtieth of a second is theirs; where
// drawing alone takes longer, on a large network or without a graphics card,
// they get twice as long as it, so that most of the time goes into training.
// While a hand moves something frames stay short.
#pragma once

#include <chrono>
#include <ctime>

#include "core/deadline.h"

namespace backstep {

class FrameBudget {
 public:
  using Clock = Deadline::Clock;
  static double seconds_since(Clock::time_point then);

  void input() { last_input_ = Clock::now(); }

  // What lies between the end of the work of a frame and the beginning of that
  // of the next is drawing. Waiting is not: it takes no processor's time.
  void begin_work();
  void end_work();
  double seconds() const { return seconds_; }  // for all the work of this frame

  // Looking is paid for by training: for every four seconds of that it gets one.
  // Some of it cannot be cut off, so it may owe time and wait till that is paid.
  double training_seconds() const;
  void trained(double seconds);
  double look_seconds() const { return look_seconds_; }  // none when not above 0
  void looked(double seconds) { look_seconds_ -= seconds; }
  void rests(double worked);  // nothing is trained: looking gets the rest of the frame

 private:
  Clock::time_point drawing_since_ = Clock::now(), last_input_;
  std::clock_t processor_then_ = std::clock();
  double drawing_ = 0.004;  // seconds of a usual frame
  double seconds_ = 0.009, look_seconds_ = 0;
};

}  // namespace backstep
