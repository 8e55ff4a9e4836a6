#include "app/panels/step/transport_panel.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/commands/commands.h"
#include "app/explain/symbols.h"
#include "app/explain/training_words.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/widgets/probe.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"

namespace backstep {

namespace {

Color color_of(const Theme& theme, Phase phase) {
  return phase == Phase::forward    ? theme.value
         : phase == Phase::backward ? theme.gradient
                                    : theme.update;
}

// ---- buttons ------------------------------------------------------------------

enum class Icon { to_start, back, play, pause, forward, to_end };

// Icons are drawn: the fonts lack some of them.
void draw_icon(Painter& painter, Icon icon, Point c, float r, Color color) {
  const auto right = [&](float x) {
    painter.triangle({x - r * 0.6f, c.y - r}, {x + r * 0.9f, c.y}, {x - r * 0.6f, c.y + r}, color);
  };
  const auto left = [&](float x) {
    painter.triangle({x + r * 0.6f, c.y - r}, {x - r * 0.9f, c.y}, {x + r * 0.6f, c.y + r}, color);
  };
  const auto bar = [&](float x) {
    painter.fill({x - r * 0.18f, c.y - r, r * 0.36f, 2 * r}, color);
  };
  switch (icon) {
    case Icon::to_start:
      bar(c.x - r);
      left(c.x + r * 0.35f);
      break;
    case Icon::back:
      left(c.x);
      break;
    case Icon::play:
      right(c.x);
      break;
    case Icon::pause:
      bar(c.x - r * 0.45f);
      bar(c.x + r * 0.45f);
      break;
    case Icon::forward:
      right(c.x);
      bar(c.x + r * 0.95f);
      break;
    case Icon::to_end:
      right(c.x - r * 0.35f);
      bar(c.x + r);
      break;
  }
}

void icon_button(const PanelContext& context, Painter& painter, Rect rect, Icon icon, CommandId id,
                 const char* name, bool primary = false) {
  const Command& command = command_of(id);
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  if (ImGui::InvisibleButton(name, {rect.width, rect.height}))
    context.actions.push(action::RunCommand{id});
  const bool hovered = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
  const Theme& theme = context.theme;
  const bool runs = context.session.runs();
  const Color plain = !runs     ? theme.panel
                      : held    ? theme.button_active
                      : hovered ? theme.button_hover
                                : theme.button;
  painter.fill(rect, primary && runs ? mix(theme.primary, theme.text, hovered ? 0.12 : 0) : plain,
               context.px(6));
  painter.frame(rect, theme.line, context.px(6));
  draw_icon(painter, icon, rect.center(), context.px(6), runs ? theme.text : theme.text_faint);
  if (hovered) tooltip(context, command);
  probe(context, name, rect);
}

// The five buttons, from `at` on; returns where they end.
float draw_buttons(const PanelContext& context, Painter& painter, Point at) {
  const float size = context.px(38), gap = context.px(6);
  struct Row {
    Icon icon;
    CommandId id;
    const char* name;
  };
  const bool playing = context.view.playing;
  const Row rows[] = {{Icon::to_start, CommandId::pass_start, "transport.start"},
                      {Icon::back, CommandId::step_back, "transport.back"},
                      {Icon::forward, CommandId::step, "transport.step"},
                      {playing ? Icon::pause : Icon::play, CommandId::play, "transport.play"},
                      {Icon::to_end, CommandId::pass_end, "transport.end"}};
  for (const Row& row : rows) {
    icon_button(context, painter, {at.x, at.y, size, size}, row.icon, row.id, row.name,
                row.id == CommandId::step);
    at.x += size + gap;
  }
  return at.x - gap;
}

// ---- the sentence ---------------------------------------------------------------

std::string headline(const Timeline& timeline) {
  const int done = timeline.position().tick;
  if (done == 0) return "READY";
  const Tick tick = timeline.tick(done);
  const bool waits =
      tick.phase == Phase::update && !timeline.updater().updates_in(timeline.position().update);
  const std::string name = upper_case(waits ? "no update yet" : name_of(tick.phase));
  return text("{}  {} {} of {}", name, tick.phase == Phase::update ? "parameter" : "op",
              tick.number, tick.count);
}

void draw_sentence(const PanelContext& context, Painter& painter, Rect rect) {
  const Timeline& timeline = context.session.timeline();
  const int done = timeline.position().tick;
  const Color color =
      done == 0 ? context.theme.text_soft : color_of(context.theme, timeline.tick(done).phase);
  const std::string whole = describe_tick(timeline);
  const float small = context.px(12);
  const bool one_line = painter.text_width(whole, Face::ui, context.px(14)) <= rect.width;
  const float big = context.px(one_line ? 14 : 13);
  const float top = rect.center().y - context.px(one_line ? 20 : 27);
  painter.text({rect.x, top}, elided(painter, headline(timeline), Face::bold, small, rect.width),
               Face::bold, small, color);
  auto lines = wrapped(painter, whole, Face::ui, big, rect.width);
  const bool too_long = lines.size() > 2;
  if (too_long) {
    lines.resize(2);
    lines[1] = elided(painter, lines[1] + " …", Face::ui, big, rect.width);
  }
  float y = top + context.px(19);
  for (const std::string& line : lines) {
    painter.text({rect.x, y}, line, Face::ui, big, context.theme.text);
    y += context.px(17);
  }
  if (too_long && ImGui::IsMouseHoveringRect({rect.x, top}, {rect.right(), top + 3 * big}))
    tooltip(context, whole);
}

// ---- the timeline -----------------------------------------------------------------

// Where tick number `tick` (from 1) lies along the bar.
Rect tick_rect(Rect bar, int tick, int count) {
  const float pitch = bar.width / static_cast<float>(std::max(count, 1));
  const float gap = pitch > 5 ? std::min(pitch * 0.2f, bar.height * 0.3f) : 0;
  return {bar.x + pitch * static_cast<float>(tick - 1), bar.y, std::max(pitch - gap, 1.0f),
          bar.height};
}

// Ticks `first` to `last` of a phase; one bar where single ticks would be too thin.
void draw_ticks(const PanelContext& context, Painter& painter, Rect bar, int first, int last) {
  const Timeline& timeline = context.session.timeline();
  const int count = timeline.ticks(), done = timeline.position().tick;
  if (last < first) return;
  const Color bright = color_of(context.theme, timeline.tick(first).phase);
  const Color faint = mix(context.theme.panel, bright, 0.22);
  if (bar.width / static_cast<float>(count) > 3) {
    for (int tick = first; tick <= last; ++tick)
      painter.fill(tick_rect(bar, tick, count), tick <= done ? bright : faint, context.px(2.5f));
    return;
  }
  const float begin = tick_rect(bar, first, count).x, end = tick_rect(bar, last, count).right();
  painter.fill({begin, bar.y, end - begin, bar.height}, faint);
  if (done < first) return;
  painter.fill(
      {begin, bar.y, tick_rect(bar, std::min(done, last), count).right() - begin, bar.height},
      bright);
}

void draw_phase_names(const PanelContext& context, Painter& painter, Rect bar) {
  const Timeline& timeline = context.session.timeline();
  const int forward = timeline.forward_ticks(), backward = timeline.backward_ticks(),
            count = timeline.ticks();
  const float size = context.px(11), y = bar.y - context.px(18);
  float free_from = bar.x;
  const auto name = [&](Phase phase, int first, int last) {
    if (last < first) return;
    const float width = painter.text_width(name_of(phase), Face::ui, size);
    const float at = std::min(tick_rect(bar, first, count).x, bar.right() - width);
    if (at < free_from) return;
    painter.text({at, y}, name_of(phase), Face::ui, size, color_of(context.theme, phase));
    free_from = at + width + context.px(8);
  };
  name(Phase::forward, 1, forward);
  name(Phase::backward, forward + 1, forward + backward);
  name(Phase::update, forward + backward + 1, count);
}

void draw_cursor(const PanelContext& context, Painter& painter, Rect bar) {
  const Timeline& timeline = context.session.timeline();
  const int done = timeline.position().tick;
  if (done == 0) {
    painter.fill(
        {bar.x - context.px(4), bar.y - context.px(2), context.px(2), bar.height + context.px(4)},
        context.theme.text);
    return;
  }
  Rect rect = tick_rect(bar, done, timeline.ticks());
  if (rect.width < context.px(6))
    rect = {rect.center().x - context.px(3), rect.y, context.px(6), rect.height};
  painter.frame(rect.inset(-context.px(3)), context.theme.text, context.px(4), context.px(1.8f));
}

// The tick under x: 0 before the first.
int tick_at(Rect bar, float x, int count) {
  const float part = (x - bar.x) / std::max(bar.width, 1.0f);
  return std::clamp(static_cast<int>(std::ceil(part * static_cast<float>(count))), 0, count);
}

void scrub_ticks(const PanelContext& context, Rect bar) {
  ImGui::SetCursorScreenPos({bar.x - context.px(8), bar.y - context.px(6)});
  ImGui::InvisibleButton("timeline", {bar.width + context.px(16), bar.height + context.px(12)});
  const Timeline& timeline = context.session.timeline();
  const int tick = tick_at(bar, ImGui::GetIO().MousePos.x, timeline.ticks());
  if (ImGui::IsItemActive() && tick != timeline.position().tick)
    context.actions.push(action::Seek{{timeline.position().update, tick}});
  if (ImGui::IsItemHovered() && tick > 0) {
    const Tick under = timeline.tick(tick);
    const Node& node = timeline.graph().node(under.node);
    tooltip(context, text("{} {} of {}: {}", name_of(under.phase), under.number, under.count,
                          node.name.empty() ? node.text : pretty_name(node.name)));
  }
  probe(context, "transport.timeline", bar);
}

// The passes so far, as a thin line that can be scrubbed too.
void draw_passes(const PanelContext& context, Painter& painter, Rect rect) {
  const Timeline& timeline = context.session.timeline();
  const long first = timeline.first().update, last = last_known_update(timeline),
             now = timeline.position().update;
  const float size = context.px(11);
  const std::string batch = batch_words(timeline);
  const std::string pass =
      last > now ? text("pass {} of {}", now + 1, last + 1) : text("pass {}", now + 1);
  const bool fits = painter.text_width(batch, Face::ui, size) < rect.width * 0.6f;
  const std::string label = batch.empty() || !fits ? pass : batch;
  const float text_top = rect.center().y - size * 0.6f;
  const float label_width = painter.text_width(label, Face::ui, size);
  if (last > first || !batch.empty())
    painter.text({rect.right() - label_width, text_top}, label, Face::ui, size,
                 context.theme.text_soft);
  if (last <= first) {
    const float room = rect.width - (batch.empty() ? 0 : label_width + context.px(14));
    painter.text({rect.x, text_top},
                 elided(painter, "scrub to any op · ← → step · Space play", Face::ui, size, room),
                 Face::ui, size, context.theme.text_faint);
    return;
  }
  const Rect line = {rect.x, rect.center().y - context.px(2),
                     rect.width - label_width - context.px(14), context.px(4)};
  const double part = static_cast<double>(now - first) / static_cast<double>(last - first);
  const float knob = line.x + line.width * static_cast<float>(part);
  painter.fill(line, context.theme.line, context.px(2));
  painter.fill({line.x, line.y, knob - line.x, line.height}, context.theme.update, context.px(2));
  painter.circle({knob, line.center().y}, context.px(5), context.theme.text);
  ImGui::SetCursorScreenPos({line.x - context.px(6), rect.y});
  ImGui::InvisibleButton("passes", {line.width + context.px(12), rect.height});
  if (ImGui::IsItemActive()) {
    const double at = std::clamp((ImGui::GetIO().MousePos.x - line.x) / line.width, 0.0f, 1.0f);
    const long update = first + std::lround(at * static_cast<double>(last - first));
    if (update != now) context.actions.push(action::Seek{{update, timeline.position().tick}});
  }
  probe(context, "transport.passes", line);
}

void draw_timeline(const PanelContext& context, Painter& painter, Rect rect) {
  const Timeline& timeline = context.session.timeline();
  const float middle = rect.center().y;
  const Rect bar = {rect.x, middle - context.px(7), rect.width, context.px(14)};
  const int forward = timeline.forward_ticks(), backward = timeline.backward_ticks();
  draw_phase_names(context, painter, bar);
  draw_ticks(context, painter, bar, 1, forward);
  draw_ticks(context, painter, bar, forward + 1, forward + backward);
  draw_ticks(context, painter, bar, forward + backward + 1, timeline.ticks());
  draw_cursor(context, painter, bar);
  scrub_ticks(context, bar);
  draw_passes(context, painter, {rect.x, middle + context.px(12), rect.width, context.px(18)});
}

}  // namespace

long updates_done(const Timeline& timeline) {
  const Position now = timeline.position();
  return now.update + (now.tick == timeline.ticks() ? 1 : 0);
}

long last_known_update(const Timeline& timeline) {
  const auto& updates = timeline.progress().updates();
  const long trained = updates.empty() ? 0 : static_cast<long>(updates.back());
  return std::max(trained, timeline.position().update);
}

std::string describe_tick(const Timeline& timeline) {
  const int done = timeline.position().tick;
  if (done == 0)
    return timeline.position().update == 0 ? "Press → to run the first op"
                                           : "A new pass; nothing is computed yet";
  const Tick tick = timeline.tick(done);
  const Graph& graph = timeline.graph();
  const Node& node = graph.node(tick.node);
  const std::string name = node.name.empty() ? "" : pretty_name(node.name);
  if (tick.phase == Phase::update) return describe_update(timeline, tick.node);
  const std::string line = name.empty() ? node.text : name + " = " + node.text;
  if (tick.phase == Phase::forward) return line + "   is computed";
  std::vector<std::string> receivers;
  for (int edge : node.edges_in)
    if (graph.edge(edge).carries_gradient)
      receivers.push_back(symbol(graph, graph.edge(edge).from));
  return receivers.empty() ? line + "   has no operand to send its gradient to"
                           : line + "   sends its gradient to " + joined(receivers);
}

void draw_transport_panel(const PanelContext& context, Rect rect) {
  begin_panel("transport", rect, context, PanelScroll::none);
  ImGuiPainter painter = painter_for(context);
  painter.line({rect.x, rect.y}, {rect.right(), rect.y}, context.theme.line);
  const float margin = context.px(18);
  const float buttons_end =
      draw_buttons(context, painter, {rect.x + margin, rect.center().y - context.px(19)});
  probe(context, "transport", rect);
  if (!context.session.runs()) return end_panel(context);  // there is no pass to show
  const Rect rest = {buttons_end + margin, rect.y, rect.right() - buttons_end - 2 * margin,
                     rect.height};
  const bool narrow = rest.width < context.px(330);
  const float timeline_width = narrow ? rest.width : std::max(rest.width * 0.52f, context.px(200));
  draw_timeline(context, painter,
                {rest.right() - timeline_width, rect.y, timeline_width, rect.height});
  if (!narrow)
    draw_sentence(context, painter,
                  {rest.x, rect.y, rest.width - timeline_width - margin, rect.height});
  end_panel(context);
}

}  // namespace backstep
