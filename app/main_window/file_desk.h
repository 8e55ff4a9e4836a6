// The FileDesk opens, saves and exports what is open in the window, and loses no
// edit: it asks before unsaved ones go, keeps them in a rescue file when the program
// is ended from outside, and offers those that were kept before.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/actions.h"
#include "app/workspace/workspace.h"

namespace backstep {

class App;

class FileDesk {
 public:
  explicit FileDesk(App& app) : app_(app) {}

  // ---- opening and saving: file_desk.cpp ----
  // Opens the file; on a mistake says so in the window and keeps what is open.
  void open_file(const std::filesystem::path& path);
  void save();
  void show_open_dialog();
  void show_save_dialog();
  void show_picture_dialog();
  void show_export_dialog();
  void carry_out(const action::OpenFile& file);
  void carry_out(const action::OpenExample& example);
  void carry_out(const action::OpenData& data);
  void carry_out(const action::TakeData& data);
  void carry_out(const action::ChooseData&);
  void carry_out(const action::SaveFile& file);
  void carry_out(const action::SavePicture& picture);
  void carry_out(const action::ExportFile& file);  // export.cpp

  // A picture of the window was asked for: the name of its file, once the frame
  // without the dialog is drawn.
  std::optional<std::filesystem::path> take_picture_path();
  bool wants_picture() const { return picture_path_.has_value(); }

  // ---- unsaved edits: unsaved_edits.cpp ----
  // True when nothing would be lost; otherwise asks first, and `then` is asked for
  // again after the answer.
  bool may_lose_edits(const Action& then);
  // Writes them to a rescue file, if there are any. Throws FileError.
  void keep_unsaved_edits();
  void forget_rescue_file();
  // Offers what was kept in `files`, the first of them first.
  void offer_rescued(std::vector<std::filesystem::path> files);
  void carry_out(const action::SaveFirst&);
  void carry_out(const action::DiscardEdits&);
  void carry_out(const action::OpenRescued& open_rescued);
  void carry_out(const action::DiscardRescued&);

 private:
  Session& session();
  const Session& session() const;
  void save_session(const std::filesystem::path& path);
  void save_drawing(const std::filesystem::path& path);
  Document document_to_save() const;
  std::filesystem::path working_folder() const;
  bool has_unsaved_edits() const;
  void go_on_after_saving();

  App& app_;
  std::optional<std::filesystem::path> picture_path_;
  int frames_until_picture_ = 0;
  std::optional<Action> after_saving_;  // what was about to happen
  bool discarding_ = false;             // edits may be lost: that was the answer
  std::filesystem::path rescue_file_;   // that the session came from or was kept in
};

}  // namespace backstep
