#include "app/graph/step_words.h"

#include <algorithm>

#include "app/explain/branches.h"
#include "app/explain/symbols.h"
#include "app/explain/training_words.h"
#include "app/paint/numbers.h"
#include "core/base/text.h"
#include "core/stepping/optimizers.h"

namespace backstep {
namespace {

constexpr Index most_terms = 3;

// The names of the operands and the output in a formula.
Words names_for(const Graph& graph, const Node& node, int number) {
  Words words = {{"y", symbol_in_formula(graph, number)}};
  for (const auto& [option, value] : option_words(*node.op, node.call))
    words.emplace_back(option, factor(value));
  for (std::size_t i = 0; i < node.inputs.size(); ++i)
    words.emplace_back(node.op->operands[i], symbol_in_formula(graph, node.inputs[i]));
  return words;
}

// ---- forward ----

// The entry to show: the node's only one or the selected one; -1 if there is none.
Index followed(const Node& node, int number, const Selection& selection) {
  if (node.value.shape.size() == 1) return 0;
  return selection.node == number && selection.entry < node.value.shape.size() ? selection.entry
                                                                               : -1;
}

std::string shapes_of(const Graph& graph, const Node& node) {
  const std::string operands = joined(
      node.inputs, " , ", [&](int input) { return to_string(graph.node(input).value.shape); });
  return operands + " → " + to_string(node.value.shape);
}

// The formula with the numbers of one entry, or nothing if that is too long.
std::string with_numbers(const Node& node, Index entry) {
  const Op& op = *node.op;
  const Expansion& sum = op.expansion;
  if (op.is_elementwise() && !sum.term) {
    NumberWords numbers = option_words(op, node.call);
    for (int i = 0; i < op.operand_count(); ++i)
      numbers.emplace_back(op.operands[i], node.call.in[i][entry]);
    return fill_in_numbers(op.formula, numbers);
  }
  if (!sum.term) return "";
  const Index count = sum.count(node.call);
  if (count > most_terms) return "";
  std::string terms;
  for (Index k = 0; k < count; ++k)
    terms += (k > 0 ? " + " : "") + fill_in_numbers(sum.term, term_words(op, node.call, entry, k));
  Words words = {{"terms", terms}, {"n", std::to_string(count)}};
  for (const auto& [name, value] : term_words(op, node.call, entry, 0))
    words.emplace_back(name, formula_number(value));
  return fill_in(sum.around, words);
}

StepWords forward_words(const Graph& graph, int number, const Selection& selection) {
  const Node& node = graph.node(number);
  StepWords words;
  words.title = (node.name.empty() ? "" : pretty_name(node.name) + " = ") + pretty_text(node);
  const Index entry = followed(node, number, selection);
  const std::string numbers = entry >= 0 ? with_numbers(node, entry) : "";
  if (numbers.empty())
    words.lines.push_back({{shapes_of(graph, node), Tone::plain}});
  else
    words.lines.push_back(
        {{numbers + " = ", Tone::plain}, {formula_number(node.value[entry]), Tone::value}});
  return words;
}

// ---- backward ----

struct Factors {
  bool known = false;
  double upstream = 0, local = 0, contribution = 0;
};

// One upstream number times one local derivative, if that is all of the step for the
// entry shown.
Factors entry_factors(const Graph& graph, const Node& node, int number, const GraphEdge& edge,
                      const Selection& selection) {
  const Index entry = followed(graph.node(edge.from), edge.from, selection);
  if (node.op->is_elementwise()) {
    if (edge.broadcast && node.value.shape.size() > 1) return {};
    const Index place = entry >= 0 ? entry : followed(node, number, selection);
    if (place < 0) return {};
    return {true, node.gradient[place], edge.local[place], edge.contribution[place]};
  }
  const Partial& partial = node.op->partials[edge.operand];
  if (node.value.shape.size() > 1 || entry < 0 || !partial.local_at) return {};
  return {true, node.gradient[0], partial.local_at(node.call, 0, entry), edge.contribution[entry]};
}

// The same for whole matrices, with their names.
StyledText matrix_line(const Graph& graph, const Node& node, int number, const GraphEdge& edge) {
  const std::string local =
      in_parentheses(fill_in(open_branches(node.op->partials[edge.operand].formula, graph, number),
                             names_for(graph, node, number)));
  const TextPiece upstream = {gradient_symbol(graph, number), Tone::gradient};
  StyledText line;
  if (node.op->is_elementwise())
    line = {upstream, {" ⊙ ", Tone::soft}, {local, Tone::value}};
  else if (edge.operand == 0)
    line = {upstream, {" · ", Tone::soft}, {local, Tone::value}};
  else
    line = {{local, Tone::value}, {" · ", Tone::soft}, upstream};
  line.push_back({"  " + to_string(graph.node(edge.from).value.shape), Tone::soft});
  return line;
}

StepWords backward_words(const Graph& graph, int number, const Selection& selection) {
  const Node& node = graph.node(number);
  StepWords words;
  words.title = "upstream × local";
  const auto served = std::count_if(node.edges_in.begin(), node.edges_in.end(),
                                    [&](int edge) { return graph.edge(edge).carries_gradient; });
  for (int index : node.edges_in) {
    const GraphEdge& edge = graph.edge(index);
    if (!edge.carries_gradient) continue;
    StyledText line;
    if (served > 1) line.push_back({"→ " + symbol(graph, edge.from) + "  ", Tone::soft});
    const Factors f = entry_factors(graph, node, number, edge, selection);
    const StyledText rest =
        f.known ? StyledText{{with_minus(short_number(f.upstream)), Tone::gradient},
                             {" × ", Tone::soft},
                             {with_minus(short_number(f.local)), Tone::value},
                             {" = ", Tone::soft},
                             {with_minus(short_number(f.contribution)), Tone::gradient}}
                : matrix_line(graph, node, number, edge);
    line.insert(line.end(), rest.begin(), rest.end());
    words.lines.push_back(line);
  }
  return words;
}

// ---- update ----

// The part before the sign leads, so that the signs of all lines can be aligned.
StyledText led(const std::string& lead, const std::string& sign, const std::string& rest,
               Tone tone) {
  return {{lead, Tone::plain}, {sign, Tone::soft}, {rest, tone}};
}

StyledText formula_line(const std::string& line) {
  const std::string sign = " ← ";
  const std::size_t at = line.find(sign);
  if (at == std::string::npos) return {{line, Tone::plain}};
  return led(line.substr(0, at), sign, line.substr(at + sign.size()), Tone::plain);
}

// As short as still tells `number` from `other`.
std::string telling(double number, double other) {
  const bool same = number != other && short_number(number) == short_number(other);
  return with_minus(same ? full_number(number) : short_number(number));
}

// The entry that is followed as it was and as it is.
StyledText change_line(const Timeline& timeline, int number, Index entry) {
  const Node& node = timeline.graph().node(number);
  const double before = timeline.leaf_at_start(number).entries[static_cast<std::size_t>(entry)];
  return {{symbol(timeline.graph(), number) + entry_symbol(node.value.shape, entry), Tone::plain},
          {" : ", Tone::soft},
          {telling(before, node.value[entry]), Tone::value},
          {" → ", Tone::soft},
          {telling(node.value[entry], before), Tone::update}};
}

// θ ← θ − η·∂L/∂θ and nothing else.
StepWords plain_update_words(const Timeline& timeline, int number, Index entry) {
  const Node& node = timeline.graph().node(number);
  const std::string name = symbol(timeline.graph(), number);
  StepWords words;
  words.title = name + " − learning rate × " + gradient_symbol(timeline.graph(), number);
  if (entry < 0) {
    words.lines.push_back(
        {{name + " − " + exact_number(timeline.learning_rate()) + " × ", Tone::plain},
         {gradient_symbol(timeline.graph(), number), Tone::gradient},
         {"  " + to_string(node.value.shape), Tone::soft}});
    return words;
  }
  const double before = timeline.leaf_at_start(number).entries[static_cast<std::size_t>(entry)];
  words.lines.push_back({{telling(before, node.value[entry]), Tone::value},
                         {" − " + exact_number(timeline.learning_rate()) + " × ", Tone::soft},
                         {factor(node.gradient[entry]), Tone::gradient},
                         {" = ", Tone::soft},
                         {telling(node.value[entry], before), Tone::update}});
  return words;
}

StepWords optimizer_words(const Timeline& timeline, int number, Index entry) {
  const Training& training = timeline.updater().training_of(number);
  const std::string name = symbol(timeline.graph(), number),
                    gradient = gradient_symbol(timeline.graph(), number);
  StepWords words;
  words.title = name + " by " + find_optimizer(training.optimizer)->label;
  words.lines.push_back(led("g", " = ", gradient_used(training, gradient, name), Tone::gradient));
  for (const std::string& line : update_lines(timeline, training, name))
    words.lines.push_back(formula_line(line));
  if (entry >= 0) words.lines.push_back(change_line(timeline, number, entry));
  return words;
}

StepWords update_words(const Timeline& timeline, int number, const Selection& selection) {
  const std::string name = symbol(timeline.graph(), number);
  const Index entry = followed(timeline.graph().node(number), number, selection);
  if (!timeline.updater().updates_in(timeline.position().update))
    return {name + " adds its gradient",
            {{{text("the update comes after pass {}", pass_of_next_update(timeline)), Tone::plain}}}};
  return is_plain_descent(timeline.updater().training_of(number))
             ? plain_update_words(timeline, number, entry)
             : optimizer_words(timeline, number, entry);
}

}  // namespace

StepWords step_words(const Timeline& timeline, const Tick& now, const Selection& selection) {
  switch (now.phase) {
    case Phase::forward:
      return forward_words(timeline.graph(), now.node, selection);
    case Phase::backward:
      return backward_words(timeline.graph(), now.node, selection);
    case Phase::update:
      return update_words(timeline, now.node, selection);
  }
  return {};
}

}  // namespace backstep
