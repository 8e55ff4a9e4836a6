#include "app/widgets/widgets.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "app/paint/imgui_painter.h"
#include "app/paint/text_fit.h"
#include "app/widgets/probe.h"

namespace backstep {
namespace {

constexpr float panel_padding = 14, card_padding = 14, card_gap = 10;
constexpr float section_title_size = 11, line_height = 1.5f;

// The style of a panel, beyond that of all ImGui windows.
void push_panel_style(const PanelContext& context) {
  const float padding = context.px(panel_padding);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, packed(context.theme.panel));
  ImGui::PushStyleColor(ImGuiCol_ScrollbarBg, packed(context.theme.panel.with_alpha(0)));
  ImGui::PushStyleColor(ImGuiCol_ScrollbarGrab, packed(context.theme.edge.with_alpha(0.5)));
  ImGui::PushStyleColor(ImGuiCol_ScrollbarGrabHovered, packed(context.theme.edge));
  ImGui::PushStyleColor(ImGuiCol_ScrollbarGrabActive, packed(context.theme.edge));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {padding, padding});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, context.px(8));
}

void pop_panel_style() {
  ImGui::PopStyleVar(5);
  ImGui::PopStyleColor(5);
}

// The card being filled. Its background is drawn last, when its height is
// known, into a channel below everything in it.
struct OpenCard {
  ImDrawListSplitter layers;
  ImVec2 corner;
  float width = 0, indent = 0;
  bool open = false;
};

OpenCard& card_of(const PanelContext& context) { return context.interaction.of<OpenCard>(); }

}  // namespace

ImGuiPainter painter_for(const PanelContext& context) {
  return {ImGui::GetWindowDrawList(), context.fonts, context.theme, context.gpu, context.record};
}

ImGuiPainter painter_below(const PanelContext& context) {
  return {ImGui::GetBackgroundDrawList(), context.fonts, context.theme, context.gpu,
          context.record};
}

ImGuiPainter painter_above(const PanelContext& context) {
  return {ImGui::GetForegroundDrawList(), context.fonts, context.theme, context.gpu,
          context.record};
}

// ---- panels and cards ---------------------------------------------------------

void begin_panel(const char* id, Rect rect, const PanelContext& context, PanelScroll scroll) {
  push_panel_style(context);
  ImGui::SetNextWindowPos({rect.x, rect.y});
  ImGui::SetNextWindowSize({rect.width, rect.height});
  ImGuiWindowFlags flags = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                           ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoCollapse |
                           ImGuiWindowFlags_NoSavedSettings |
                           ImGuiWindowFlags_NoBringToFrontOnFocus;
  if (scroll == PanelScroll::none)
    flags |= ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
  // A panel that does not scroll places its contents itself, up to the edge.
  if (scroll == PanelScroll::none) ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin(id, nullptr, flags);
  if (scroll == PanelScroll::none) ImGui::PopStyleVar();
}

void end_panel(const PanelContext& context) {
  draw_field_message(context);
  ImGui::End();
  pop_panel_style();
}

void begin_card(const PanelContext& context, const std::string& title, const std::string& note) {
  OpenCard& card = card_of(context);
  IM_ASSERT(!card.open && "cards do not hold cards");
  card.corner = ImGui::GetCursorScreenPos();
  card.width = line_width(context);
  card.open = true;
  card.indent = context.px(card_padding);
  ImDrawList* list = ImGui::GetWindowDrawList();
  card.layers.Split(list, 2);
  card.layers.SetCurrentChannel(list, 1);
  ImGui::SetCursorScreenPos({card.corner.x + card.indent, card.corner.y + context.px(11)});
  ImGui::BeginGroup();
  if (!title.empty()) {
    section_title(context, title, note);
    gap(context, 5);
  }
}

Rect end_card(const PanelContext& context) {
  OpenCard& card = card_of(context);
  IM_ASSERT(card.open && "a card ends once");
  ImGui::EndGroup();
  card.open = false;
  const float bottom = ImGui::GetItemRectMax().y + context.px(12);
  const ImVec2 corner = {std::round(card.corner.x), std::round(card.corner.y)};
  const Rect box = {corner.x, corner.y, std::round(card.width), std::round(bottom - corner.y)};
  ImDrawList* list = ImGui::GetWindowDrawList();
  card.layers.SetCurrentChannel(list, 0);
  // A painter's fill would count as covering the text that is already in the card.
  list->AddRectFilled(corner, {box.right(), box.bottom()}, packed(context.theme.card),
                      context.px(8));
  painter_for(context).frame(box, context.theme.line, context.px(8), std::max(1.0f, context.px(1)));
  card.layers.Merge(list);
  ImGui::SetCursorScreenPos(card.corner);
  ImGui::Dummy({box.width, box.height + context.px(card_gap)});
  return box;
}

void forget_open_card(const PanelContext& context) {
  OpenCard& card = card_of(context);
  if (!card.open) return;
  card.open = false;
  card.layers.ClearFreeMemory();
}

float line_width(const PanelContext& context) {
  const OpenCard& card = card_of(context);
  const float left = ImGui::GetCursorScreenPos().x;
  const float right = card.open ? card.corner.x + card.width - card.indent
                                : ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
  return std::max(1.0f, right - left);
}

// ---- text -----------------------------------------------------------------------

namespace {

// One line of text at the cursor, as wide as it is.
void place_text(const PanelContext& context, Face face, float size, Color color,
                const std::string& text) {
  const float pixels = context.px(size), height = pixels * line_height;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGuiPainter painter = painter_for(context);
  painter.text({at.x, at.y + (height - pixels) / 2}, text, face, pixels, color);
  ImGui::Dummy({painter.text_width(text, face, pixels), height});
}

}  // namespace

void text_line(const PanelContext& context, Face face, float size, Color color,
               const std::string& text, float width) {
  const ImGuiPainter painter = painter_for(context);
  const float room = width > 0 ? width : line_width(context);
  place_text(context, face, size, color, elided(painter, text, face, context.px(size), room));
}

void text_wrapped(const PanelContext& context, Face face, float size, Color color,
                  const std::string& text) {
  const ImGuiPainter painter = painter_for(context);
  for (const std::string& line :
       wrapped(painter, text, face, context.px(size), line_width(context)))
    text_line(context, face, size, color, line);
}

void section_title(const PanelContext& context, const std::string& title, const std::string& note) {
  ImGuiPainter painter = painter_for(context);
  const float pixels = context.px(section_title_size), width = line_width(context);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float title_width = painter.text_width(title, Face::bold, pixels);
  const float space = width - title_width - context.px(10);
  const std::string shown_note = elided(painter, note, Face::ui, pixels, space);
  if (!shown_note.empty())
    painter.text({at.x + width, at.y + pixels * (line_height - 1) / 2}, shown_note, Face::ui,
                 pixels, context.theme.text_faint, Align::right);
  text_wrapped(context, Face::bold, section_title_size, context.theme.text_faint, title);
}

void gap(const PanelContext& context, float height) { ImGui::Dummy({0, context.px(height)}); }

void rule(const PanelContext& context) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = line_width(context), thickness = std::max(1.0f, std::round(context.px(1)));
  const float middle = at.y + context.px(6);
  painter_for(context).line({at.x, middle}, {at.x + width, middle}, context.theme.line, thickness);
  ImGui::Dummy({width, context.px(12)});
}

namespace {

// `text` cut after each space, the space staying with the word before it.
std::vector<std::string> words_with_spaces(const std::string& text) {
  std::vector<std::string> words;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t space = text.find(' ', start);
    const std::size_t end = space == std::string::npos ? text.size() : space + 1;
    words.push_back(text.substr(start, end - start));
    start = end;
  }
  return words;
}

// Text cut into what stays on one line: "−0.07·0.9 " may be several pieces.
std::vector<StyledText> unbreakable_parts(const StyledText& text) {
  std::vector<StyledText> parts(1);
  for (const TextPiece& piece : text) {
    for (const std::string& word : words_with_spaces(piece.text)) {
      parts.back().push_back({word, piece.tone});
      if (word.back() == ' ') parts.emplace_back();
    }
  }
  return parts;
}

float width_of(const Painter& painter, const StyledText& part, Face face, float pixels) {
  std::string text;
  for (const TextPiece& piece : part) text += piece.text;
  if (!text.empty() && text.back() == ' ') text.pop_back();
  return painter.text_width(text, face, pixels);
}

}  // namespace

namespace {

// What stands on one line in one colour, and where.
struct PlacedText {
  float x = 0, y = 0;
  std::string text;
  Color color;
};

// Breaks `text` into lines at most `width` wide.
std::vector<PlacedText> lay_out(const Painter& painter, const Theme& theme, Face face, float pixels,
                                const StyledText& text, float width, float indent, float start) {
  std::vector<PlacedText> placed;
  float x = start, y = 0, line_start = start;
  for (const StyledText& part : unbreakable_parts(text)) {
    if (x > line_start && x + width_of(painter, part, face, pixels) > width) {
      x = line_start = std::min(indent, width / 2);
      y += pixels * line_height;
    }
    for (const TextPiece& piece : part) {
      const Color color = color_of(theme, piece.tone);
      const bool goes_on = !placed.empty() && placed.back().y == y && placed.back().color == color;
      if (goes_on)
        placed.back().text += piece.text;
      else
        placed.push_back({x, y, piece.text, color});
      x += painter.text_width(piece.text, face, pixels);
    }
  }
  return placed;
}

}  // namespace

float flowing_text(const PanelContext& context, Face face, float size, const StyledText& text,
                   float indent, float start) {
  ImGuiPainter painter = painter_for(context);
  const float pixels = context.px(size), height = pixels * line_height, width = line_width(context);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float y = 0;
  for (const PlacedText& placed :
       lay_out(painter, context.theme, face, pixels, text, width, indent, start)) {
    std::string shown = placed.text;
    while (!shown.empty() && shown.back() == ' ') shown.pop_back();
    shown = elided(painter, shown, face, pixels, width - placed.x + 1);
    const Point place = {at.x + placed.x, at.y + placed.y + (height - pixels) / 2};
    painter.text(place, shown, face, pixels, placed.color);
    y = placed.y;
  }
  ImGui::Dummy({width, y + height});
  return y + height;
}

bool text_link(const PanelContext& context, const std::string& id, Face face, float size,
               Color color, const std::string& text, float width) {
  ImGuiPainter painter = painter_for(context);
  const float pixels = context.px(size), height = pixels * line_height;
  const float room = width > 0 ? width : line_width(context);
  const std::string shown = elided(painter, text, face, pixels, room);
  const float text_width = std::max(1.0f, painter.text_width(shown, face, pixels));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool pressed = ImGui::InvisibleButton(id.c_str(), {text_width, height});
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  painter.text({at.x, at.y + (height - pixels) / 2}, shown, face, pixels, color);
  const float foot = at.y + (height + pixels) / 2 + context.px(1);
  if (hovered)
    painter.line({at.x, foot}, {at.x + text_width, foot}, color, std::max(1.0f, context.px(1)));
  return pressed;
}

// ---- buttons ----------------------------------------------------------------------

namespace {

Color button_fill(const Theme& theme, ButtonKind kind, bool hovered, bool held) {
  const Color over = held ? theme.button_active : theme.button_hover;
  if (kind == ButtonKind::primary)
    return hovered ? mix(theme.primary, theme.value, held ? 0.3 : 0.15) : theme.primary;
  if (hovered) return over;
  return kind == ButtonKind::quiet ? theme.panel.with_alpha(0) : theme.button;
}

}  // namespace

bool button(const PanelContext& context, const std::string& label, float width, ButtonKind kind,
            bool enabled, const std::string& probe_name) {
  const Theme& theme = context.theme;
  ImGuiPainter painter = painter_for(context);
  const std::string shown = label.substr(0, label.find("##"));
  const float pixels = context.px(13), height = context.px(28);
  const float fitting = painter.text_width(shown, Face::ui, pixels) + context.px(24);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rect box = {at.x, at.y, width > 0 ? context.px(width) : fitting, height};

  ImGui::BeginDisabled(!enabled);
  const bool pressed = ImGui::InvisibleButton(label.c_str(), {box.width, box.height});
  const bool hovered = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
  ImGui::EndDisabled();
  if (!probe_name.empty()) probe(context, probe_name);

  const float rounding = context.px(6), thickness = std::max(1.0f, context.px(1));
  painter.fill(box, button_fill(theme, kind, hovered, held), rounding);
  if (kind != ButtonKind::quiet) painter.frame(box, theme.line, rounding, thickness);
  const Color ink = !enabled                                ? theme.text_faint.with_alpha(0.6)
                    : kind == ButtonKind::quiet && !hovered ? theme.text_soft
                                                            : theme.text;
  painter.text({box.center().x, box.y + (height - pixels) / 2},
               elided(painter, shown, Face::ui, pixels, box.width - context.px(8)), Face::ui,
               pixels, ink, Align::center);
  return pressed;
}

}  // namespace backstep
