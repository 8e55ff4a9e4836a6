// What the FileDesk does about unsaved edits: it asks before they are lost, keeps them in a
// rescue file when it is terminated, and offers those kept before.
#include "app/documents/rescue.h"
#include "app/main_window/app.h"

namespace backstep {

// True if nothing is unsaved; otherwise opens the question, and `then` is done again
// after "Save first" or "Discard".
bool FileDesk::may_lose_edits(const Action& then) {
  if (discarding_ || !has_unsaved_edits()) return true;
  app_.dialogs().then = then;
  open_dialog(app_.dialogs(), Dialog::unsaved);
  return false;
}

// Edits within a lesson are exercises and need not be saved.
bool FileDesk::has_unsaved_edits() const { return session().is_changed() && !app_.lesson(); }

// Does not mark anything as saved: should `then` fail, the edits are still unsaved.
void FileDesk::carry_out(const action::DiscardEdits&) {
  app_.dialogs().open = Dialog::none;
  const std::optional<Action> then = std::exchange(app_.dialogs().then, {});
  discarding_ = true;
  if (then) app_.apply(*then);
  discarding_ = false;
}

void FileDesk::carry_out(const action::SaveFirst&) {
  app_.dialogs().open = Dialog::none;
  save();
  after_saving_ = std::exchange(app_.dialogs().then, {});
  if (!session().is_changed()) go_on_after_saving();
}

void FileDesk::go_on_after_saving() {
  const std::optional<Action> then = std::exchange(after_saving_, {});
  if (then) app_.ask(*then);
}

// ---- terminated -----------------------------------------------------------

void FileDesk::keep_unsaved_edits() {
  if (!has_unsaved_edits()) return;
  if (rescue_file_.empty()) rescue_file_ = new_rescue_file();
  write_rescued(rescue_file_, {document_to_save(), session().path});
}

// Called when the session in the rescue file has been saved or discarded.
void FileDesk::forget_rescue_file() {
  std::error_code problem;
  if (!rescue_file_.empty()) std::filesystem::remove(rescue_file_, problem);
  rescue_file_.clear();
}

void FileDesk::offer_rescued(std::vector<std::filesystem::path> files) {
  app_.dialogs().rescued = std::move(files);
  if (app_.dialogs().rescued.empty()) return;
  app_.dialogs().rescued_title.clear();
  app_.attempt([] { return "edits that were kept"; },
               [&] {
                 app_.dialogs().rescued_title =
                     read_rescued(app_.dialogs().rescued.front()).document.title;
               });
  open_dialog(app_.dialogs(), Dialog::rescued);
}

void FileDesk::carry_out(const action::OpenRescued& open_rescued) {
  if (app_.dialogs().rescued.empty() || !may_lose_edits(open_rescued)) return;
  app_.dialogs().open = Dialog::none;
  Rescued rescued = read_rescued(app_.dialogs().rescued.front());
  app_.open(std::move(rescued.document), rescued.path);
  session().mark_unsaved();
  rescue_file_ = app_.dialogs().rescued.front();
}

void FileDesk::carry_out(const action::DiscardRescued&) {
  if (app_.dialogs().rescued.empty()) return;
  app_.dialogs().open = Dialog::none;
  std::error_code problem;
  std::filesystem::remove(app_.dialogs().rescued.front(), problem);
  app_.dialogs().rescued.erase(app_.dialogs().rescued.begin());
  offer_rescued(std::move(app_.dialogs().rescued));
}

}  // namespace backstep
