#include "app/panels/dialogs/file_dialog.h"

#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>

#include "app/commands/keyboard.h"
#include "app/documents/file_kinds.h"
#include "app/widgets/imgui_font.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

namespace fs = std::filesystem;

bool ends_in_one_of(const std::string& name, std::initializer_list<const char*> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](const char* ending) { return has_ending(name, ending); });
}

// A dialog for a file that is there already.
bool opens(Dialog dialog) { return dialog == Dialog::open || dialog == Dialog::data_file; }

bool is_offered(Dialog dialog, const std::string& name) {
  if (dialog == Dialog::picture) return ends_in_one_of(name, {".png", ".svg"});
  if (dialog == Dialog::export_text) return ends_in_one_of(name, {".py", ".md", ".csv"});
  if (dialog == Dialog::save) return ends_in_one_of(name, {".json"});
  if (dialog == Dialog::data_file)
    return kind_of_file(name) == FileKind::data || has_ending(name, ".txt");
  return kind_of_file(name) != FileKind::other;
}

void go_to(Dialogs& dialogs, const fs::path& folder) {
  dialogs.folder = folder;
  dialogs.ask_overwrite = false;
  list_folder(dialogs);
}

// The name with the ending the dialog is about, when none was typed.
std::string with_ending(Dialog dialog, const std::string& name) {
  if (dialog == Dialog::picture && !ends_in_one_of(name, {".png", ".svg"})) return name + ".png";
  if (dialog == Dialog::export_text && !ends_in_one_of(name, {".py", ".md", ".csv"}))
    return name + ".py";
  if (dialog == Dialog::save && !ends_in_one_of(name, {".json"})) return name + ".json";
  return name;
}

void accept(const PanelContext& context, Dialogs& dialogs) {
  if (dialogs.name.empty()) {
    dialogs.problem = "Give the file a name.";
    return;
  }
  const fs::path path = dialogs.folder / with_ending(dialogs.open, dialogs.name);
  std::error_code error;
  if (fs::is_directory(path, error)) {
    dialogs.name.clear();
    return go_to(dialogs, path);
  }
  const bool exists = fs::exists(path, error);
  if (opens(dialogs.open) && !exists) {
    dialogs.problem = "There is no file " + path.filename().string() + " here.";
    return;
  }
  if (!opens(dialogs.open) && exists && !dialogs.ask_overwrite) {
    dialogs.ask_overwrite = true;
    dialogs.problem = path.filename().string() + " exists. Once more to replace it.";
    return;
  }
  if (dialogs.open == Dialog::open) context.actions.push(action::OpenFile{path});
  if (dialogs.open == Dialog::data_file) context.actions.push(action::OpenData{path});
  if (dialogs.open == Dialog::save) context.actions.push(action::SaveFile{path});
  if (dialogs.open == Dialog::picture) context.actions.push(action::SavePicture{path});
  if (dialogs.open == Dialog::export_text) context.actions.push(action::ExportFile{path});
  dialogs.open = Dialog::none;
}

// The files that were open last, each to be opened at a click.
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

// True when the row was pressed.
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
  std::error_code error;
  for (fs::directory_iterator
           it(dialogs.folder, fs::directory_options::skip_permission_denied, error),
       end;
       !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    std::error_code ignored;
    const bool folder = it->is_directory(ignored);
    if (name.starts_with(".") || (!folder && !is_offered(dialogs.open, name))) continue;
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
