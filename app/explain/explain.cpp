#include "app/explain/explain.h"

#include <algorithm>

#include "app/explain/chain_rule.h"
#include "app/explain/pass_values.h"
#include "app/explain/symbols.h"
#include "app/paint/numbers.h"
#include "core/base/text.h"

namespace backstep {
namespace {

// ---- forward --------------------------------------------------------------------

// The formula of an elementwise op with the numbers of one entry.
std::string elementwise_numbers(const Graph& graph, PassValues& values, int index, Index entry) {
  const Node& node = graph.node(index);
  NumberWords numbers = option_words(*node.op, node.call);
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    const Shape operand = graph.node(node.inputs[i]).value.shape;
    const Index from = broadcast_source(operand, node.value.shape, entry);
    numbers.emplace_back(node.op->operands[i], values.value(node.inputs[i], from));
  }
  return fill_in_numbers(node.op->formula, numbers);
}

// How one entry is computed, by the op's expansion: "0.5·0.4 + 0.8·0.6".
std::string expanded_numbers(const Graph& graph, PassValues& values, int index, Index entry) {
  const Op& op = *graph.node(index).op;
  const Call call = values.call(index);
  const Index count = op.expansion.count(call);
  std::string terms;
  for (Index k = 0; k < std::min(count, shown_terms); ++k) {
    const std::string term = fill_in_numbers(op.expansion.term, term_words(op, call, entry, k));
    const bool falls = k > 0 && term.starts_with("−");
    terms += k == 0 ? term : falls ? " − " + term.substr(std::string("−").size()) : " + " + term;
  }
  if (count > shown_terms) terms += text(" + … {} more", count - shown_terms);
  std::string around = op.expansion.around;
  const std::size_t bracket = around.find("({terms})");
  if (count == 1 && bracket != std::string::npos) around.replace(bracket, 9, "{terms}");
  Words words = {{"terms", terms}, {"n", std::to_string(count)}};
  for (const auto& [name, number] : term_words(op, call, entry, 0))
    words.emplace_back(name, formula_number(number));
  return fill_in(around, words);
}

Equations forward_of(const Timeline& timeline, PassValues& values, int index, Index entry) {
  const Graph& graph = timeline.graph();
  const Node& node = graph.node(index);
  const std::string place = entry_symbol(node.value.shape, entry);
  Equations equations;
  equations.push_back({symbol(graph, index), {{fill_in_symbols(node.op->formula, graph, index)}}});
  const bool is_expanded = node.op->expansion.term;
  const bool has_numbers = node.op->is_elementwise() || is_expanded;
  if (values.operands_known(index) && has_numbers)
    equations.push_back({place,
                         {{is_expanded ? expanded_numbers(graph, values, index, entry)
                                       : elementwise_numbers(graph, values, index, entry)}}});
  const std::string left = equations.size() == 1 ? place : "";
  if (values.known(index))
    equations.push_back({left, {{formula_number(node.value[entry]), Tone::value}}});
  else
    equations.push_back({left, {{tick_sentence(timeline, Phase::forward, index), Tone::faint}}});
  return equations;
}

// ---- backward -------------------------------------------------------------------

std::vector<Contribution> handed_on(const Timeline& timeline, PassValues& values, int index,
                                    Index entry) {
  const Graph& graph = timeline.graph();
  std::vector<Contribution> parts;
  for (int edge : graph.node(index).edges_in)
    if (graph.edge(edge).carries_gradient)
      parts.push_back(
          explain_edge(timeline, values, edge, entry_behind(timeline, values, edge, entry)));
  return parts;
}

std::vector<Contribution> received(const Timeline& timeline, PassValues& values, int index,
                                   Index entry) {
  const Graph& graph = timeline.graph();
  std::vector<Contribution> parts;
  for (int edge : graph.node(index).edges_out)
    if (graph.edge(edge).carries_gradient)
      parts.push_back(explain_edge(timeline, values, edge, entry));
  return parts;
}

// "∂L/∂x = 3 + 3 = 6", or how many contributions are still to come.
Equations total_of(const Timeline& timeline, int index, Index entry,
                   const std::vector<Contribution>& parts) {
  if (parts.size() < 2) return {};
  const Graph& graph = timeline.graph();
  const Node& node = graph.node(index);
  Equation sum = {gradient_symbol(graph, index) + entry_symbol(node.value.shape, entry), {}};
  Index arrived = 0, missing = 0;
  for (const Contribution& part : parts) {
    if (!part.known && ++missing) continue;
    if (++arrived > shown_terms) continue;
    const bool minus = arrived > 1 && part.amount < 0;
    if (arrived > 1) sum.right.push_back({minus ? " − " : " + "});
    sum.right.push_back({formula_number(minus ? -part.amount : part.amount), Tone::upstream});
  }
  if (arrived > shown_terms)
    sum.right.push_back({text(" + … {} more", arrived - shown_terms), Tone::faint});
  if (missing > 0)
    sum.right.push_back({text("{}{} still to come", arrived ? " + … " : "", missing), Tone::faint});
  if (missing > 0) return {sum};
  return {sum, {"", {{formula_number(node.gradient[entry]), Tone::gradient}}}};
}

// ---- words ----------------------------------------------------------------------

const char* node_kind_words(const Node& node) {
  switch (node.kind) {
    case NodeKind::input:
      return "input";
    case NodeKind::target:
      return "target";
    case NodeKind::parameter:
      return "parameter";
    case NodeKind::constant:
      return "number";
    case NodeKind::op:
      return node.op->name;
  }
  return "";
}

// The name given on the line that an unnamed node is part of, or nothing.
std::string line_name(const Graph& graph, const Node& node) {
  if (!node.name.empty()) return "";
  for (const Node& other : graph.nodes())
    if (other.source.line == node.source.line && !other.name.empty())
      return pretty_name(other.name);
  return "";
}

std::string node_subtitle(const Graph& graph, const Node& node) {
  std::string text = node_kind_words(node);
  if (node.value.shape.size() > 1) text += " · " + to_string(node.value.shape);
  const std::string whole = line_name(graph, node);
  if (!whole.empty()) text += " · part of " + whole;
  const std::string& layer = graph.layers()[static_cast<std::size_t>(node.layer)];
  // A layer called "layer 3" needs no second "layer".
  const bool says_layer = layer.find("layer") != std::string::npos;
  if (!layer.empty()) text += " · " + layer + (says_layer ? "" : " layer");
  return text + " · line " + std::to_string(node.source.line);
}

std::string node_title(const Graph& graph, int index) {
  const Node& node = graph.node(index);
  if (node.is_leaf()) return symbol(graph, index);
  return (node.name.empty() ? "" : symbol(graph, index) + " = ") + pretty_text(node);
}

std::string when_of_gradient(const Timeline& timeline, int index) {
  const Graph& graph = timeline.graph();
  const Node& node = graph.node(index);
  if (!node.has_gradient) return "a bare number has none";
  if (!node.reaches_loss) return "the loss does not depend on it";
  if (timeline.gradient_arrived(index) == Arrived::all) return "";
  if (index == graph.loss()) return tick_sentence(timeline, Phase::backward, index);
  // The backward pass goes in reverse, so the last contribution comes from the user that
  // is first in program order.
  for (int edge : node.edges_out)
    if (graph.edge(edge).carries_gradient)
      return tick_sentence(timeline, Phase::backward, graph.edge(edge).to);
  return "";
}

}  // namespace

std::string equation_text(const Equation& equation) {
  std::string text = equation.left.empty() ? "" : equation.left + " ";
  text += equation.sign + std::string(" ");
  for (const TextPiece& piece : equation.right) text += piece.text;
  return text;
}

Explanation explain(const Timeline& timeline, int index, Index entry) {
  const Graph& graph = timeline.graph();
  const Node& node = graph.node(index);
  PassValues values(timeline);
  Explanation result;
  result.name = symbol(graph, index);
  result.gradient = gradient_symbol(graph, index);
  result.entry = entry_symbol(node.value.shape, entry);
  result.title = node_title(graph, index);
  result.subtitle = node_subtitle(graph, node);
  result.receives = received(timeline, values, index, entry);
  result.total = total_of(timeline, index, entry, result.receives);
  result.gradient_when = when_of_gradient(timeline, index);
  if (!timeline.value_known(index))
    result.value_when = tick_sentence(timeline, Phase::forward, index);
  if (node.is_leaf()) return result;
  result.note = node.op->note;
  result.forward = forward_of(timeline, values, index, entry);
  result.hands_on = handed_on(timeline, values, index, entry);
  return result;
}

std::string source_of(const Node& node, const std::string& program) {
  constexpr std::size_t longest = 160;
  if (node.source.end > program.size() || node.source.begin >= node.source.end) return "";
  std::string source = program.substr(node.source.begin, node.source.end - node.source.begin);
  std::replace(source.begin(), source.end(), '\n', ' ');
  if (source.size() <= longest) return source;
  return std::string(beginning(source, longest)) + " …";
}

}  // namespace backstep
