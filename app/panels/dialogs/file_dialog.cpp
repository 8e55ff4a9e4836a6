#include "app/panels/dialogs/file_dialog.h"

#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <cassert>

#include "app/commands/keyboard.h"
#include "app/documents/file_kinds.h"
#include "app/export/export_formats.h"
#include "app/widgets/imgui_font.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

namespace fs = std::filesystem;

// What is done with the file that was chosen in a dialog.
template <class WithPath>
Action act_on(const fs::path& path) {
  return WithPath{path};
}

// A dialog in which a file is chosen: whether the file is there already or is
// written, the endings of the files it lists, and what is done with the one chosen.
// A name of a file to be written gets the first of the endings if it has none.
struct FileDialog {
  Dialog dialog;
  bool opens;
  std::vector<std::string> (*endings)();
  Action (*act)(const fs::path& path);
};

std::vector<std::string> data_endings() {
  std::vector<std::string> endings = endings_of(FileKind::data);
  endings.emplace_back(".txt");  // opened by itself, such a file may be a program, too
  return endings;
}

std::vector<std::string> session_endings() { return endings_of(FileKind::session); }

constexpr FileDialog file_dialogs[] = {
    {Dialog::open, true, endings_that_open, act_on<action::OpenFile>},
    {Dialog::data_file, true, data_endings, act_on<action::OpenData>},
    {Dialog::save, false, session_endings, act_on<action::SaveFile>},
    {Dialog::picture, false, picture_endings_of_window, act_on<action::SavePicture>},
    {Dialog::export_text, false, export_endings, act_on<action::ExportFile>},
};

const FileDialog& file_dialog_of(Dialog dialog) {
  for (const FileDialog& row : file_dialogs)
    if (row.dialog == dialog) return row;
  assert(false && "only dialogs of files have entries and an Open or Save button");
  return file_dialogs[0];
}

bool opens(Dialog dialog) { return file_dialog_of(dialog).opens; }

void go_to(Dialogs& dialogs, const fs::path& folder) {
  dialogs.folder = folder;
  dialogs.ask_overwrite = false;
  list_folder(dialogs);
}

std::string with_ending(const FileDialog& dialog, const std::string& name) {
  const std::vector<std::string> endings = dialog.endings();
  return dialog.opens || has_one_of(name, endings) ? name : name + endings.front();
}

void accept(const PanelContext& context, Dialogs& dialogs) {
  if (dialogs.name.empty()) {
    dialogs.problem = "Give the file a name.";
    return;
  }
  const FileDialog& dialog = file_dialog_of(dialogs.open);
  const fs::path path = dialogs.folder / with_ending(dialog, dialogs.name);
  std::error_code error;
  if (fs::is_directory(path, error)) {
    dialogs.name.clear();
    return go_to(dialogs, path);
  }
  const bool exists = fs::exists(path, error);
  if (dialog.opens && !exists) {
    dialogs.problem = "There is no file " + path.filename().string() + " here.";
    return;
  }
  if (!dialog.opens && exists && !dialogs.ask_overwrite) {
    dialogs.ask_overwrite = true;
    dialogs.problem = path.filename().string() + " already exists. Press Replace to overwrite it.";
    return;
  }
  context.actions.push(dialog.act(path));
  dialogs.open = Dialog::none;
}

// The files that were open last; a click opens one.
void draw_recent(const PanelContext& context, Dialogs& dialogs) {
  for (const fs::path& path : dialogs.recent) {
    std::error_code error;
    if (!fs::exists(path, error)) continue;
    const std::string label =
        path.filename().string() + "   " + path.parent_path().string() + "##" + path.string();
    if (!ImGui::Selectable(label.c_str(), false)) continue;
    context.actions.push(action::OpenFile{path});
    dialogs.open = Dialog::none;
  }
  if (!dialogs.recent.empty()) ImGui::Separator();
}

// True when the row was clicked.
bool file_row(const PanelContext& context, const Dialogs& dialogs, const FileEntry& entry) {
  const std::string label = (entry.is_folder ? "▸ " : "   ") + entry.name;
  const bool pressed = ImGui::Selectable(label.c_str(), entry.name == dialogs.name,
                                         ImGuiSelectableFlags_AllowDoubleClick);
  probe(context, "file." + entry.name);
  return pressed;
}

void draw_rows(const PanelContext& context, Dialogs& dialogs, Point size) {
  std::optional<FileEntry> chosen;
  ImGui::BeginChild("files", {size.x, size.y}, true);
  if (dialogs.open == Dialog::open) draw_recent(context, dialogs);
  if (ImGui::Selectable("▸ ..", false)) chosen = {"..", true};
  for (const FileEntry& entry : dialogs.entries)
    if (file_row(context, dialogs, entry)) chosen = entry;
  ImGui::EndChild();
  if (!chosen) return;
  if (chosen->is_folder)
    return go_to(dialogs, chosen->name == ".." ? dialogs.folder.parent_path()
                                               : dialogs.folder / chosen->name);
  dialogs.name = chosen->name;
  dialogs.problem.clear();
  dialogs.ask_overwrite = false;
  if (ImGui::IsMouseDoubleClicked(0) && opens(dialogs.open)) accept(context, dialogs);
}

}  // namespace

void list_folder(Dialogs& dialogs) {
  dialogs.entries.clear();
  dialogs.problem.clear();
  const std::vector<std::string> endings = file_dialog_of(dialogs.open).endings();
  std::error_code error;
  for (fs::directory_iterator
           it(dialogs.folder, fs::directory_options::skip_permission_denied, error),
       end;
       !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    std::error_code ignored;
    const bool folder = it->is_directory(ignored);
    if (name.starts_with(".") || (!folder && !has_one_of(name, endings))) continue;
    dialogs.entries.push_back({name, folder});
  }
  if (error)
    dialogs.problem = dialogs.folder.string() + " cannot be read: " + error.message() + ".";
  std::sort(dialogs.entries.begin(), dialogs.entries.end(),
            [](const FileEntry& a, const FileEntry& b) {
              return a.is_folder != b.is_folder ? a.is_folder : a.name < b.name;
            });
}

void draw_file_dialog(const PanelContext& context, Dialogs& dialogs, Point size) {
  const ImGuiFont font(context, Face::ui, 13);
  text_line(context, Face::ui, 12, context.theme.text_soft, dialogs.folder.string());
  gap(context, 6);
  draw_rows(context, dialogs, {size.x, size.y - context.px(200)});
  gap(context, 10);
  ImGui::SetNextItemWidth(size.x);
  if (dialogs.just_opened) context.interaction.of<Keyboard>().focus_next_field();
  const bool entered = ImGui::InputTextWithHint("##name", "file name", &dialogs.name,
                                                ImGuiInputTextFlags_EnterReturnsTrue |
                                                    ImGuiInputTextFlags_AutoSelectAll);
  if (ImGui::IsItemEdited()) {
    dialogs.ask_overwrite = false;
    dialogs.problem.clear();
  }
  probe(context, "dialog.name");
  gap(context, 4);
  text_line(context, Face::ui, 12.5f, context.theme.warning,
            dialogs.problem.empty() ? " " : dialogs.problem);
  gap(context, 4);
  const char* verb = opens(dialogs.open) ? "Open" : dialogs.ask_overwrite ? "Replace" : "Save";
  if (button(context, verb, 110, ButtonKind::primary, true, "dialog.accept") || entered)
    return accept(context, dialogs);
  ImGui::SameLine(0, context.px(8));
  if (button(context, "Cancel", 110, ButtonKind::plain, true, "dialog.cancel"))
    dialogs.open = Dialog::none;
}

}  // namespace backstep
