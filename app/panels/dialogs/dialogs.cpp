#include "app/panels/dialogs/dialogs.h"

#include <imgui.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "app/commands/commands.h"
#include "app/commands/keyboard.h"
#include "app/export/export_formats.h"
#include "app/lessons/lesson.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/text_fit.h"
#include "app/panels/dialogs/file_dialog.h"
#include "app/platform/imgui_keys.h"
#include "app/widgets/imgui_font.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"

namespace backstep {

namespace {

struct Meaning {
  const char *word, *meaning;
};

constexpr Meaning words[] = {
    {"step", "One op: its value computed, its gradient handed on, or one parameter updated."},
    {"forward pass", "Every op computes its value, in the order of the program."},
    {"backward pass", "Every op hands its gradient to its operands, in reverse order."},
    {"update", "Every parameter moves against its gradient, by the learning rate."},
    {"epoch", "Once through the training data; here a pass and an update."},
    {"value", "Blue. What a node is."},
    {"gradient", "Orange. How fast the loss grows when the value grows: ∂L/∂node."},
    {"upstream gradient", "The gradient of an op's result, on its way back."},
    {"local derivative", "How fast the op's result grows with one operand."},
    {"contribution", "Upstream × local: what one edge adds to a gradient."},
};

constexpr float lesson_row_height = 43;

// A title, a line below it, and a note at the right; true when the row was clicked.
bool draw_row(const PanelContext& context, const std::string& name, const std::string& title,
              const std::string& line, const std::string& note = "", Color note_color = {}) {
  const Theme& theme = context.theme;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = context.px(lesson_row_height);
  const bool pressed = ImGui::InvisibleButton(name.c_str(), {width, height});
  ImGuiPainter painter = painter_for(context);
  if (ImGui::IsItemHovered())
    painter.fill({at.x, at.y, width, height}, theme.button_hover, context.px(6));
  const float left = at.x + context.px(12), room = width - context.px(24);
  const float beside =
      note.empty() ? 0 : painter.text_width(note, Face::ui, context.px(12)) + context.px(12);
  painter.text({left, at.y + context.px(4)},
               elided(painter, title, Face::ui, context.px(14), room - beside), Face::ui,
               context.px(14), theme.text);
  painter.text({left + room, at.y + context.px(5)}, note, Face::ui, context.px(12), note_color,
               Align::right);
  painter.text({left, at.y + context.px(23)}, elided(painter, line, Face::ui, context.px(12), room),
               Face::ui, context.px(12), theme.text_soft);
  probe(context, name, {at.x, at.y, width, height});
  return pressed;
}

void draw_examples(const PanelContext& context, Dialogs& dialogs, Point size,
                   const std::vector<Example>& examples) {
  ImGui::BeginChild("list", {size.x, size.y - context.px(90)});
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const Example& example = examples[i];
    if (!draw_row(context, "examples." + example.id, example.title, example.line)) continue;
    context.actions.push(action::OpenExample{static_cast<int>(i)});
    dialogs.open = Dialog::none;
  }
  ImGui::EndChild();
}

// "done · 2 of 3 predicted right", "step 3 of 7".
std::string progress_words(const LessonProgress& progress, const Lesson& lesson) {
  std::string told = "done";
  if (!progress.finished) told = text("step {} of {}", progress.reached + 1, lesson.steps.size());
  if (progress.asked > 0)
    told += text(" · {} of {} predicted right", progress.right, progress.asked);
  return told;
}

void draw_lessons(const PanelContext& context, Dialogs& dialogs, Point size) {
  ImGui::BeginChild("list", {size.x, size.y - context.px(90)});
  for (const Lesson& lesson : all_lessons().lessons) {
    const auto known = dialogs.progress.find(lesson.id);
    const bool begun = known != dialogs.progress.end();
    const std::string note = begun ? progress_words(known->second, lesson) : "";
    const Color color =
        begun && known->second.finished ? context.theme.update : context.theme.text_faint;
    if (!draw_row(context, "lessons." + lesson.id,
                  std::to_string(lesson.number) + "   " + lesson.title, lesson.line, note, color))
      continue;
    context.actions.push(action::OpenLesson{lesson.id});
    dialogs.open = Dialog::none;
  }
  ImGui::EndChild();
}

void draw_keys(const PanelContext& context, float width) {
  const char* menu = "";
  ImGuiPainter painter = painter_for(context);
  for (const Command& command : all_commands()) {
    if (command.keys.key == 0) continue;
    if (std::strcmp(menu, command.menu) != 0) {
      gap(context, 8);
      menu = command.menu;
      section_title(context, menu);
      gap(context, 2);
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const std::string keys =
        name_of(command.keys) + (command.other_keys.key ? "  " + name_of(command.other_keys) : "");
    painter.text({at.x, at.y}, keys, Face::mono, context.px(12), context.theme.value);
    painter.text({at.x + context.px(130), at.y}, command.label, Face::ui, context.px(13),
                 context.theme.text);
    ImGui::Dummy({width, context.px(17)});
    ImGui::SetCursorScreenPos({at.x + context.px(130), at.y + context.px(17)});
    ImGui::BeginGroup();
    text_wrapped(context, Face::ui, 12, context.theme.text_soft, command.says);
    ImGui::EndGroup();
    gap(context, 4);
  }
}

void draw_words(const PanelContext& context) {
  gap(context, 8);
  section_title(context, "WORDS");
  gap(context, 4);
  for (const Meaning& row : words) {
    text_line(context, Face::bold, 13, context.theme.text, row.word);
    text_wrapped(context, Face::ui, 12.5f, context.theme.text_soft, row.meaning);
    gap(context, 7);
  }
}

void draw_help(const PanelContext& context, Point size) {
  const float height = size.y - context.px(84);
  const bool two_columns = size.x > context.px(620);
  const float left = two_columns ? size.x * 0.56f : size.x;
  ImGui::BeginChild("keys", {left, two_columns ? height : height * 0.6f});
  draw_keys(context, left - context.px(30));
  ImGui::EndChild();
  if (two_columns) ImGui::SameLine(0, context.px(20));
  ImGui::BeginChild("words", {size.x - (two_columns ? left + context.px(20) : 0),
                              two_columns ? height : height * 0.4f});
  draw_words(context);
  ImGui::EndChild();
}

void draw_about(const PanelContext& context) {
  text_line(context, Face::bold, 20, context.theme.text, "Backstep");
  gap(context, 6);
  text_wrapped(context, Face::ui, 13.5f, context.theme.text,
               "A microscope for backpropagation: it runs a network one operation at a time, "
               "forward and back, and shows "
               "every value, every gradient, and the product of the chain rule that made it.");
  gap(context, 8);
  text_wrapped(context, Face::ui, 13, context.theme.text_soft,
               std::string("Version ") + BACKSTEP_VERSION + ". MIT licence.");
}

struct Answer {
  const char* label;
  const char* probe_name;
};

// The buttons below a question, the default first. Tab and the arrows go from one to
// the next, Enter presses it. Returns the number of the answer, or −1.
int draw_answers(const PanelContext& context, Dialogs& dialogs, std::span<const Answer> answers) {
  const int count = static_cast<int>(answers.size());
  if (!dialogs.just_opened) {
    const bool back =
        key_pressed(ImGuiKey_LeftArrow) || (ImGui::GetIO().KeyShift && key_pressed(ImGuiKey_Tab));
    const bool on = !back && (key_pressed(ImGuiKey_RightArrow) || key_pressed(ImGuiKey_Tab));
    dialogs.answer = (dialogs.answer + count + on - back) % count;
  }
  ImGui::SetCursorPosY(ImGui::GetWindowHeight() - context.px(50));
  int given = -1;
  for (int i = 0; i < count; ++i) {
    const Answer& answer = answers[static_cast<std::size_t>(i)];
    if (i > 0) ImGui::SameLine(0, context.px(8));
    if (button(context, answer.label, 120, i == 0 ? ButtonKind::primary : ButtonKind::plain, true,
               answer.probe_name))
      given = i;
    if (i != dialogs.answer) continue;
    const ImVec2 low = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
    painter_for(context).frame(Rect{low.x, low.y, size.x, size.y}.inset(-context.px(2)),
                               context.theme.value, context.px(8), context.px(1.5f));
  }
  const bool entered = !dialogs.just_opened && key_pressed(ImGuiKey_Enter, false);
  return given < 0 && entered ? dialogs.answer : given;
}

void draw_unsaved(const PanelContext& context, Dialogs& dialogs) {
  text_wrapped(context, Face::ui, 14, context.theme.text,
               "The edits to “" + context.session.title() + "” are not saved.");
  constexpr Answer answers[] = {
      {"Save first", "unsaved.save"}, {"Discard", "unsaved.discard"}, {"Cancel", "unsaved.cancel"}};
  const int given = draw_answers(context, dialogs, answers);
  if (given == 0) context.actions.push(action::SaveFirst{});
  if (given == 1) context.actions.push(action::DiscardEdits{});
  if (given >= 0) dialogs.open = Dialog::none;
}

void draw_rescued(const PanelContext& context, Dialogs& dialogs) {
  const std::string& title = dialogs.rescued_title;
  text_wrapped(context, Face::ui, 14, context.theme.text,
               "Backstep was ended while the edits to " +
                   (title.empty() ? std::string("a session") : "“" + title + "”") +
                   " were not saved. They were kept.");
  constexpr Answer answers[] = {
      {"Open them", "rescued.open"}, {"Discard", "rescued.discard"}, {"Not now", "rescued.later"}};
  const int given = draw_answers(context, dialogs, answers);
  if (given == 0) context.actions.push(action::OpenRescued{});
  if (given == 1) context.actions.push(action::DiscardRescued{});
  if (given >= 0) dialogs.open = Dialog::none;
}

Point wanted_size(Dialog dialog) {
  switch (dialog) {
    case Dialog::help:
      return {880, 680};
    case Dialog::about:
      return {460, 230};
    case Dialog::unsaved:
    case Dialog::rescued:
      return {440, 185};
    case Dialog::examples:
    case Dialog::lessons:
      return {600, 760};
    case Dialog::data_columns:
      return {640, 800};
    case Dialog::data_table:
      return {640, 680};
    default:
      return {600, 520};
  }
}

std::string title_of(Dialog dialog) {
  switch (dialog) {
    case Dialog::open:
      return "Open a program, a session, data or a lesson";
    case Dialog::save:
      return "Save the session";
    case Dialog::picture:
      return "Export a picture: .png is the window, .svg the graph";
    case Dialog::export_text:
      return "Export: " + export_choices();
    case Dialog::examples:
      return "Examples";
    case Dialog::lessons:
      return "Lessons";
    case Dialog::help:
      return "Keys and words";
    case Dialog::about:
      return "About";
    case Dialog::unsaved:
      return "Unsaved edits";
    case Dialog::rescued:
      return "Edits that were kept";
    case Dialog::data_file:
      return "Open data: .csv and other tables of columns";
    case Dialog::data_columns:
      return "What to take from the data";
    case Dialog::data_table:
      return "Samples";
    case Dialog::none:
      return "";
  }
  return "";
}

void draw_contents(const PanelContext& context, Dialogs& dialogs, Point size,
                   const std::vector<Example>& examples) {
  switch (dialogs.open) {
    case Dialog::open:
    case Dialog::save:
    case Dialog::picture:
    case Dialog::export_text:
    case Dialog::data_file:
      return draw_file_dialog(context, dialogs, size);
    case Dialog::data_columns:
      return draw_data_dialog(context, dialogs, size);
    case Dialog::unsaved:
      return draw_unsaved(context, dialogs);
    case Dialog::rescued:
      return draw_rescued(context, dialogs);
    case Dialog::examples:
      draw_examples(context, dialogs, size, examples);
      break;
    case Dialog::lessons:
      draw_lessons(context, dialogs, size);
      break;
    case Dialog::help:
      draw_help(context, size);
      break;
    case Dialog::about:
      draw_about(context);
      break;
    case Dialog::data_table:
      draw_data_table(context, dialogs.table, size);
      break;
    case Dialog::none:
      return;
  }
  ImGui::SetCursorPosY(ImGui::GetWindowHeight() - context.px(50));
  if (button(context, "Close", 110, ButtonKind::plain, true, "dialog.close"))
    dialogs.open = Dialog::none;
}

}  // namespace

void open_dialog(Dialogs& dialogs, Dialog which) {
  dialogs.open = which;
  dialogs.just_opened = true;
  dialogs.answer = 0;
}

void open_file_dialog(Dialogs& dialogs, Keyboard& keyboard, Dialog which,
                      const std::filesystem::path& folder, const std::string& name) {
  open_dialog(dialogs, which);
  keyboard.expect_focus();
  dialogs.folder = folder;
  dialogs.name = name;
  dialogs.ask_overwrite = false;
  list_folder(dialogs);
}

void draw_dialogs(const PanelContext& context, Dialogs& dialogs, Rect screen,
                  const std::vector<Example>& examples) {
  if (dialogs.open == Dialog::none) return;
  const Point wanted = wanted_size(dialogs.open);
  const float width = std::min(context.px(wanted.x), screen.width - context.px(24));
  const float height = std::min(context.px(wanted.y), screen.height - context.px(24));
  const ImGuiFont font(context, Face::ui, 13);
  const std::string title = title_of(dialogs.open);
  if (dialogs.just_opened) ImGui::OpenPopup(title.c_str());
  ImGui::SetNextWindowPos(
      {screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 2});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.px(20), context.px(16)});
  if (ImGui::BeginPopupModal(title.c_str(), nullptr,
                             ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                                 ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoScrollbar |
                                 ImGuiWindowFlags_NoScrollWithMouse)) {
    text_line(context, Face::bold, 16, context.theme.text, title);
    gap(context, 10);
    draw_contents(context, dialogs, {width - context.px(40), height - context.px(32)}, examples);
    probe(context, "dialog",
          {screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 2, width,
           height});
    if (dialogs.open == Dialog::none || title != title_of(dialogs.open)) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
  } else if (!dialogs.just_opened) {
    dialogs.open = Dialog::none;
  }
  ImGui::PopStyleVar();
  dialogs.just_opened = false;
}

}  // namespace backstep
