#include "app/panels/step/program_editor.h"

#include <imgui.h>
#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "app/paint/imgui_painter.h"
#include "app/platform/imgui_keys.h"
#include "app/widgets/imgui_font.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr float font_units = 13, line_spacing = 1.6f, gutter_units = 40;

// What the editor remembers from one frame to the next.
struct Caret {
  int byte = -1;  // -1: not being edited
  bool moved = false;
};

struct Metrics {
  float line_height = 0, character = 0, gutter = 0;
  Point text;  // top left of the first character
};

int remember_caret(ImGuiInputTextCallbackData* data) {
  Caret& caret = *static_cast<Caret*>(data->UserData);
  caret.moved = caret.byte != data->CursorPos;
  caret.byte = data->CursorPos;
  return 0;
}

std::vector<std::string_view> program_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

int characters(std::string_view text) { return static_cast<int>(character_count(text)); }

// ---- colours ----------------------------------------------------------------

enum class WordKind { plain, function, number, text, comment };

Color word_color(const Theme& theme, WordKind word) {
  switch (word) {
    case WordKind::function:
      return theme.value;
    case WordKind::number:
      return theme.text;
    case WordKind::text:
      return theme.update;
    case WordKind::comment:
      return theme.text_faint;
    case WordKind::plain:
      return theme.text;
  }
  return theme.text;
}

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80);
}

// The end of the word that begins at `at`, and what it is.
std::size_t next_word(std::string_view line, std::size_t at, WordKind& word) {
  std::size_t end = at + 1;
  word = WordKind::plain;
  if (line[at] == '#') {
    word = WordKind::comment;
    return line.size();
  }
  if (line[at] == '"' || line[at] == '\'') {
    word = WordKind::text;
    const std::size_t close = line.find(line[at], at + 1);
    return close == std::string_view::npos ? line.size() : close + 1;
  }
  if (!is_name(line[at])) return end;
  while (end < line.size() && is_name(line[end])) ++end;
  const bool called = end < line.size() && line[end] == '(';
  const bool number = line[at] >= '0' && line[at] <= '9';
  word = called ? WordKind::function : number ? WordKind::number : WordKind::plain;
  return end;
}

void draw_program_line(const PanelContext& context, Painter& painter, const Metrics& metrics,
                       std::string_view line, float y) {
  float x = metrics.text.x;
  for (std::size_t at = 0; at < line.size();) {
    WordKind word = WordKind::plain;
    const std::size_t end = next_word(line, at, word);
    const std::string piece(line.substr(at, end - at));
    painter.text({x, y}, piece, Face::mono, context.px(font_units),
                 word_color(context.theme, word));
    x += metrics.character * static_cast<float>(characters(piece));
    at = end;
  }
}

// ---- marks ------------------------------------------------------------------

// The line the last tick belongs to, and the colour of its phase; 0 for none.
int current_line(const PanelContext& context, Color& color) {
  const Timeline& timeline = context.session.timeline();
  if (timeline.position().tick == 0 || context.session.mistake()) return 0;
  const Tick tick = timeline.tick(timeline.position().tick);
  const Theme& theme = context.theme;
  color = tick.phase == Phase::forward    ? theme.value
          : tick.phase == Phase::backward ? theme.gradient
                                          : theme.update;
  return timeline.graph().node(tick.node).source.line;
}

void mark_line(const PanelContext& context, Painter& painter, const Metrics& metrics, Rect rect,
               int line, Color color) {
  const float y = metrics.text.y + metrics.line_height * static_cast<float>(line - 1);
  const float lift = (metrics.line_height - context.px(font_units)) / 2 - context.px(1);
  painter.fill({rect.x, y - lift, rect.width, metrics.line_height},
               mix(context.theme.panel, color, 0.2));
  painter.fill({rect.x, y - lift, context.px(3), metrics.line_height}, color);
}

// Only what can be seen of the wave is drawn: a line may be as long as a file.
void underline_mistake(const PanelContext& context, Painter& painter, const Metrics& metrics,
                       Rect visible, int columns) {
  const ProgramError& mistake = *context.session.mistake();
  const float y = metrics.text.y + metrics.line_height * static_cast<float>(mistake.line - 1) +
                  context.px(font_units + 1.5f);
  const int first = std::min(mistake.column - 1, columns);
  const float x = metrics.text.x + metrics.character * static_cast<float>(first);
  const float length = std::max(
      metrics.character * static_cast<float>(std::max(columns - first, 1)), metrics.character);
  const float step = context.px(2);
  const int begin = static_cast<int>(std::max(0.0f, (visible.x - x) / step));
  const int end = static_cast<int>(std::min(length, visible.right() - x) / step);
  std::vector<Point> wave;
  for (int i = begin; i <= end; ++i)
    wave.push_back({x + step * static_cast<float>(i), y + (i % 2 ? context.px(1.5f) : 0)});
  painter.polyline(wave, context.theme.error, context.px(1.2f));
}

void draw_caret(const PanelContext& context, Painter& painter, const Metrics& metrics,
                const std::string& text, int byte) {
  const std::string_view before = std::string_view(text).substr(
      0, std::min<std::size_t>(static_cast<std::size_t>(byte), text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n');
  const std::size_t start =
      before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const float x =
      metrics.text.x + metrics.character * static_cast<float>(characters(before.substr(start)));
  const float y = metrics.text.y + metrics.line_height * static_cast<float>(line);
  painter.fill({x, y - context.px(1), context.px(1.5f), context.px(font_units) + context.px(2)},
               context.theme.text);
}

// Keeps the caret inside the visible part of the scrolling child.
void follow_caret(const Metrics& metrics, const std::string& text, int byte) {
  const std::string_view before = std::string_view(text).substr(
      0, std::min<std::size_t>(static_cast<std::size_t>(byte), text.size()));
  const float line = static_cast<float>(std::count(before.begin(), before.end(), '\n'));
  const float top = line * metrics.line_height, height = ImGui::GetWindowHeight();
  if (top < ImGui::GetScrollY()) ImGui::SetScrollY(top);
  if (top + 2 * metrics.line_height > ImGui::GetScrollY() + height)
    ImGui::SetScrollY(top + 2 * metrics.line_height - height);
  const std::size_t start =
      before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const float x =
      metrics.gutter + metrics.character * static_cast<float>(characters(before.substr(start)));
  const float width = ImGui::GetWindowWidth();
  if (x < ImGui::GetScrollX() + metrics.gutter)
    ImGui::SetScrollX(std::max(0.0f, x - metrics.gutter));
  if (x + 2 * metrics.character > ImGui::GetScrollX() + width)
    ImGui::SetScrollX(x + 2 * metrics.character - width);
}

// Scrolls to the line being run when it changes, as a debugger does.
void follow_run(const Metrics& metrics, int line) {
  ImGuiStorage& storage = *ImGui::GetStateStorage();
  const ImGuiID id = ImGui::GetID("line run last");
  if (storage.GetInt(id, 0) == line) return;
  storage.SetInt(id, line);
  const float top = metrics.line_height * static_cast<float>(line - 1);
  const float height = ImGui::GetWindowHeight(), scroll = ImGui::GetScrollY();
  if (line > 0 && (top < scroll || top + 2 * metrics.line_height > scroll + height))
    ImGui::SetScrollY(top - height / 2);
}

// ---- the field --------------------------------------------------------------

// ImGui edits the text and this file draws it: ImGui's own text is invisible, so
// that ours can have colours, and its caret with it, so that is drawn here too.
void edit_text(const PanelContext& context, std::string& text, Point at, Point size, Caret& caret) {
  // To ImGui, Escape would undo everything typed since the field was entered.
  if (caret.byte >= 0 && key_pressed(ImGuiKey_Escape))
    ImGui::ClearActiveID();
  const ImGuiFont font(context, Face::mono, font_units, line_spacing);
  ImGui::SetCursorScreenPos({at.x, at.y});
  ImGui::PushStyleColor(ImGuiCol_Text, 0u);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0u);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, 1);
  const bool edited = ImGui::InputTextMultiline(
      "##text", &text, {size.x, size.y},
      ImGuiInputTextFlags_CallbackAlways | ImGuiInputTextFlags_NoHorizontalScroll, remember_caret,
      &caret);
  ImGui::PopStyleVar(3);
  ImGui::PopStyleColor(2);
  if (edited) context.actions.push(action::SetProgram{text});
  if (ImGui::IsItemDeactivated()) context.actions.push(action::EndEdit{});
  if (!ImGui::IsItemActive()) caret.byte = -1;
}

}  // namespace

void draw_program_editor(const PanelContext& context, Rect rect) {
  Caret& caret = context.interaction.of<Caret>();
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::BeginChild("program", {rect.width, rect.height}, false,
                    ImGuiWindowFlags_HorizontalScrollbar);
  ImGui::PopStyleVar();
  std::string text = context.session.program();
  const std::vector<std::string_view> lines = program_lines(text);
  ImGuiPainter painter = painter_for(context);

  Metrics metrics;
  metrics.line_height = context.px(font_units) * line_spacing;
  metrics.character = painter.text_width("0", Face::mono, context.px(font_units));
  metrics.gutter = context.px(gutter_units);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  metrics.text = {origin.x + metrics.gutter, origin.y};
  std::size_t longest = 0;
  for (std::string_view line : lines) longest = std::max(longest, line.size());

  Color color;
  const Rect visible = {rect.x, rect.y, rect.width, rect.height};
  const int run = current_line(context, color);
  if (run > 0) mark_line(context, painter, metrics, visible, run, color);
  if (context.session.mistake())
    mark_line(context, painter, metrics, visible, context.session.mistake()->line,
              context.theme.error);

  const Point size = {
      std::max(rect.width - metrics.gutter - ImGui::GetStyle().ScrollbarSize,
               metrics.character * static_cast<float>(longest + 3)),
      std::max(rect.height, metrics.line_height * static_cast<float>(lines.size() + 1))};
  // The text that was laid out is drawn: an edit shows from the next frame on.
  const std::string before = text;
  const std::vector<std::string_view> drawn = program_lines(before);
  edit_text(context, text, metrics.text, size, caret);

  const int first = std::max(0, static_cast<int>((rect.y - origin.y) / metrics.line_height));
  const int last = std::min(static_cast<int>(lines.size()),
                            first + static_cast<int>(rect.height / metrics.line_height) + 2);
  for (int i = first; i < last; ++i) {
    const float y = metrics.text.y + metrics.line_height * static_cast<float>(i);
    draw_program_line(context, painter, metrics, drawn[i], y);
    painter.text({metrics.text.x - context.px(14), y}, std::to_string(i + 1), Face::mono,
                 context.px(font_units - 1.5f), context.theme.text_faint, Align::right);
  }
  if (context.session.mistake()) {
    const int line = std::min(context.session.mistake()->line, static_cast<int>(lines.size()));
    underline_mistake(context, painter, metrics, visible, characters(drawn[line - 1]));
  }
  if (caret.byte >= 0) draw_caret(context, painter, metrics, text, caret.byte);
  if (caret.byte >= 0 && caret.moved) follow_caret(metrics, text, caret.byte);
  if (caret.byte < 0) follow_run(metrics, run);
  ImGui::EndChild();
  probe(context, "program.text", rect);
}

}  // namespace backstep
