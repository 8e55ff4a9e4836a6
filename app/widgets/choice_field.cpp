#include "app/widgets/choice_field.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cctype>

#include "app/commands/keyboard.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/text_fit.h"
#include "app/platform/imgui_keys.h"
#include "app/widgets/probe.h"
#include "app/widgets/setup_focus.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

constexpr float field_text = 12.5f, note_text = 11, choice_padding = 10, mark_room = 22;
constexpr float choice_row_height = 27, noted_row_height = 42, picture_size = 34, list_padding = 5;

// ---- the field -------------------------------------------------------------------

struct FieldBox {
  Rect box;
  bool pressed = false, lit = false;
};

// The box, pressed by mouse or keyboard.
FieldBox field_box(const PanelContext& context, const FieldLook& look) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = look.width > 0 ? context.px(look.width) : line_width(context);
  FieldBox field;
  field.box = {at.x, at.y, width, context.px(look.height)};
  field.pressed = ImGui::InvisibleButton("##field", {field.box.width, field.box.height});
  const FieldFocus focus = focus_of(context, ImGui::GetItemID(), field.box);
  field.pressed |= focus.pressed;
  field.lit = ImGui::IsItemHovered() || ImGui::IsItemActive() || focus.has;
  if (!look.probe_name.empty()) probe(context, look.probe_name, field.box);
  const Theme& theme = context.theme;
  ImGuiPainter painter = painter_for(context);
  painter.fill(field.box, theme.field, context.px(5));
  painter.frame(field.box, field.lit ? theme.value : theme.line, context.px(5),
                std::max(1.0f, context.px(1)));
  return field;
}

void draw_field_words(const PanelContext& context, const FieldBox& field, const std::string& words,
                      float mark) {
  ImGuiPainter painter = painter_for(context);
  const float pixels = context.px(field_text);
  const float room = field.box.width - context.px(choice_padding + std::max(choice_padding, mark));
  const std::string shown = elided(painter, words, Face::ui, pixels, room);
  painter.text(
      {field.box.x + context.px(choice_padding), field.box.y + (field.box.height - pixels) / 2},
      shown, Face::ui, pixels, context.theme.text);
  if (shown != words && field.lit && ImGui::IsItemHovered()) tooltip(context, words);
}

// A "v" at the right of the field, or "^".
void draw_chevron(const PanelContext& context, const FieldBox& field, bool up) {
  const float size = context.px(3.5f), x = field.box.right() - context.px(13);
  const float y = field.box.center().y, tip = up ? -size / 2 : size / 2;
  painter_for(context).polyline({{x - size, y - tip}, {x, y + tip}, {x + size, y - tip}},
                                field.lit ? context.theme.text : context.theme.text_faint,
                                std::max(1.0f, context.px(1.4f)));
}

// ---- the list --------------------------------------------------------------------

// The list that is open; there is one at most.
struct OpenList {
  ImGuiID id = 0;
  int lit = 0;  // the row under the pointer or the arrow keys
  bool follow = false;
};

struct List {
  const PanelContext& context;
  const std::vector<Choice>& choices;
  const std::vector<bool>& marked;
  bool many;  // any number is marked
  const FieldLook& look;

  OpenList& state() const { return context.interaction.of<OpenList>(); }
  bool noted() const {
    return std::any_of(choices.begin(), choices.end(),
                       [](const Choice& choice) { return !choice.note.empty(); });
  }
  bool pictured() const {
    return std::any_of(choices.begin(), choices.end(),
                       [](const Choice& choice) { return choice.picture != nullptr; });
  }
  float row() const {
    return context.px(noted() || pictured() ? noted_row_height : choice_row_height);
  }
  float words_at() const {
    return context.px(choice_padding + (many ? 22 : 0) + (pictured() ? picture_size + 8 : 0));
  }
};

// Below the field, or above it where there is more room.
Rect place_list(const List& list, Rect field) {
  const PanelContext& context = list.context;
  const ImGuiPainter painter = painter_for(context);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float margin = context.px(8), frame = context.px(2 * list_padding);
  float width = field.width;
  for (const Choice& choice : list.choices) {
    const float label = painter.text_width(choice.label, Face::ui, context.px(13));
    const float note = painter.text_width(choice.note, Face::ui, context.px(note_text));
    width = std::max(width, list.words_at() + std::max(label, note) + context.px(36) + frame);
  }
  width = std::min(std::ceil(width), screen.x - 2 * margin);
  const float wanted = list.row() * static_cast<float>(list.choices.size()) + frame;
  const float below = screen.y - field.bottom() - margin, above = field.y - margin;
  const bool up = wanted > below && above > below;
  const float height = std::min(wanted, std::max(context.px(60), up ? above : below) - margin);
  return {std::clamp(field.x, margin, std::max(margin, screen.x - margin - width)),
          up ? field.y - height - context.px(3) : field.bottom() + context.px(3), width, height};
}

// A box at the left of what it ticks.
void draw_tick_box(const PanelContext& context, Painter& painter, Rect row, bool marked) {
  const float side = context.px(14);
  const Rect box = {row.x + context.px(choice_padding), row.center().y - side / 2, side, side};
  painter.fill(box, marked ? context.theme.primary : context.theme.field, context.px(3));
  painter.frame(box, marked ? context.theme.value : context.theme.edge, context.px(3),
                std::max(1.0f, context.px(1)));
  if (marked)
    painter.text({box.center().x, box.center().y - context.px(5.5f)}, "✓", Face::bold,
                 context.px(11), context.theme.text, Align::center);
}

void draw_choice_mark(const List& list, Painter& painter, Rect row, bool marked) {
  const PanelContext& context = list.context;
  if (list.many) return draw_tick_box(context, painter, row, marked);
  const float pixels = context.px(12);
  if (marked)
    painter.text({row.right() - context.px(10), row.center().y - pixels / 2}, "✓", Face::ui, pixels,
                 context.theme.value, Align::right);
}

// True when the row was pressed.
bool draw_choice_row(const List& list, int number) {
  const PanelContext& context = list.context;
  const Theme& theme = context.theme;
  const Choice& choice = list.choices[static_cast<std::size_t>(number)];
  OpenList& open_list = list.state();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rect row = {at.x, at.y, line_width(context), list.row()};
  ImGui::PushID(number);
  const bool pressed = ImGui::InvisibleButton("##row", {row.width, row.height}) && choice.enabled;
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  if (ImGui::IsItemHovered() && (moved.x != 0 || moved.y != 0)) open_list.lit = number;
  ImGui::PopID();
  if (!list.look.probe_name.empty()) probe(context, list.look.probe_name + "." + choice.name, row);
  if (open_list.lit == number && open_list.follow) ImGui::SetScrollHereY(0.5f);

  ImGuiPainter painter = painter_for(context);
  if (open_list.lit == number) painter.fill(row, theme.button_hover, context.px(5));
  draw_choice_mark(list, painter, row, list.marked[static_cast<std::size_t>(number)]);
  const float left = row.x + list.words_at(), room = row.right() - context.px(26) - left;
  if (choice.picture) {
    const float side = context.px(picture_size);
    choice.picture(painter, {left - side - context.px(8), row.center().y - side / 2, side, side});
  }
  const float label = context.px(13), note = context.px(note_text);
  const bool noted = !choice.note.empty();
  painter.text({left, noted ? row.y + context.px(6) : row.center().y - label / 2},
               elided(painter, choice.label, Face::ui, label, room), Face::ui, label,
               choice.enabled ? theme.text : theme.text_faint);
  if (noted)
    painter.text({left, row.y + context.px(24)}, elided(painter, choice.note, Face::ui, note, room),
                 Face::ui, note, theme.text_soft);
  return pressed;
}

// Moves the lit row with the keys; returns the row that Enter or Space takes, or -1.
int follow_keys(const List& list) {
  OpenList& open_list = list.state();
  const int last = static_cast<int>(list.choices.size()) - 1, before = open_list.lit;
  int& lit = open_list.lit;
  if (key_pressed(ImGuiKey_DownArrow)) lit = std::min(lit + 1, last);
  if (key_pressed(ImGuiKey_UpArrow)) lit = std::max(lit - 1, 0);
  if (key_pressed(ImGuiKey_Home)) lit = 0;
  if (key_pressed(ImGuiKey_End)) lit = last;
  for (const ImWchar letter : ImGui::GetIO().InputQueueCharacters) {
    if (letter <= ' ' || letter > 126) continue;
    for (int step = 1; step <= last + 1; ++step) {
      const int row = (before + step) % (last + 1);
      const std::string& label = list.choices[static_cast<std::size_t>(row)].label;
      if (std::tolower(static_cast<unsigned char>(label[0])) != std::tolower(letter)) continue;
      lit = row;
      break;
    }
  }
  open_list.follow = lit != before;
  const bool taken = key_pressed(ImGuiKey_Enter, false) || key_pressed(ImGuiKey_Space, false);
  const bool possible = lit >= 0 && list.choices[static_cast<std::size_t>(lit)].enabled;
  return taken && possible ? lit : -1;
}

// Draws the list while it is open; the row that was taken, or -1.
int draw_list(const List& list, Rect field) {
  if (!ImGui::IsPopupOpen("list")) return -1;
  const PanelContext& context = list.context;
  const Rect place = place_list(list, field);
  const float inside = context.px(list_padding);
  ImGui::SetNextWindowPos({place.x, place.y});
  ImGui::SetNextWindowSizeConstraints({place.width, place.height}, {place.width, place.height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {inside, inside});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  int taken = -1;
  if (ImGui::BeginPopup("list", ImGuiWindowFlags_NoMove)) {
    context.interaction.of<Keyboard>().keep_keys();
    probe(context, "list", place);
    // Through a painter, so that what lies below counts as covered.
    painter_for(context).fill(place.inset(1), context.theme.card, context.px(7));
    OpenList& open_list = list.state();
    const ImGuiID own = ImGui::GetCurrentWindow()->ID;
    const bool first = open_list.id != own;
    open_list.id = own;
    if (first)
      open_list.follow = true;
    else
      taken = follow_keys(list);
    for (int i = 0; i < static_cast<int>(list.choices.size()); ++i)
      if (draw_choice_row(list, i)) taken = i;
    if ((taken >= 0 && !list.many) || key_pressed(ImGuiKey_Escape, false))
      ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar(2);
  return taken;
}

int list_field(const List& list, const std::string& id, int current, const std::string& shown) {
  ImGui::PushID(id.c_str());
  const bool open = ImGui::IsPopupOpen("list");
  FieldBox field = field_box(list.context, list.look);
  field.lit |= open;
  draw_field_words(list.context, field, shown, mark_room);
  draw_chevron(list.context, field, open);
  if (field.pressed && !open && !list.choices.empty()) {
    ImGui::OpenPopup("list");
    list.state() = {0, std::max(0, current), true};
  }
  const int taken = draw_list(list, field.box);
  ImGui::PopID();
  return taken;
}

}  // namespace

int choice_field(const PanelContext& context, const std::string& id,
                 const std::vector<Choice>& choices, int current, const FieldLook& look,
                 const std::string& shown) {
  std::vector<bool> marked(choices.size(), false);
  const bool known = current >= 0 && current < static_cast<int>(choices.size());
  if (known) marked[static_cast<std::size_t>(current)] = true;
  const std::string words = !shown.empty() ? shown
                            : known        ? choices[static_cast<std::size_t>(current)].label
                                           : std::string();
  return list_field({context, choices, marked, false, look}, id, current, words);
}

int check_field(const PanelContext& context, const std::string& id,
                const std::vector<Choice>& choices, const std::vector<bool>& checked,
                const FieldLook& look, const std::string& shown) {
  return list_field({context, choices, checked, true, look}, id, 0, shown);
}

bool toggle_field(const PanelContext& context, const std::string& id, bool on,
                  const FieldLook& look) {
  ImGui::PushID(id.c_str());
  const FieldBox field = field_box(context, look);
  ImGui::PopID();
  draw_field_words(context, field, on ? "on" : "off", 40);
  const Theme& theme = context.theme;
  const float width = context.px(24), height = context.px(13);
  const Rect groove = {field.box.right() - width - context.px(8), field.box.center().y - height / 2,
                       width, height};
  ImGuiPainter painter = painter_for(context);
  painter.fill(groove, on ? theme.value : theme.edge.with_alpha(0.6), height / 2);
  const float radius = height / 2 - context.px(2);
  painter.circle({on ? groove.right() - height / 2 : groove.x + height / 2, groove.center().y},
                 radius, on ? theme.field : theme.text);
  return field.pressed;
}

bool check_box(const PanelContext& context, const std::string& id, const std::string& label,
               bool on, const FieldLook& look) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rect row = {at.x, at.y, look.width > 0 ? context.px(look.width) : line_width(context),
                    context.px(look.height)};
  ImGui::PushID(id.c_str());
  bool pressed = ImGui::InvisibleButton("##box", {row.width, row.height});
  const bool hovered = ImGui::IsItemHovered();
  const FieldFocus focus = focus_of(context, ImGui::GetItemID(), row);
  pressed |= focus.pressed;
  ImGui::PopID();
  if (!look.probe_name.empty()) probe(context, look.probe_name, row);
  ImGuiPainter painter = painter_for(context);
  if (hovered || focus.has) painter.fill(row, context.theme.button_hover, context.px(5));
  draw_tick_box(context, painter, row, on);
  const float pixels = context.px(13), left = context.px(choice_padding + 22);
  const std::string shown =
      elided(painter, label, Face::ui, pixels, row.width - left - context.px(6));
  painter.text({row.x + left, row.center().y - pixels / 2}, shown, Face::ui, pixels,
               context.theme.text);
  if (hovered && shown != label) tooltip(context, label);
  return pressed;
}

bool fold_field(const PanelContext& context, const std::string& id, bool open,
                const std::string& summary, const FieldLook& look) {
  ImGui::PushID(id.c_str());
  const FieldBox field = field_box(context, look);
  ImGui::PopID();
  draw_field_words(context, field, summary, mark_room);
  draw_chevron(context, field, open);
  return field.pressed;
}

}  // namespace backstep
