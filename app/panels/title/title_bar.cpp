#include "app/panels/title/title_bar.h"

#include <imgui.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "app/commands/commands.h"
#include "app/commands/keyboard.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/text_fit.h"
#include "app/platform/imgui_keys.h"
#include "app/widgets/imgui_font.h"
#include "app/widgets/probe.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

constexpr const char* menus[] = {"File", "Edit", "Run", "View", "Help"};

void draw_menu_rows(const PanelContext& context, const char* menu, const CanRun& can_run) {
  for (const Command& command : all_commands()) {
    if (std::strcmp(command.menu, menu) != 0) continue;
    const bool possible = can_run(command.id);
    if (ImGui::MenuItem(command.label, name_of(command.keys).c_str(), false, possible))
      context.actions.push(action::RunCommand{command.id});
    probe(context, std::string("menu.") + command.label);
  }
}

// ImGui spends a click on a menu's title on closing the menu that is open. True when
// the button is released there, and the title's own menu should open.
bool clicked_through(const std::string& name, bool hovered, bool open) {
  bool* clicked = ImGui::GetStateStorage()->GetBoolRef(ImGui::GetID((name + ".click").c_str()));
  if (ImGui::IsMouseClicked(0)) *clicked = hovered && !open && a_menu_is_open();
  return *clicked && hovered && ImGui::IsMouseReleased(0);
}

// Draws one title of the menu bar with its menu; returns where it ends.
float draw_menu(const PanelContext& context, Painter& painter, Point at, const char* menu,
                const CanRun& can_run) {
  const float size = context.px(13);
  const Rect rect = {at.x, at.y - context.px(14),
                     painter.text_width(menu, Face::ui, size) + context.px(16), context.px(28)};
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  const std::string name = std::string("menu.") + menu;
  const bool pressed = ImGui::InvisibleButton(name.c_str(), {rect.width, rect.height});
  const bool hovered = ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenBlockedByPopup);
  probe(context, name, rect);
  const bool clicked = clicked_through(name, hovered, ImGui::IsPopupOpen(menu));
  bool another_open = false;
  for (const char* other : menus) another_open |= other != menu && ImGui::IsPopupOpen(other);
  if (pressed || clicked || (hovered && another_open)) ImGui::OpenPopup(menu);
  const bool open = ImGui::IsPopupOpen(menu);
  if (hovered || open) painter.fill(rect, context.theme.button_hover, context.px(5));
  painter.text({rect.center().x, at.y - size * 0.6f}, menu, Face::ui, size,
               open ? context.theme.text : context.theme.text_soft, Align::center);
  ImGui::SetNextWindowPos({rect.x, rect.bottom() + context.px(4)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.px(8), context.px(8)});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {context.px(14), context.px(8)});
  if (ImGui::BeginPopup(menu, ImGuiWindowFlags_NoMove)) {
    draw_menu_rows(context, menu, can_run);
    if (key_pressed(ImGuiKey_Escape, false)) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar(2);
  return rect.right() + context.px(2);
}

struct TitleButton {
  CommandId id;
  const char* label;
  const char* name;
};

// Draws buttons from right to left, as many as fit to the right of `limit`; returns
// where they begin. Those left out are in the menus.
float draw_buttons(const PanelContext& context, Painter& painter, Rect rect, float limit,
                   const CanRun& can_run) {
  const bool dark = context.view.theme == ThemeName::dark;
  const TitleButton buttons[] = {{CommandId::save_picture, "Export", "title.export"},
                                 {CommandId::theme, dark ? "Light" : "Dark", "title.theme"},
                                 {CommandId::present, "Present", "title.present"},
                                 {CommandId::undo, "Undo", "title.undo"}};
  float right = rect.right() - context.px(16);
  for (const TitleButton& row : buttons) {
    const float width = painter.text_width(row.label, Face::ui, context.px(13)) + context.px(28);
    if (right - width < limit) break;
    ImGui::SetCursorScreenPos({right - width, rect.center().y - context.px(15)});
    const Command& command = command_of(row.id);
    if (button(context, row.label, width / context.scale, ButtonKind::plain, can_run(command.id),
               row.name))
      context.actions.push(action::RunCommand{row.id});
    if (ImGui::IsItemHovered()) tooltip(context, command);
    right -= width + context.px(8);
  }
  return right;
}

// Draws the tabs Step, Train and Compare, centred where there is room.
Rect draw_mode_tabs(const PanelContext& context, Painter& painter, Rect rect, float limit,
                    const CanRun& can_run) {
  const float size = context.px(13.5f);
  const std::span<const ModeRow> modes = all_modes();
  std::vector<float> widths;
  float width = 0;
  for (const ModeRow& row : modes) {
    const Command& command = command_of(command_for(row.mode));
    widths.push_back(painter.text_width(command.label, Face::bold, size) + context.px(30));
    width += widths.back();
  }
  const float left = std::max(rect.center().x - width / 2, limit + context.px(8));
  float x = left;
  for (std::size_t i = 0; i < modes.size(); ++i) {
    const std::string name = std::string("mode.") + modes[i].name;
    const Command& command = command_of(command_for(modes[i].mode));
    const Rect cell = {x, rect.center().y - context.px(15), widths[i], context.px(30)};
    ImGui::SetCursorScreenPos({cell.x, cell.y});
    if (ImGui::InvisibleButton(name.c_str(), {cell.width, cell.height}) && can_run(command.id))
      context.actions.push(action::RunCommand{command.id});
    const bool hovered = ImGui::IsItemHovered(), chosen = context.view.mode == modes[i].mode;
    if (chosen || hovered)
      painter.fill(cell, chosen ? context.theme.button_active : context.theme.button_hover,
                   context.px(6));
    painter.text({cell.center().x, cell.center().y - size * 0.62f}, command.label,
                 chosen ? Face::bold : Face::ui, size,
                 chosen || hovered ? context.theme.text : context.theme.text_soft, Align::center);
    if (hovered) tooltip(context, command);
    probe(context, name, cell);
    x += widths[i];
  }
  return {left, rect.y, width, rect.height};
}

}  // namespace

void draw_title_bar(const PanelContext& context, Rect rect, const CanRun& can_run) {
  begin_panel("title", rect, context, PanelScroll::none);
  ImGuiPainter painter = painter_for(context);
  const float middle = rect.center().y;
  const float brand = context.px(17);
  painter.text({rect.x + context.px(18), middle - brand * 0.62f}, "Backstep", Face::bold, brand,
               context.theme.text);
  float x = rect.x + context.px(30) + painter.text_width("Backstep", Face::bold, brand);
  for (const char* menu : menus) x = draw_menu(context, painter, {x, middle}, menu, can_run);
  const Rect tabs = draw_mode_tabs(context, painter, rect, x, can_run);
  draw_buttons(context, painter, rect, tabs.right() + context.px(12), can_run);

  // The title stands between the menus and the tabs.
  const float size = context.px(13.5f), left = x + context.px(14);
  const float room = tabs.x - left - context.px(14);
  const std::string title = (context.session.is_changed() ? "• " : "") + context.session.title();
  if (room > context.px(60))
    painter.text({left, middle - size * 0.62f}, elided(painter, title, Face::ui, size, room),
                 Face::ui, size, context.theme.text_soft);
  painter.line({rect.x, rect.bottom() - 1}, {rect.right(), rect.bottom() - 1}, context.theme.line);
  probe(context, "title", rect);
  end_panel(context);
}

void draw_side_tabs(const PanelContext& context, Rect rect, SidePanel& side) {
  begin_panel("side tabs", rect, context, PanelScroll::none);
  ImGuiPainter painter = painter_for(context);
  struct Tab {
    SidePanel side;
    const char* label;
    const char* name;
  };
  constexpr Tab step_tabs[] = {{SidePanel::program, "Program", "tab.program"},
                               {SidePanel::inspector, "Inspector", "tab.inspector"},
                               {SidePanel::plots, "Plots", "tab.plots"}};
  constexpr Tab lab_tabs[] = {{SidePanel::program, "Setup", "tab.setup"},
                              {SidePanel::inspector, "Doctor", "tab.doctor"}};
  const bool stepping = context.view.mode == Mode::step;
  const std::span<const Tab> tabs = stepping ? std::span<const Tab>(step_tabs) : lab_tabs;
  const float width = rect.width / static_cast<float>(tabs.size());
  float x = rect.x;
  for (const Tab& tab : tabs) {
    const Rect cell = {x, rect.y, width, rect.height};
    ImGui::SetCursorScreenPos({cell.x, cell.y});
    if (ImGui::InvisibleButton(tab.name, {cell.width, cell.height})) side = tab.side;
    const bool chosen =
        side == tab.side || (!stepping && side == SidePanel::plots && &tab == &tabs.back());
    painter.text({cell.center().x, cell.center().y - context.px(8)}, tab.label,
                 chosen ? Face::bold : Face::ui, context.px(13),
                 chosen || ImGui::IsItemHovered() ? context.theme.text : context.theme.text_soft,
                 Align::center);
    if (chosen)
      painter.fill({cell.x, cell.bottom() - context.px(2), cell.width, context.px(2)},
                   context.theme.value);
    probe(context, tab.name, cell);
    x += width;
  }
  painter.line({rect.x, rect.y}, {rect.x, rect.bottom()}, context.theme.line);
  end_panel(context);
}

}  // namespace backstep
