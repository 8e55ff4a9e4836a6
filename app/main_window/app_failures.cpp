// What the App does when something fails: it says so and goes on.
#include <exception>
#include <new>

#include "app/main_window/app.h"
#include "core/base/failure_words.h"

namespace backstep {

void App::say_failure(const std::exception& error, const std::function<std::string()>& what,
                      const char* stand) {
  try {
    say(failure_words(error, what(), stand));
  } catch (const std::bad_alloc&) {
    // There is not even memory for a sentence.
  }
}

// Playing, training and what panels work out go on until one of them fails, and are
// tried again after the next command or action.
void App::go_on(double seconds) {
  if (stuck_) return;
  const char* what = view().training ? "training" : view().playing ? "playing" : "what is shown here";
  stuck_ = !attempt([&] { return what; }, [&] { advance(seconds); }, "it is paused");
  if (!stuck_) return;
  playback().pause();
  settle_frames_ = 3;
}

}  // namespace backstep
