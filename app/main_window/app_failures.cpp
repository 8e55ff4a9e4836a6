// What the App does when something cannot be done: it says so and goes on.
#include <exception>
#include <new>

#include "app/commands/commands.h"
#include "app/main_window/app.h"
#include "core/base/failure_words.h"

namespace backstep {

namespace {

std::string file_name(const std::filesystem::path& path) { return path.filename().string(); }

// What was being done, as the end of "There is not enough memory for …".
struct WordsOfAction {
  std::string operator()(const action::RunCommand& run) const {
    return "“" + std::string(command_of(run.command).label) + "”";
  }
  std::string operator()(const action::OpenFile& file) const { return file_name(file.path); }
  std::string operator()(const action::OpenData& data) const { return file_name(data.path); }
  std::string operator()(const action::SaveFile& file) const {
    return "saving " + file_name(file.path);
  }
  std::string operator()(const action::SavePicture& file) const {
    return "saving " + file_name(file.path);
  }
  std::string operator()(const action::ExportFile& file) const {
    return "saving " + file_name(file.path);
  }
  std::string operator()(const action::OpenLesson&) const { return "this lesson"; }
  std::string operator()(const action::GoToLessonStep&) const { return "this step"; }
  std::string operator()(const action::CompareBy&) const { return "these runs"; }
  std::string operator()(const action::Replay&) const { return "this replay"; }
  template <class Other>
  std::string operator()(const Other&) const {
    return "this change";
  }
};

}  // namespace

std::string words_of(const Action& action) { return std::visit(WordsOfAction{}, action); }

void App::say_failure(const std::exception& error, const std::function<std::string()>& what,
                      const char* stand) {
  try {
    say(failure_words(error, what(), stand));
  } catch (const std::bad_alloc&) {
    // Not even for a sentence.
  }
}

// What goes on by itself goes on until it fails, and is tried again after the next
// command or action.
void App::go_on(double seconds) {
  if (stuck_) return;
  const char* what = view().training ? "training" : view().playing ? "playing" : "what is shown here";
  stuck_ = !attempt([&] { return what; }, [&] { advance(seconds); }, "it is paused");
  if (!stuck_) return;
  playback().pause();
  settle_frames_ = 3;
}

}  // namespace backstep
