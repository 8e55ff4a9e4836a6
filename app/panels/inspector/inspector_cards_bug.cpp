// The bug lab: what may be broken, what was guessed, and what it was.
#include <imgui.h>

#include <algorithm>

#include "app/commands/commands.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/text_fit.h"
#include "app/panels/inspector/inspector_cards.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"
#include "core/slips/bug.h"

namespace backstep {
namespace {

constexpr float bug_text_size = 12.5f;

bool hunt_is_over(const BugHunt& hunt) { return hunt.found || hunt.given_up; }

bool was_guessed(const BugHunt& hunt, const std::string& id) {
  return std::find(hunt.wrong.begin(), hunt.wrong.end(), id) != hunt.wrong.end();
}

// One bug to choose: a box as high as its title, crossed out once it was guessed
// and is not the one.
void draw_bug_choice(const PanelContext& context, const Bug& bug) {
  const Theme& theme = context.theme;
  ImGuiPainter painter = painter_for(context);
  const bool wrong = was_guessed(context.hunt, bug.id);
  const float pixels = context.px(bug_text_size), line = pixels * 1.4f, side = context.px(10);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = line_width(context);
  const auto lines = wrapped(painter, bug.title, Face::ui, pixels, width - 2 * side);
  const float text_height = line * static_cast<float>(lines.size());
  const Rect box = {at.x, at.y, width, text_height + context.px(10)};
  ImGui::BeginDisabled(wrong);
  const bool clicked = ImGui::InvisibleButton(bug.id, {box.width, box.height});
  const bool hovered = ImGui::IsItemHovered();
  ImGui::EndDisabled();
  probe(context, std::string("bug.") + bug.id);
  if (clicked) context.actions.push(action::GuessBug{bug.id});
  if (!wrong) {
    painter.fill(box, hovered ? theme.button_hover : theme.button, context.px(6));
    painter.frame(box, theme.line, context.px(6), std::max(1.0f, context.px(1)));
  }
  const Color ink = wrong ? theme.text_faint : theme.text;
  float y = box.y + context.px(5) + (line - pixels) / 2;
  for (const std::string& text : lines) {
    painter.text({box.x + side, y}, text, Face::ui, pixels, ink);
    const float middle = y + pixels * 0.56f;
    if (wrong)
      painter.line({box.x + side, middle},
                   {box.x + side + painter.text_width(text, Face::ui, pixels), middle}, theme.error,
                   std::max(1.0f, context.px(1)));
    y += line;
  }
  gap(context, wrong ? 0 : 5);
}

void draw_bug_choices(const PanelContext& context) {
  for (const std::string& id : context.hunt.choices)
    if (const Bug* bug = find_bug(id)) draw_bug_choice(context, *bug);
}

void draw_search(const PanelContext& context) {
  const Theme& theme = context.theme;
  text_wrapped(context, Face::ui, bug_text_size, theme.text_soft,
               "One of these bugs is hidden in the backward pass or the update. Step through, "
               "check every gradient, then choose the bug.");
  gap(context, 8);
  draw_bug_choices(context);
  if (!context.hunt.wrong.empty()) {
    gap(context, 2);
    text_wrapped(context, Face::ui, bug_text_size, theme.error,
                 "Not that one. Which gradients are wrong, and where does it begin?");
    probe(context, "bug.wrong");
  }
  gap(context, 4);
  const float half = (line_width(context) / context.scale - 6) / 2;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (button(context, "Check gradients##bug", half,
             context.view.show_checks ? ButtonKind::plain : ButtonKind::primary,
             !context.view.show_checks, "bug.check"))
    context.actions.push(action::CheckAll{});
  ImGui::SetCursorScreenPos({at.x + context.px(half + 6), at.y});
  if (button(context, "Give up##bug", half, ButtonKind::plain, true, "bug.give_up"))
    context.actions.push(action::EndHunt{});
  ImGui::SetCursorScreenPos({at.x, at.y + context.px(28)});
}

void draw_answer(const PanelContext& context) {
  const Theme& theme = context.theme;
  const Bug* bug = find_bug(context.session.setup().bug);
  if (!bug) return;
  const bool found = context.hunt.found;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  text_wrapped(context, Face::bold, 14, found ? theme.update : theme.text,
               (found ? "Right: " : "It was: ") + std::string(bug->title));
  gap(context, 3);
  text_wrapped(context, Face::ui, bug_text_size, theme.text_soft, bug->explanation);
  probe(context, "bug.answer",
        {at.x, at.y, line_width(context), ImGui::GetCursorScreenPos().y - at.y});
  gap(context, 8);
  const float half = (line_width(context) / context.scale - 6) / 2;
  const ImVec2 row = ImGui::GetCursorScreenPos();
  if (button(context, "Another##bug", half, ButtonKind::plain, true, "bug.another"))
    context.actions.push(action::HideBug{});
  ImGui::SetCursorScreenPos({row.x + context.px(half + 6), row.y});
  if (button(context, "Done##bug", half, ButtonKind::primary, true, "bug.done"))
    context.actions.push(action::EndHunt{});
  ImGui::SetCursorScreenPos({row.x, row.y + context.px(28)});
}

std::string score_of(const BugHunt& hunt) {
  if (hunt.rounds == 0) return "";
  return text("found at first try: {} of {}", hunt.at_once, hunt.rounds);
}

}  // namespace

void draw_bug_card(const PanelContext& context, const Inspected*) {
  if (!context.hunt.on) return;
  begin_card(context, "BUG LAB", score_of(context.hunt));
  if (hunt_is_over(context.hunt))
    draw_answer(context);
  else
    draw_search(context);
  probe(context, "bug", end_card(context));
}

}  // namespace backstep
