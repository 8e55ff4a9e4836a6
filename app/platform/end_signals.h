// EndSignals are requests from outside to end the program: SIGTERM, SIGINT (Ctrl+C)
// and SIGHUP (logging out). They can be polled, so that the program ends in an orderly
// way; a second one ends it at once. Create them before any other thread, so that
// threads created later do not receive the signals.
#pragma once

#include <atomic>
#include <csignal>
#include <thread>

namespace backstep {

class EndSignals {
 public:
  // `wake` is called from another thread when one has come.
  explicit EndSignals(void (*wake)());
  ~EndSignals();
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

  bool came() const { return came_; }

 private:
  void watch();

  void (*wake_)();
  sigset_t signals_, before_;
  std::atomic<bool> came_ = false, done_ = false;
  std::thread thread_;
};

}  // namespace backstep
