#include "app/platform/end_signals.h"

#include <pthread.h>

namespace backstep {

namespace {

int leave() { return SIGRTMIN; }  // sent to the watching thread by ourselves

}  // namespace

// A thread waits for the signals, so that nothing runs inside a handler.
EndSignals::EndSignals(void (*wake)()) : wake_(wake) {
  sigemptyset(&signals_);
  sigaddset(&signals_, leave());
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    struct sigaction now = {};
    sigaction(signal, nullptr, &now);
    if (now.sa_handler != SIG_IGN) sigaddset(&signals_, signal);  // nohup is obeyed
  }
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  thread_ = std::thread([this] { watch(); });
}

EndSignals::~EndSignals() {
  done_ = true;
  pthread_kill(thread_.native_handle(), leave());
  thread_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void EndSignals::watch() {
  int signal = 0;
  while (sigwait(&signals_, &signal) == 0 && !done_) {
    if (came_.exchange(true)) {
      std::signal(signal, SIG_DFL);
      pthread_sigmask(SIG_SETMASK, &before_, nullptr);
      raise(signal);
    }
    wake_();
  }
}

}  // namespace backstep
