#include "app/main_window/file_desk.h"

#include "app/documents/file_kinds.h"
#include "app/documents/session_file.h"
#include "app/export/drawing.h"
#include "app/export/export_formats.h"
#include "app/files/text_file.h"
#include "app/lessons/lesson_file.h"
#include "app/main_window/app.h"
#include "app/panels/dialogs/data_dialog.h"
#include "app/platform/folders.h"
#include "app/workspace/workspace_actions.h"
#include "core/base/text.h"

namespace backstep {

Session& FileDesk::session() { return app_.session(); }
const Session& FileDesk::session() const { return app_.session(); }

// ---- opening and saving -------------------------------------------------------------

void FileDesk::open_file(const std::filesystem::path& path) {
  const auto name = [&] { return path.filename().string(); };
  app_.attempt(name, [&] {
    const FileKind kind = kind_of_file(path);
    if (kind == FileKind::data) return carry_out(action::OpenData{path, true});
    if (kind == FileKind::lesson) return app_.begin_lesson(read_lesson(path));
    app_.open(read_document(path), path);
    app_.settings().remember_file(path);
  });
}

void FileDesk::save() {
  after_saving_.reset();
  if (kind_of_file(session().path) == FileKind::session) return save_session(session().path);
  show_save_dialog();
}

Document FileDesk::document_to_save() const {
  Document document = session().document();
  document.mode = app_.view().mode;
  return document;
}

void FileDesk::save_session(const std::filesystem::path& path) {
  write_session(path, document_to_save());
  session().path = path;
  session().mark_saved();
  app_.settings().remember_file(path);
  app_.say("Saved " + path.filename().string() + ".");
  forget_rescue_file();
  go_on_after_saving();
}

void FileDesk::save_drawing(const std::filesystem::path& path) {
  if (app_.view().mode != Mode::step)
    return app_.say("A .svg holds the graph of Step alone; this can be saved as a .png");
  write_text(path, drawing_of(session(), app_.view(), app_.fonts()));
  app_.say("Saved " + path.filename().string() + ".");
}

std::optional<std::filesystem::path> FileDesk::take_picture_path() {
  if (!picture_path_ || --frames_until_picture_ > 0) return std::nullopt;
  return std::exchange(picture_path_, std::nullopt);
}

// ---- dialogs ----------------------------------------------------------------------

void FileDesk::show_open_dialog() {
  open_file_dialog(app_.dialogs(), app_.keyboard(), Dialog::open, working_folder(), "");
  app_.dialogs().recent = app_.settings().recent_files;
}

void FileDesk::show_save_dialog() {
  after_saving_.reset();
  const std::string stem =
      session().path.empty() ? session().title() : session().path.stem().string();
  open_file_dialog(app_.dialogs(), app_.keyboard(), Dialog::save, working_folder(),
                   stem + endings_of(FileKind::session).front());
}

void FileDesk::show_picture_dialog() {
  open_file_dialog(app_.dialogs(), app_.keyboard(), Dialog::picture, working_folder(),
                   session().title() + picture_endings().front());
}

void FileDesk::show_export_dialog() {
  const std::string stem =
      session().path.empty() ? session().title() : session().path.stem().string() + "_pytorch";
  open_file_dialog(app_.dialogs(), app_.keyboard(), Dialog::export_text, working_folder(),
                   stem + export_endings().front());
}

std::filesystem::path FileDesk::working_folder() const {
  std::error_code error;
  if (!session().path.empty())
    return std::filesystem::absolute(session().path, error).parent_path();
  const auto here = std::filesystem::current_path(error);
  return error ? home_folder() : here;
}

// ---- actions ----------------------------------------------------------------------

void FileDesk::carry_out(const action::OpenFile& file) {
  if (!may_lose_edits(file)) return;
  open_file(file.path);
}

void FileDesk::carry_out(const action::OpenExample& example) {
  if (!may_lose_edits(example)) return;
  app_.open_example(example.number);
}

void FileDesk::carry_out(const action::OpenData& data) {
  open_data_dialog(app_.dialogs(), data.path, data.opens, session().source());
}

// A file of data by itself is a session with a small network that learns it.
void FileDesk::carry_out(const action::TakeData& data) {
  if (!data.opens) return take_data(app_.workspace(), data);
  Document document = document_of_data(data.samples, data.source);
  document.setup.standardise = data.standardise;
  app_.open(std::move(document), data.source.file);
  app_.settings().remember_file(data.source.file);
}

void FileDesk::carry_out(const action::ChooseData&) {
  open_file_dialog(app_.dialogs(), app_.keyboard(), Dialog::data_file, working_folder(), "");
}

void FileDesk::carry_out(const action::SaveFile& file) { save_session(file.path); }

void FileDesk::carry_out(const action::SavePicture& picture) {
  if (has_ending(picture.path.filename().string(), ".svg")) return save_drawing(picture.path);
  picture_path_ = picture.path;
  frames_until_picture_ = 3;  // until the dialog is gone from the screen
}

}  // namespace backstep
