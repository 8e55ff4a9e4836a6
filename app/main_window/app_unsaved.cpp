// What the App does about unsaved edits: it asks before they are lost, keeps them in a
// rescue file when it is terminated, and offers those kept before.
#include "app/documents/rescue.h"
#include "app/main_window/app.h"

namespace backstep {

// True if nothing is unsaved; otherwise opens the question, and `then` is done again
// after "Save first" or "Discard".
bool App::let_go_of_edits(const Action& then) {
  if (discarding_ || !has_unsaved_edits()) return true;
  dialogs_.then = then;
  open_dialog(dialogs_, Dialog::unsaved);
  return false;
}

// Edits within a lesson are exercises and need not be saved.
bool App::has_unsaved_edits() const { return session().is_changed() && !lesson_; }

// Does not mark anything as saved: should `then` fail, the edits are still unsaved.
void App::apply(const action::DiscardEdits&) {
  dialogs_.open = Dialog::none;
  const std::optional<Action> then = std::exchange(dialogs_.then, {});
  discarding_ = true;
  if (then) apply(*then);
  discarding_ = false;
}

void App::apply(const action::SaveFirst&) {
  dialogs_.open = Dialog::none;
  save();
  after_saving_ = std::exchange(dialogs_.then, {});
  if (!session().is_changed()) go_on_after_saving();
}

void App::go_on_after_saving() {
  const std::optional<Action> then = std::exchange(after_saving_, {});
  if (then) ask(*then);
}

// ---- terminated -----------------------------------------------------------

void App::keep_unsaved_edits() {
  if (!has_unsaved_edits()) return;
  if (rescue_file_.empty()) rescue_file_ = new_rescue_file();
  write_rescued(rescue_file_, {document_to_save(), session().path});
}

// Called when the session in the rescue file has been saved or discarded.
void App::forget_rescue_file() {
  std::error_code problem;
  if (!rescue_file_.empty()) std::filesystem::remove(rescue_file_, problem);
  rescue_file_.clear();
}

void App::offer_rescued(std::vector<std::filesystem::path> files) {
  dialogs_.rescued = std::move(files);
  if (dialogs_.rescued.empty()) return;
  dialogs_.rescued_title.clear();
  attempt([] { return "edits that were kept"; },
          [&] { dialogs_.rescued_title = read_rescued(dialogs_.rescued.front()).document.title; });
  open_dialog(dialogs_, Dialog::rescued);
}

void App::apply(const action::OpenRescued& open_rescued) {
  if (dialogs_.rescued.empty() || !let_go_of_edits(open_rescued)) return;
  dialogs_.open = Dialog::none;
  Rescued rescued = read_rescued(dialogs_.rescued.front());
  open(std::move(rescued.document), rescued.path);
  session().mark_unsaved();
  rescue_file_ = dialogs_.rescued.front();
}

void App::apply(const action::DiscardRescued&) {
  if (dialogs_.rescued.empty()) return;
  dialogs_.open = Dialog::none;
  std::error_code problem;
  std::filesystem::remove(dialogs_.rescued.front(), problem);
  dialogs_.rescued.erase(dialogs_.rescued.begin());
  offer_rescued(std::move(dialogs_.rescued));
}

}  // namespace backstep
