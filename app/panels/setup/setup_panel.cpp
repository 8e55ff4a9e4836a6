#include "app/panels/setup/setup_panel.h"

#include <imgui.h>

#include <algorithm>

#include "app/paint/imgui_painter.h"
#include "app/panels/lesson/lesson_panel.h"
#include "app/panels/setup/setup_edit.h"
#include "app/panels/setup/setup_rows.h"
#include "app/panels/setup/setup_sections.h"
#include "app/widgets/probe.h"
#include "app/widgets/setup_focus.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

// In place of a network, where the program is written by hand.
void draw_program_note(const PanelContext& context) {
  if (context.view.mode != Mode::compare) section(context, "NETWORK");
  text_wrapped(context, Face::ui, 12.5f, context.theme.text_soft,
               "This program is written by hand. Change its layers in its text, in Step.");
  gap(context, 8);
  if (row_button(context, "Build a network instead", line_width(context) / context.scale,
                 "setup.build_network",
                 "A network of layers in place of the program; undo brings the program back.")) {
    NetworkStart start = network_instead(context.session.setup(), context.session.source());
    context.actions.push(action::TakeData{std::move(start.samples), std::move(start.source),
                                          context.session.setup().standardise,
                                          std::move(start.network), ""});
  }
  gap(context, 6);
}

// A line at the very edge of the panel, where its padding cuts all else off.
void draw_edge(const PanelContext& context, Point from, Point to) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect({from.x, from.y}, {to.x + 1, to.y + 1}, false);
  painter_for(context).line(from, to, context.theme.line);
  list->PopClipRect();
}

void draw_rows(const PanelContext& context) {
  draw_data_section(context);
  if (context.session.setup().network)
    draw_network_section(context);
  else
    draw_program_note(context);
  draw_training_section(context);
  if (context.view.mode != Mode::compare) return;
  draw_runs_section(context);
  draw_tries_section(context);
}

// Over the rows: the lesson or the setup. Returns what is left of them.
Rect draw_lesson_switch(const PanelContext& context, Rect rows) {
  const Rect head = {rows.x, rows.y, rows.width, context.px(40)};
  begin_panel("lesson_switch", head, context, PanelScroll::none);
  bool& show_setup = context.interaction.of<LessonPanelState>().show_setup;
  show_setup = heading_switch(context, {head.x + context.px(18), head.y + context.px(13)},
                              {"LESSON", "SETUP"}, show_setup ? 1 : 0, "setup.shows") == 1;
  draw_edge(context, {head.right() - 1, head.y}, {head.right() - 1, head.bottom()});
  end_panel(context);
  return {rows.x, head.bottom(), rows.width, rows.height - head.height};
}

}  // namespace

void draw_setup_panel(const PanelContext& context, Rect rect) {
  const float foot = std::min(setup_foot_height(context), rect.height / 2);
  Rect rows = {rect.x, rect.y, rect.width, rect.height - foot};
  const bool shows_lesson =
      context.lesson && !context.interaction.of<LessonPanelState>().show_setup;
  if (context.lesson) rows = draw_lesson_switch(context, rows);
  const Rect below = {rect.x, rows.bottom(), rect.width, foot};
  probe(context, "setup", rect);
  begin_fields(context);
  begin_panel(shows_lesson ? "lesson_panel" : "setup_panel", rows, context,
              shows_lesson ? PanelScroll::none : PanelScroll::vertical);
  if (shows_lesson)
    draw_lesson(context, {rows.x + context.px(18), rows.y + context.px(12),
                          rows.width - context.px(36), rows.height - context.px(18)});
  else
    draw_rows(context);
  draw_edge(context, {rows.right() - 1, rows.y}, {rows.right() - 1, rows.bottom()});
  end_panel(context);
  begin_panel("setup_foot", below, context);
  draw_setup_foot(context);
  draw_edge(context, {below.x, below.y}, {below.right(), below.y});
  draw_edge(context, {below.right() - 1, below.y}, {below.right() - 1, below.bottom()});
  end_fields(context);
  end_panel(context);
}

}  // namespace backstep
