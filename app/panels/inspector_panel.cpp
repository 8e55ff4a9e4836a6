#include "app/panels/inspector_panel.h"

#include <imgui.h>

#include <algorithm>

#include "app/explain/symbols.h"
#include "app/panels/inspector_cards.h"
#include "app/panels/probe.h"
#include "app/panels/widgets.h"

namespace backstep {
namespace {

// The node looked at: the selected one, else that of the last tick; -1 before
// the first.
int inspected_node(const PanelContext& context) {
  const Timeline& timeline = context.session.timeline();
  const int selected = context.view.selection.node;
  const int nodes = static_cast<int>(timeline.graph().nodes().size());
  if (selected >= 0 && selected < nodes) return selected;
  const int tick = timeline.position().tick;
  return tick > 0 ? timeline.tick(tick).node : -1;
}

void draw_header(const PanelContext& context, const Inspected& inspected) {
  const Theme& theme = context.theme;
  section_title(context, "INSPECTOR", inspected.words.name + inspected.words.entry);
  gap(context, 6);
  text_wrapped(context, Face::bold, 19, theme.text, inspected.words.title);
  text_wrapped(context, Face::ui, 12.5f, theme.text_soft, inspected.words.subtitle);
  if (context.view.selection.node >= 0) {
    gap(context, 2);
    if (text_link(context, "follow", Face::ui, 12, theme.text_faint, "‹ follow the steps again"))
      context.view.selection = {};
    probe("inspector.follow");
  }
  gap(context, 10);
}

void draw_cards(const PanelContext& context, const Inspected& inspected) {
  if (inspected.node.is_leaf()) {
    draw_value_card(context, inspected);
    draw_origin_card(context, inspected);
    draw_nudge_card(context, inspected);
    draw_source_card(context, inspected);
    return;
  }
  draw_forward_card(context, inspected);
  draw_chain_rule_card(context, inspected);
  draw_nudge_card(context, inspected);
  draw_value_card(context, inspected);
  draw_origin_card(context, inspected);
}

void draw_how_to_begin(const PanelContext& context) {
  const Theme& theme = context.theme;
  section_title(context, "INSPECTOR");
  gap(context, 8);
  begin_card(context, "HOW TO BEGIN");
  text_wrapped(context, Face::ui, 13, theme.text,
               "Nothing is computed yet. Step, and this panel shows each operation as it runs.");
  gap(context, 8);
  const std::pair<const char*, const char*> keys[] = {
      {"→", "one operation on"}, {"←", "one back"}, {"Space", "play"}};
  for (const auto& [key, what] : keys)
    flowing_text(context, Face::ui, 13,
                 {{std::string(key) + "  ", theme.text}, {what, theme.text_soft}});
  gap(context, 8);
  text_wrapped(
      context, Face::ui, 13, theme.text_soft,
      "A click on a node of the graph holds it here; its numbers can be dragged and typed.");
  end_card(context);
}

}  // namespace

void draw_inspector_panel(const PanelContext& context, Rect rect) {
  begin_panel("inspector", rect, context);
  probe("inspector", rect);
  const int index = inspected_node(context);
  if (index < 0) {
    draw_how_to_begin(context);
  } else {
    const Timeline& timeline = context.session.timeline();
    const Node& node = timeline.graph().node(index);
    const Index last = node.value.shape.size() - 1;
    const Index entry = std::clamp<Index>(context.view.selection.entry, 0, last);
    const Explanation words = explain(timeline, index, entry);
    const Inspected inspected = {index, entry, node, words};
    ImGui::PushID(index);
    draw_header(context, inspected);
    draw_cards(context, inspected);
    ImGui::PopID();
  }
  end_panel();
}

}  // namespace backstep
