#include "app/graph/hover_text.h"

#include "app/explain/explain.h"
#include "app/explain/training_words.h"
#include "app/paint/numbers.h"

namespace backstep {
namespace {

constexpr std::size_t most_letters = 60;

std::string shortened_source(const std::string& text) {
  if (text.size() <= most_letters) return text;
  std::size_t end = most_letters;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

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
  const Shape shape = node.value.shape;
  if (shape.size() == 1 || hit.part == HitPart::card || hit.part == HitPart::none) return "";
  return "[" + std::to_string(hit.entry / shape.columns) + "," +
         std::to_string(hit.entry % shape.columns) + "]";
}

std::string numbers_of(const Timeline& timeline, const Node& node, const Hit& hit) {
  std::string text = timeline.value_known(hit.node)
                         ? "value  " + exact_number(node.value[hit.entry])
                         : "value  not computed yet";
  if (is_of_next_pass(timeline, hit.node)) {
    const Matrix before = timeline.leaf_at_start(hit.node);
    text += ", updated; in this pass it is " +
            exact_number(before.entries[static_cast<std::size_t>(hit.entry)]);
  }
  if (!node.has_gradient) return text;
  text += "\ngradient  ";
  switch (timeline.gradient_arrived(hit.node)) {
    case Arrived::nothing:
      return text + "has not come back yet";
    case Arrived::some:
      return text + exact_number(node.gradient[hit.entry]) + " so far, more is to come";
    case Arrived::all:
      break;
  }
  return text + exact_number(node.gradient[hit.entry]);
}

std::string origin_of(const Node& node, const std::string& program) {
  const std::string leaf = node.op ? "" : source_of(node, program);
  return "line " + std::to_string(node.source.line) + ":  " +
         (node.name.empty() ? "" : node.name + " = ") +
         shortened_source(leaf.empty() ? node.text : leaf);
}

std::string advice(const Node& node, const Hit& hit) {
  if (hit.part != HitPart::value) return "";
  if (node.is_editable()) return "\ndrag to change, click to type";
  return node.op ? "\ncomputed from its operands: change those" : "\npart of the program's text";
}

}  // namespace

std::string hover_text(const Timeline& timeline, const Hit& hit, const std::string& program) {
  const Graph& graph = timeline.graph();
  const Node& node = graph.node(hit.node);
  const std::string layer = graph.layers()[static_cast<std::size_t>(node.layer)];
  std::string text = graph.label(hit.node) + place_of(node, hit) + "  ·  " + kind_words(node) +
                     "  ·  " + to_string(node.value.shape);
  if (!layer.empty())
    text += "  ·  " + std::string(layer.starts_with("layer") ? "" : "layer ") + layer;
  const bool one_entry =
      node.value.shape.size() == 1 || hit.part == HitPart::value || hit.part == HitPart::gradient;
  if (one_entry) text += "\n" + numbers_of(timeline, node, hit);
  return text + "\n" + origin_of(node, program) + advice(node, hit);
}

}  // namespace backstep
