#include "app/graph/hover_text.h"

#include "app/explain/explain.h"
#include "app/explain/symbols.h"
#include "app/explain/training_words.h"
#include "app/paint/numbers.h"
#include "core/base/text.h"

namespace backstep {
namespace {

constexpr std::size_t most_letters = 60;

std::string kind_words(const Node& node) {
  switch (node.kind) {
    case NodeKind::parameter:
      return "parameter";
    case NodeKind::op:
      return node.op->name;
    default:
      return name_of(node.kind);
  }
}

std::string place_of(const Node& node, const Hit& hit) {
  if (hit.part == HitPart::card || hit.part == HitPart::none) return "";
  return entry_symbol(node.value.shape, hit.entry);
}

std::string value_line(const Timeline& timeline, const Node& node, const Hit& hit) {
  if (!timeline.value_known(hit.node)) return "value  not computed yet";
  const std::string value = exact_number(node.value[hit.entry]);
  if (!is_of_next_pass(timeline, hit.node)) return "value  " + value;
  const Matrix before = timeline.leaf_at_start(hit.node);
  return text("value  {}, updated; in this pass it is {}", value,
              exact_number(before.entries[static_cast<std::size_t>(hit.entry)]));
}

std::string gradient_line(const Timeline& timeline, const Node& node, const Hit& hit) {
  const std::string gradient = exact_number(node.gradient[hit.entry]);
  switch (timeline.gradient_arrived(hit.node)) {
    case Arrived::nothing:
      return "gradient  not computed yet";
    case Arrived::some:
      return text("gradient  {} so far, more to come", gradient);
    case Arrived::all:
      break;
  }
  return "gradient  " + gradient;
}

std::string origin_of(const Node& node, const std::string& program) {
  const std::string leaf = node.op ? "" : source_of(node, program);
  return text("line {}:  {}{}{}", node.source.line, node.name, node.name.empty() ? "" : " = ",
              shortened(leaf.empty() ? node.text : leaf, most_letters));
}

std::string advice(const Node& node, const Hit& hit) {
  if (hit.part != HitPart::value) return "";
  if (node.is_editable()) return "\ndrag to change, click to type";
  return node.op ? "\ncomputed from its operands; edit those" : "\npart of the program's text";
}

}  // namespace

std::string hover_text(const Timeline& timeline, const Hit& hit, const std::string& program) {
  const Graph& graph = timeline.graph();
  const Node& node = graph.node(hit.node);
  const std::string layer = graph.layers()[static_cast<std::size_t>(node.layer)];
  std::string lines = text("{}{}  ·  {}  ·  {}", graph.label(hit.node), place_of(node, hit),
                           kind_words(node), to_string(node.value.shape));
  if (!layer.empty()) lines += text("  ·  {}{}", layer.starts_with("layer") ? "" : "layer ", layer);
  const bool one_entry =
      node.value.shape.size() == 1 || hit.part == HitPart::value || hit.part == HitPart::gradient;
  if (one_entry) lines += "\n" + value_line(timeline, node, hit);
  if (one_entry && node.has_gradient) lines += "\n" + gradient_line(timeline, node, hit);
  return lines + "\n" + origin_of(node, program) + advice(node, hit);
}

}  // namespace backstep
