#include "core/slips/prediction_slips.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/analysis/paths.h"
#include "core/base/text.h"
#include "core/engine/passes.h"
#include "core/slips/broken_rules.h"

namespace backstep {

namespace {

constexpr std::size_t most_nodes_tried = 24;  // each of them is tried by itself
constexpr std::size_t most_ways = 12;         // each of them gives a wrong answer

// ---- what lies on the way ----------------------------------------------------

// The ops between a node and the loss, in program order.
std::vector<int> ops_on_the_way(const Graph& graph, int from) {
  std::vector<bool> reached(graph.nodes().size());
  reached[static_cast<std::size_t>(from)] = true;
  std::vector<int> ops;
  for (int op : graph.ops()) {
    if (!graph.node(op).reaches_loss) continue;
    const auto& inputs = graph.node(op).inputs;
    if (std::none_of(inputs.begin(), inputs.end(),
                     [&](int input) { return reached[static_cast<std::size_t>(input)]; }))
      continue;
    reached[static_cast<std::size_t>(op)] = true;
    ops.push_back(op);
  }
  return ops;
}

// "sigmoid(z1)" or, if the node has a name, "a1 = sigmoid(z1)".
std::string described(const Graph& graph, int op) {
  const Node& node = graph.node(op);
  return node.name.empty() ? node.text : node.name + " = " + node.text;
}

using Break = bool (*)(Graph& graph, int node);

// The gradient one gets with broken rules in `ops`.
double gradient_with(const Graph& graph, const Question& question, const std::vector<int>& ops,
                     Break break_rule) {
  Graph broken = graph.clone();
  for (int op : ops) break_rule(broken, op);
  begin_backward(broken);
  for (int op : broken.backward_ops()) backward(broken, op);
  return broken.node(question.node).gradient[question.entry];
}

// The answers with the rule of one op broken, for each op that has it, and with all of
// them broken.
std::vector<WrongAnswer> answers_with(const Graph& graph, const Question& question,
                                      Break break_rule,
                                      std::string (*words)(const Graph& graph, int op),
                                      const char* words_for_all) {
  std::vector<int> fitting;
  Graph trial = graph.clone();
  for (int op : ops_on_the_way(graph, question.node))
    if (fitting.size() < most_nodes_tried && break_rule(trial, op)) fitting.push_back(op);
  std::vector<WrongAnswer> answers;
  for (int op : fitting)
    answers.push_back({gradient_with(graph, question, {op}, break_rule), words(graph, op)});
  if (fitting.size() > 1)
    answers.push_back({gradient_with(graph, question, fitting, break_rule), words_for_all});
  return answers;
}

// ---- the slips -----------------------------------------------------------------

std::vector<WrongAnswer> wrong_sign(const Graph& graph, const Question& question) {
  return {{-truth_of(graph, question), "The size is right, the sign is not."}};
}

std::vector<WrongAnswer> forgot_slope(const Graph& graph, const Question& question) {
  if (question.asked != Asked::gradient) return {};
  const auto left_out = [](const Graph& in, int op) {
    return text("That leaves out the slope of {}.", described(in, op));
  };
  auto answers = answers_with(graph, question, forget_slope, left_out,
                              "That leaves out the slopes of all functions on the way.");
  const auto shares = shares_of_gradient(graph, question.node, question.entry);
  if (shares.size() == 1)
    answers.push_back({shares[0].upstream,
                       text("That is what comes from above; it is still to be multiplied by the "
                            "slope here, {}.",
                            in_words(shares[0].local))});
  return answers;
}

std::vector<WrongAnswer> weight_for_input(const Graph& graph, const Question& question) {
  if (question.asked != Asked::gradient) return {};
  const auto own = [](const Graph& in, int op) {
    return text(
        "The derivative of a product by one side is the other side: in {} this takes the side "
        "itself.",
        described(in, op));
  };
  return answers_with(
      graph, question, take_own_value, own,
      "The derivative of a product by one side is the other side; this takes the sides "
      "themselves.");
}

// Where a value is a sum, or an entry of a product of matrices: one of its terms.
std::vector<WrongAnswer> one_term_only(const Graph& graph, const Question& question) {
  const Node& node = graph.node(question.node);
  const std::string_view op = node.op ? node.op->name : "";
  if (op != "matmul" && op != "sum" && op != "add") return {};
  const char* const one_side = "That is only one side of the sum.";
  if (op == "add")
    return {{node.call.in[0][question.entry], one_side},
            {node.call.in[1][question.entry], one_side}};
  const Index count = node.op->expansion.count(node.call);
  if (count < 2 || count > static_cast<Index>(most_ways)) return {};
  std::vector<WrongAnswer> answers;
  for (Index k = 0; k < count; ++k) {
    const Term term = node.op->expansion.entries(node.call, question.entry, k);
    const double other = op == "matmul" ? node.call.in[1][term[1]] : 1;
    answers.push_back(
        {node.call.in[0][term[0]] * other, text("That is only one term; {} are added up.", count)});
  }
  return answers;
}

std::vector<WrongAnswer> one_path_only(const Graph& graph, const Question& question) {
  if (question.asked == Asked::value) return one_term_only(graph, question);
  std::vector<WrongAnswer> answers;
  const std::string added = " The contributions of all paths are added up.";
  std::vector<int> edges = graph.node(question.node).edges_out;
  std::erase_if(edges, [&](int edge) { return !graph.edge(edge).carries_gradient; });
  if (edges.size() > 1)
    for (int edge : edges)
      answers.push_back({graph.edge(edge).contribution[question.entry],
                         text("That is only what comes back from {}.{}",
                              described(graph, graph.edge(edge).to), added)});
  const Paths paths = paths_to_loss(graph, question.node, question.entry, most_ways);
  if (paths.count < 2 || paths.count > static_cast<double>(most_ways)) return answers;
  for (const GradientPath& path : paths.strongest)
    answers.push_back({path.product, text("That is only one path to the loss; there are {}.{}",
                                          static_cast<int>(paths.count), added)});
  return answers;
}

std::vector<WrongAnswer> forgot_mean(const Graph& graph, const Question& question) {
  const auto left_out = [](const Graph& in, int op) {
    return text("That forgets the mean: {} divides by {}.", described(in, op),
                in_words(divisor_of(in.node(op))));
  };
  if (question.asked == Asked::gradient)
    return answers_with(graph, question, forget_mean, left_out,
                        "That forgets the means: each divides by its number of terms.");
  const double n = divisor_of(graph.node(question.node));
  if (n == 1) return {};
  return {{n * truth_of(graph, question), left_out(graph, question.node)}};
}

constexpr SlipRow slip_table[] = {
    {Slip::wrong_sign, wrong_sign},
    {Slip::forgot_slope, forgot_slope},
    {Slip::weight_for_input, weight_for_input},
    {Slip::one_path_only, one_path_only},
    {Slip::forgot_mean, forgot_mean},
};

}  // namespace

std::span<const SlipRow> all_slips() { return slip_table; }

std::vector<Share> shares_of_gradient(const Graph& graph, int index, Index entry) {
  constexpr Index most_entries = 4096;
  std::vector<Share> shares;
  const Shape shape = graph.node(index).value.shape;
  for (int number : graph.node(index).edges_out) {
    const GraphEdge& edge = graph.edge(number);
    const Node& user = graph.node(edge.to);
    const Partial& partial = user.op->partials[static_cast<std::size_t>(edge.operand)];
    if (!edge.carries_gradient) continue;
    if (user.value.shape.size() > most_entries) return {};
    const Shape out = user.value.shape;
    if (user.op->is_elementwise()) {
      broadcast_targets(shape, out, entry).for_each(out.columns, [&](Index to) {
        shares.push_back({user.gradient[to], edge.local[to]});
      });
      continue;
    }
    for (Index to = 0; to < out.size(); ++to) {
      const double local = partial.local_at(user.call, to, entry);
      if (local != 0) shares.push_back({user.gradient[to], local});
    }
  }
  return shares;
}

std::string in_words(double number) {
  char buffer[32];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, number + 0.0, std::chars_format::general, 4)
          .ptr;
  const std::string digits(buffer, end);
  return digits.starts_with('-') ? "−" + digits.substr(1) : digits;
}

}  // namespace backstep
