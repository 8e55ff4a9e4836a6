#include "app/panels/step/graph_panel.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "app/commands/commands.h"
#include "app/graph/draw_graph.h"
#include "app/graph/graph_marks.h"
#include "app/graph/hit.h"
#include "app/graph/hover_text.h"
#include "app/graph_layout/node_parts.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/step/value_entry.h"
#include "app/widgets/probe.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"

namespace backstep {
namespace {

constexpr float wheel_factor = 1.16f, button_factor = 1.3f;
constexpr float drag_threshold = 3;
// A drag of one pixel changes a value by this part of it.
constexpr double drag_part = 0.005;
constexpr double smallest_drag_size = 0.1;
// Smaller cells cannot be dragged, only looked at.
constexpr float smallest_handle = 9;
constexpr int most_probes = 400;

enum class Gesture { none, press, pan, edit };

// What the pointer is doing on the canvas. Nothing here outlives a gesture but
// the layout, which is made anew when the graph is another one.
struct CanvasGesture {
  Gesture kind = Gesture::none;
  Hit pressed;
  double value = 0;  // unrounded, while it is dragged
  double step = 0;
  bool hovers = false;
  ValueEntry entry;
  std::vector<int> pointed;  // the nodes that were brought into sight last

  GraphLayout layout;
  std::uint64_t layout_of = 0;
};

// Two graphs with one fingerprint have the same layout.
std::uint64_t fingerprint(const Graph& graph) {
  std::uint64_t print = 1469598103934665603u;
  const auto add = [&](std::uint64_t part) { print = (print ^ part) * 1099511628211u; };
  for (const Node& node : graph.nodes()) {
    add(static_cast<std::uint64_t>(node.kind) + 16 * static_cast<std::uint64_t>(node.layer));
    add(reinterpret_cast<std::uintptr_t>(node.op) + node.has_gradient);
    add(static_cast<std::uint64_t>(node.value.shape.rows));
    add(static_cast<std::uint64_t>(node.value.shape.columns));
    for (int input : node.inputs) add(static_cast<std::uint64_t>(input));
    if (look_of(node) == NodeLook::number) add(node.text.size());
  }
  for (const std::string& layer : graph.layers())
    for (char c : layer) add(static_cast<std::uint64_t>(c));
  add(static_cast<std::uint64_t>(graph.loss()));
  return print;
}

const GraphLayout& layout_for(CanvasGesture& gesture, const Graph& graph) {
  const std::uint64_t print = fingerprint(graph);
  if (print == gesture.layout_of && gesture.layout.nodes.size() == graph.nodes().size())
    return gesture.layout;
  gesture = {};
  gesture.layout = lay_out(graph);
  gesture.layout_of = print;
  return gesture.layout;
}

// One canvas in one frame.
struct Panel {
  const PanelContext& context;
  const Timeline& timeline;
  const GraphLayout& layout;
  Canvas canvas;
  CanvasGesture& gesture;

  const Graph& graph() const { return timeline.graph(); }
  ViewState& view() const { return context.view; }
};

// ---- editing ----

// Whether a value is large enough on the screen to be dragged.
bool is_handle(const Panel& panel, const Hit& hit) {
  if (hit.part != HitPart::value || !panel.graph().node(hit.node).is_editable()) return false;
  const Rect rect = entry_rect(panel.graph(), panel.layout, panel.canvas, hit.node, hit.entry);
  return std::min(rect.width, rect.height) >= panel.context.px(smallest_handle);
}

void begin_drag(const Panel& panel) {
  panel.gesture.kind = Gesture::edit;
  panel.gesture.value =
      panel.graph().node(panel.gesture.pressed.node).value[panel.gesture.pressed.entry];
  panel.gesture.step = drag_part * std::max(std::abs(panel.gesture.value), smallest_drag_size);
  panel.view().selection = {panel.gesture.pressed.node, panel.gesture.pressed.entry};
}

void drag_value(const Panel& panel) {
  const ImGuiIO& io = ImGui::GetIO();
  const double speed = io.KeyShift ? 0.1 : io.KeyCtrl ? 10 : 1;
  const double moved = (io.MouseDelta.x - io.MouseDelta.y) / panel.context.scale;
  if (moved == 0) return;
  panel.gesture.value += moved * speed * panel.gesture.step;
  panel.context.actions.push(
      action::EditEntry{panel.gesture.pressed.node, panel.gesture.pressed.entry,
                        rounded_to_step(panel.gesture.value, speed * panel.gesture.step)});
}

// ---- gestures on the canvas ----

void pan(const Panel& panel) {
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  if (moved.x == 0 && moved.y == 0) return;
  Camera& camera = panel.view().camera;
  camera.fit = false;
  camera.offset = {camera.offset.x + moved.x, camera.offset.y + moved.y};
}

void click(const Panel& panel) {
  const Hit& hit = panel.gesture.pressed;
  if (hit.node < 0) {
    panel.view().selection = {};
    return;
  }
  const bool on_entry = hit.part == HitPart::value || hit.part == HitPart::gradient;
  const Selection before = panel.view().selection;
  panel.view().selection = {hit.node, on_entry                  ? hit.entry
                                      : before.node == hit.node ? before.entry
                                                                : 0};
  if (is_handle(panel, hit))
    panel.gesture.entry.open(panel.context, hit.node, hit.entry,
                             panel.graph().node(hit.node).value[hit.entry]);
}

void follow_gesture(const Panel& panel) {
  if (panel.gesture.kind == Gesture::press &&
      ImGui::IsMouseDragging(ImGuiMouseButton_Left, panel.context.px(drag_threshold))) {
    if (is_handle(panel, panel.gesture.pressed))
      begin_drag(panel);
    else
      panel.gesture.kind = Gesture::pan;
  }
  if (panel.gesture.kind == Gesture::edit) drag_value(panel);
  if (panel.gesture.kind == Gesture::pan) pan(panel);
}

void end_gesture(const Panel& panel) {
  if (panel.gesture.kind == Gesture::press) click(panel);
  if (panel.gesture.kind == Gesture::edit) panel.context.actions.push(action::EndEdit{});
  panel.gesture.kind = Gesture::none;
}

void show_pointer(const Panel& panel, const Hit& hit) {
  if (panel.gesture.kind == Gesture::pan)
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  else if (panel.gesture.kind == Gesture::edit || is_handle(panel, hit))
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  else if (hit.node >= 0)
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

// The canvas itself, as one item of the size of the panel.
void handle_input(const Panel& panel) {
  const Rect& area = panel.canvas.area;
  const ImGuiIO& io = ImGui::GetIO();
  ImGui::SetCursorScreenPos({area.x, area.y});
  ImGui::InvisibleButton("canvas", {area.width, area.height},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  const bool hovered = ImGui::IsItemHovered();
  const Point at = {io.MousePos.x, io.MousePos.y};
  const Hit hit = hovered ? hit_test(panel.graph(), panel.layout, panel.canvas, at) : Hit{};

  if (ImGui::IsItemActivated()) {
    panel.gesture.pressed = hit;
    panel.gesture.kind =
        ImGui::IsMouseDown(ImGuiMouseButton_Middle) ? Gesture::pan : Gesture::press;
  }
  if (ImGui::IsItemActive()) follow_gesture(panel);
  if (ImGui::IsItemDeactivated()) end_gesture(panel);
  if (hovered && hit.node < 0 && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left))
    panel.view().camera.fit = true;
  if (hovered && io.MouseWheel != 0)
    panel.view().camera = zoomed(panel.canvas, std::pow(wheel_factor, io.MouseWheel), at);

  if (hovered || panel.gesture.hovers) panel.view().hovered_node = hit.node;
  panel.gesture.hovers = hovered;
  if (hovered || panel.gesture.kind != Gesture::none) show_pointer(panel, hit);
  if (hit.node >= 0 && panel.gesture.kind == Gesture::none && !panel.gesture.entry.is_open())
    tooltip(panel.context, hover_text(panel.timeline, hit, panel.context.session.program()));
}

// ---- what lies over the canvas ----

struct Buttons {
  Rect rect;
  float side, wide, gap;
};

Buttons buttons_in(const PanelContext& context, const Rect& area) {
  const float side = 30, wide = 44, gap = 6, margin = 12;
  const float width = context.px(2 * side + wide + 2 * gap), height = context.px(28);
  return {{area.right() - width - context.px(margin), area.bottom() - height - context.px(margin),
           width, height},
          side,
          wide,
          gap};
}

void draw_buttons(const Panel& panel) {
  const PanelContext& context = panel.context;
  const Buttons buttons = buttons_in(context, panel.canvas.area);
  const Point middle = panel.canvas.area.center();
  ImGui::SetCursorScreenPos({buttons.rect.x, buttons.rect.y});
  ImGui::BeginChild("zoom", {buttons.rect.width, buttons.rect.height + context.px(2)}, false,
                    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar |
                        ImGuiWindowFlags_NoScrollWithMouse);
  float x = buttons.rect.x;
  const auto place = [&](const char* label, float width, const char* name) {
    ImGui::SetCursorScreenPos({x, buttons.rect.y});
    x += context.px(width + buttons.gap);
    return button(context, label, width, ButtonKind::plain, true, name);
  };
  Camera& camera = panel.view().camera;
  if (place("−##out", buttons.side, "graph.zoom_out"))
    camera = zoomed(panel.canvas, 1 / button_factor, middle);
  if (place("+##in", buttons.side, "graph.zoom_in"))
    camera = zoomed(panel.canvas, button_factor, middle);
  if (place("Fit##fit", buttons.wide, "graph.fit")) camera.fit = true;
  ImGui::EndChild();
}

// Shows the pass of the sample `by` further on, at the same tick.
void pick_neighbour(const Panel& panel, long by) {
  const Position now = panel.timeline.position();
  panel.context.actions.push(action::PickSample{*panel.context.session.picked_sample() + by});
  panel.context.actions.push(action::Seek{now});
}

// Which single sample is shown, with buttons for its neighbours and for all samples;
// at the foot, where a graph that fits has no nodes. Returns where it ends, or the
// canvas' left side when all samples are shown.
float draw_sample_chip(const Panel& panel, Painter& painter) {
  const PanelContext& context = panel.context;
  const Rect& area = panel.canvas.area;
  const auto sample = context.session.picked_sample();
  if (!sample) return area.x;
  const long last = sample_count(context.session.setup()) - 1;
  const Rect zoom = buttons_in(context, area).rect;
  const float arrow = 24, gap = context.px(4), pixels = context.px(13), side = context.px(10);
  const std::string back = "× all samples##all";
  const float back_width =
      painter.text_width("× all samples", Face::ui, pixels) / context.scale + 20;
  const float room = zoom.x - area.x - context.px(12 + 12 + 2 * arrow + back_width) - 3 * gap;
  const std::string words =
      elided(painter, text("sample {} alone", *sample + 1), Face::ui, pixels, room - 2 * side);
  const float words_width = painter.text_width(words, Face::ui, pixels) + 2 * side;
  const Rect chip = {area.x + context.px(12), zoom.y,
                     words_width + context.px(2 * arrow + back_width) + 3 * gap, zoom.height};
  ImGui::SetCursorScreenPos({chip.x, chip.y});
  ImGui::BeginChild("sample", {chip.width, chip.height + context.px(2)}, false,
                    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar |
                        ImGuiWindowFlags_NoScrollWithMouse);
  ImGuiPainter inside = painter_for(context);
  inside.fill(chip, context.theme.panel, context.px(6));
  float x = chip.x;
  const auto place = [&](const char* label, float width, bool enabled, const char* name) {
    ImGui::SetCursorScreenPos({x, chip.y});
    x += context.px(width) + gap;
    return button(context, label, width, ButtonKind::plain, enabled, name);
  };
  if (place("‹##previous", arrow, *sample > 0, "sample.previous")) pick_neighbour(panel, -1);
  inside.text({x + side, chip.center().y - pixels * 0.47f}, words, Face::ui, pixels,
              context.theme.text);
  x += words_width + gap;
  if (place("›##next", arrow, *sample < last, "sample.next")) pick_neighbour(panel, +1);
  if (place(back.c_str(), back_width, true, "sample.all"))
    context.actions.push(action::RunCommand{CommandId::all_samples});
  ImGui::EndChild();
  probe(context, "sample.chip", chip);
  return chip.right();
}

// After the first pan or zoom the hint is no longer needed and may cover nodes; a
// message at the foot takes its place.
void draw_canvas_hint(const Panel& panel, Painter& painter, float left) {
  if (!panel.view().camera.fit || !panel.view().message.empty()) return;
  const PanelContext& context = panel.context;
  const Rect& area = panel.canvas.area;
  const float pixels = context.px(13), side = context.px(18);
  const float room = buttons_in(context, area).rect.x - left - 2 * side;
  const std::string hint = elided(
      painter, "drag to pan · scroll to zoom · click a value to edit it", Face::ui, pixels, room);
  painter.text({left + side, area.bottom() - pixels - context.px(17)}, hint, Face::ui, pixels,
               context.theme.text_faint);
}

void draw_value_entry(const Panel& panel) {
  if (!panel.gesture.entry.is_open()) return;
  const int node = panel.gesture.entry.node();
  const Index entry = panel.gesture.entry.entry();
  const Rect place = entry_rect(panel.graph(), panel.layout, panel.canvas, node, entry);
  const std::optional<double> value =
      panel.gesture.entry.draw(panel.context, place, panel.canvas.area.inset(panel.context.px(4)));
  if (!value || *value == panel.graph().node(node).value[entry]) return;
  panel.context.actions.push(action::EditEntry{node, entry, *value});
  panel.context.actions.push(action::EndEdit{});
}

// Notes where nodes are, for tests; a very large graph would cost too much.
void note_probes(const Panel& panel) {
  const Rect& area = panel.canvas.area;
  probe(panel.context, "graph", area);
  if (panel.layout.nodes.size() > most_probes) return;
  for (std::size_t i = 0; i < panel.layout.nodes.size(); ++i) {
    const Rect rect = panel.canvas.to_pixels(panel.layout.nodes[i]);
    if (!rect.overlaps(area)) continue;
    const Node& node = panel.graph().node(static_cast<int>(i));
    const std::string name = "node." + (node.name.empty() ? "#" + std::to_string(i) : node.name);
    const NodeParts parts = parts_of(node, rect);
    probe(panel.context, name, rect);
    probe(panel.context, name + ".value", parts.value);
    if (parts.gradient.width > 0) probe(panel.context, name + ".gradient", parts.gradient);
  }
}

// Scrolls to nodes that are newly pointed at; a canvas that shows them all stays
// where it is.
void show_pointed_nodes(Panel& panel) {
  const std::vector<int>& pointed = panel.view().pointed_nodes;
  if (pointed == panel.gesture.pointed) return;
  panel.gesture.pointed = pointed;
  if (panel.view().camera.fit || panel.gesture.kind != Gesture::none) return;
  const Rect clear = panel.canvas.clear_area().inset(panel.context.px(16));
  Point moved;
  for (int number : pointed) {
    if (number < 0 || number >= static_cast<int>(panel.layout.nodes.size())) continue;
    const Rect rect = panel.canvas.to_pixels(panel.layout.nodes[static_cast<std::size_t>(number)]);
    const auto into = [](float from, float to, float low, float high) {
      return from < low ? low - from : to > high ? std::max(high - to, low - from) : 0;
    };
    if (moved.x == 0) moved.x = into(rect.x, rect.right(), clear.x, clear.right());
    if (moved.y == 0) moved.y = into(rect.y, rect.bottom(), clear.y, clear.bottom());
  }
  if (moved.x == 0 && moved.y == 0) return;
  Point& offset = panel.view().camera.offset;
  offset = {offset.x + moved.x, offset.y + moved.y};
}

void draw_canvas(const PanelContext& context, Rect rect) {
  const Timeline& timeline = context.session.timeline();
  CanvasGesture& gesture = context.interaction.of<CanvasGesture>();
  const GraphLayout& layout = layout_for(gesture, timeline.graph());
  // Zooming from the keyboard starts from what is seen.
  if (context.view.camera.fit) context.view.camera = fitted(layout, rect, context.scale);
  Panel panel = {context, timeline, layout,
                 canvas_of(context.view.camera, layout, rect, context.scale), gesture};
  handle_input(panel);
  show_pointed_nodes(panel);
  panel.canvas = canvas_of(context.view.camera, layout, rect, context.scale);

  ImGuiPainter painter = painter_for(context);
  draw_canvas_dots(painter, panel.canvas, context.theme, context.scale);
  draw_graph(painter, timeline, layout, context.view, context.theme, context.scale, rect,
             marks_of(context.session, context.view));
  draw_canvas_hint(panel, painter, draw_sample_chip(panel, painter));
  note_probes(panel);
  draw_buttons(panel);
  draw_value_entry(panel);
}

}  // namespace

Rect beside_graph_buttons(const PanelContext& context, Rect rect) {
  rect.width = buttons_in(context, rect).rect.x - rect.x;
  return rect;
}

void forget_canvas_gesture(InteractionState& interaction) { interaction.of<CanvasGesture>() = {}; }

void draw_graph_panel(const PanelContext& context, Rect rect) {
  ImGui::SetNextWindowPos({rect.x, rect.y});
  ImGui::SetNextWindowSize({rect.width, rect.height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("graph", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse |
                   ImGuiWindowFlags_NoNav);
  draw_canvas(context, rect);
  ImGui::End();
  ImGui::PopStyleVar(2);
}

}  // namespace backstep
