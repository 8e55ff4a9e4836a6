#include "app/panels/inspector/inspector_panel.h"

#include <imgui.h>

#include <algorithm>

#include "app/commands/commands.h"
#include "app/panels/inspector/inspector_cards.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"

namespace backstep {

void draw_forward_card(const PanelContext& context, const Inspected& inspected);
void draw_chain_rule_card(const PanelContext& context, const Inspected& inspected);
void draw_origin_card(const PanelContext& context, const Inspected& inspected);
void draw_nudge_card(const PanelContext& context, const Inspected& inspected);
void draw_value_card(const PanelContext& context, const Inspected& inspected);
void draw_source_card(const PanelContext& context, const Inspected& inspected);
void draw_paths_card(const PanelContext& context, const Inspected& inspected);

// `inspected` is null while nothing is.
void draw_bug_card(const PanelContext& context, const Inspected* inspected);
void draw_precision_card(const PanelContext& context, const Inspected* inspected);
void draw_checks_card(const PanelContext& context, const Inspected* inspected);
void draw_proofs_card(const PanelContext& context);

namespace {

enum class Of { leaf, operation, every_node };

// The cards of a node, from top to bottom. Those of a leaf begin with its numbers,
// those of an operation end with them. A card without anything to say about a
// node draws nothing.
struct NodeCard {
  Of nodes;
  void (*draw)(const PanelContext&, const Inspected&);
};
constexpr NodeCard node_cards[] = {
    {Of::leaf, draw_value_card},        {Of::leaf, draw_origin_card},
    {Of::operation, draw_forward_card}, {Of::operation, draw_chain_rule_card},
    {Of::every_node, draw_nudge_card},  {Of::every_node, draw_paths_card},
    {Of::leaf, draw_source_card},       {Of::operation, draw_value_card},
    {Of::operation, draw_origin_card},
};

// Above those of a node, while they have something to say.
constexpr void (*proof_cards[])(const PanelContext&, const Inspected*) = {
    draw_bug_card,
    draw_precision_card,
    draw_checks_card,
};

// The inspected node: the selected one, or else that of the last tick; -1 before
// the first tick.
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
    if (text_link(context, "follow", Face::ui, 12, theme.text_faint, "‹ follow the current step"))
      context.view.selection = {};
    probe(context, "inspector.follow");
  }
  gap(context, 10);
}

void draw_node_cards(const PanelContext& context, const Inspected& inspected) {
  const Of kind = inspected.node.is_leaf() ? Of::leaf : Of::operation;
  for (const NodeCard& card : node_cards)
    if (card.nodes == kind || card.nodes == Of::every_node) card.draw(context, inspected);
}

void draw_proof_cards(const PanelContext& context, const Inspected* inspected) {
  for (const auto draw : proof_cards) draw(context, inspected);
}

void draw_key(const PanelContext& context, CommandId id) {
  const Command& command = command_of(id);
  flowing_text(context, Face::ui, 13, {{name_of(command.keys) + "  "}, {command.says, Tone::soft}},
               context.px(12));
}

void draw_how_to_begin(const PanelContext& context) {
  const Theme& theme = context.theme;
  draw_proof_cards(context, nullptr);
  section_title(context, "INSPECTOR");
  gap(context, 8);
  begin_card(context, "GETTING STARTED");
  text_wrapped(context, Face::ui, 13, theme.text,
               "Nothing is computed yet. As you step, this panel shows each operation.");
  gap(context, 8);
  for (CommandId id : {CommandId::step, CommandId::step_back, CommandId::play})
    draw_key(context, id);
  gap(context, 8);
  text_wrapped(
      context, Face::ui, 13, theme.text_soft,
      "Click a node of the graph to keep it here; drag or type its numbers to change them.");
  end_card(context);
  draw_proofs_card(context);
}

void draw_no_graph(const PanelContext& context) {
  section_title(context, "INSPECTOR");
  gap(context, 8);
  begin_card(context, "NOTHING TO INSPECT");
  text_wrapped(context, Face::ui, 13, context.theme.text_soft,
               "The program cannot run yet; the message below the program says what to correct.");
  end_card(context);
}

void draw_node(const PanelContext& context, int index) {
  const Timeline& timeline = context.session.timeline();
  const Node& node = timeline.graph().node(index);
  const Index last = node.value.shape.size() - 1;
  const Index entry = std::clamp<Index>(context.view.selection.entry, 0, last);
  const Explanation words = explain(timeline, index, entry);
  const Inspected inspected = {index, entry, node, words};
  draw_proof_cards(context, &inspected);
  ImGui::PushID(index);
  draw_header(context, inspected);
  draw_node_cards(context, inspected);
  ImGui::PopID();
  draw_proofs_card(context);
}

}  // namespace

void draw_inspector_panel(const PanelContext& context, Rect rect) {
  begin_panel("inspector", rect, context);
  probe(context, "inspector", rect);
  const int index = inspected_node(context);
  if (!context.session.runs())
    draw_no_graph(context);
  else if (index < 0)
    draw_how_to_begin(context);
  else
    draw_node(context, index);
  end_panel(context);
}

}  // namespace backstep
