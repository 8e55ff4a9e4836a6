#include "app/lab/frame_budget.h"

#include <algorithm>

namespace backstep {

namespace {

constexpr double frame_seconds = 1.0 / 60;
constexpr double least = 0.006, most = 0.15;  // of a frame's work
constexpr double times_drawing = 2, times_with_hand = 0.5;
constexpr double slowest_drawing = 0.1;    // what takes longer is not drawing, but a file that was opened
constexpr double share_of_the_new = 0.2;   // weight of the newest frame in the running mean
constexpr double hand_rests = 0.4;         // seconds after the last input
constexpr double look_share = 1.0 / 6;     // of the time training had
constexpr double least_told_from = 0.002;  // shorter work does not tell how busy the machine is
constexpr double busiest = 20;

}  // namespace

double FrameBudget::seconds_since(Clock::time_point then) {
  return std::chrono::duration<double>(Clock::now() - then).count();
}

void FrameBudget::begin_work() {
  const double drawn = std::min(
      {drawing_since_.seconds(), busy_ * drawing_since_.processor_seconds(), slowest_drawing});
  drawing_ += share_of_the_new * (drawn - drawing_);
  const double left = frame_seconds - drawing_;
  const bool hand_moves = seconds_since(last_input_) < hand_rests;
  const double times = hand_moves ? times_with_hand : times_drawing;
  seconds_ = std::clamp(std::max(left, times * drawing_), least, most);
  working_since_ = {};
}

void FrameBudget::end_work() {
  const double processor = working_since_.processor_seconds();
  if (processor > least_told_from) {
    const double now = std::clamp(working_since_.seconds() / processor, 1.0, busiest);
    busy_ += share_of_the_new * (now - busy_);
  }
  drawing_since_ = {};
}

double FrameBudget::training_seconds() const { return seconds_ / (1 + look_share); }

// Time that is not spent refreshing lapses, except for that of one frame.
void FrameBudget::trained(double seconds) {
  look_seconds_ = std::min(look_seconds_ + look_share * seconds, look_share * training_seconds());
}

void FrameBudget::rests(double worked) { look_seconds_ = std::max(seconds_ - worked, least); }

}  // namespace backstep
