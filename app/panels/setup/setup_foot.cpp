// The foot of the setup panel: Train, one epoch, restart, and how fast it goes.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/commands/commands.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/setup/setup_edit.h"
#include "app/panels/setup/setup_rows.h"
#include "app/panels/setup/setup_sections.h"
#include "app/widgets/probe.h"
#include "app/widgets/setup_focus.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"
#include "core/base/number_words.h"

namespace backstep {

namespace {

constexpr float main_height = 40, half_gap = 8;

bool can_train(const PanelContext& context) {
  return context.view.mode == Mode::compare ? context.lab.comparison() != nullptr
                                            : context.session.runs();
}

long epoch_of(const PanelContext& context) {
  if (const Comparison* comparison = context.lab.comparison();
      context.view.mode == Mode::compare && comparison)
    return comparison->epoch();
  return context.session.runs() ? context.session.trainer().epoch() : 0;
}

// Of the runs compared the slowest counts: they go in step.
double speed_of(const PanelContext& context) {
  const Comparison* comparison = context.lab.comparison();
  if (context.view.mode != Mode::compare || !comparison)
    return context.session.runs() ? context.session.trainer().epochs_per_second() : 0;
  double seconds = 0;
  for (const Comparison::Run& run : comparison->runs()) {
    const double speed = run.experiment->trainer().epochs_per_second();
    if (speed <= 0) return 0;
    seconds += 1 / speed;
  }
  return seconds > 0 ? 1 / seconds : 0;
}

// "1,250 epochs/s", "3.2 epochs/s", "12 s an epoch"; empty while not known.
std::string words_of_speed(double speed) {
  if (!(speed > 0) || !std::isfinite(speed)) return "";
  if (speed >= 10) return grouped(std::lround(speed)) + " epochs/s";
  if (speed >= 1) return fixed_number(speed, 1) + " epochs/s";
  return fixed_number(1 / speed, 1) + " s an epoch";
}

std::string tip_of(CommandId id) {
  const Command& command = command_of(id);
  return std::string(command.says) + "   " + name_of(command.keys);
}

void draw_main_button(const PanelContext& context) {
  const Theme& theme = context.theme;
  ImGuiPainter painter = painter_for(context);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rect box = {at.x, at.y, line_width(context), context.px(main_height)};
  const bool possible = can_train(context);
  ImGui::BeginDisabled(!possible);
  bool pressed = ImGui::InvisibleButton("train", {box.width, box.height});
  const bool hovered = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
  ImGui::EndDisabled();
  FieldFocus focus;
  if (possible) focus = focus_of(context, ImGui::GetID("train"), box);
  pressed |= focus.pressed;
  if (pressed && possible) context.actions.push(action::RunCommand{CommandId::train});
  if (hovered) tooltip(context, tip_of(CommandId::train));
  probe(context, "setup.train", box);

  const float rounding = context.px(7);
  painter.fill(box, hovered ? mix(theme.primary, theme.value, held ? 0.3 : 0.15) : theme.primary,
               rounding);
  painter.frame(box, focus.has ? theme.value : theme.line, rounding, std::max(1.0f, context.px(1)));
  const long epoch = epoch_of(context);
  const std::string verb = context.view.training ? "Pause" : "Train";
  const std::string words = epoch > 0 ? verb + "   epoch " + grouped(epoch) : verb;
  const float pixels = context.px(14);
  painter.text({box.center().x, box.center().y - pixels / 2},
               elided(painter, words, Face::bold, pixels, box.width - context.px(16)), Face::bold,
               pixels, possible ? theme.text : theme.text_faint, Align::center);
}

void command_button(const PanelContext& context, CommandId id, const char* label, float width,
                    const char* name) {
  if (row_button(context, label, width, name, tip_of(id), false, can_train(context)))
    context.actions.push(action::RunCommand{id});
}

}  // namespace

float setup_foot_height(const PanelContext& context) {
  return context.px(14 + main_height + 7 + 28 + 4 + 18 + 14);
}

void draw_setup_foot(const PanelContext& context) {
  draw_main_button(context);
  gap(context, 7);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = (line_width(context) / context.scale - half_gap) / 2;
  command_button(context, CommandId::one_epoch, "One epoch", width, "setup.epoch");
  ImGui::SetCursorScreenPos({at.x + context.px(width + half_gap), at.y});
  command_button(context, CommandId::restart, "Restart", width, "setup.restart");
  ImGui::SetCursorScreenPos({at.x, at.y + context.px(28 + 4)});
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  // What was measured last says nothing once training has stopped.
  const std::string speed = context.view.training ? words_of_speed(speed_of(context)) : "";
  text_line(context, Face::ui, 11.5f, context.theme.text_faint, speed.empty() ? " " : speed);
  probe(context, "setup.speed", {corner.x, corner.y, line_width(context), context.px(18)});
}

}  // namespace backstep
