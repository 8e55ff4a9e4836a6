// A Deadline is the time at which work stops, to be continued later, so that the window
// is redrawn in time however large the network is.
#pragma once

#include <chrono>

namespace backstep {

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;
  static Deadline in(double seconds) {
    return Deadline(Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                       std::chrono::duration<double>(seconds)));
  }
  static Deadline never() { return Deadline(Clock::time_point::max()); }
  bool passed() const { return at_ != Clock::time_point::max() && Clock::now() >= at_; }

 private:
  explicit Deadline(Clock::time_point at) : at_(at) {}
  Clock::time_point at_;
};

}  // namespace backstep
