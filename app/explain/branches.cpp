#include "app/explain/branches.h"

#include <optional>
#include <vector>

#include "core/base/number_words.h"

namespace backstep {

namespace {

struct Branch {
  std::string_view text, condition;  // an empty condition is "else"
};

std::vector<Branch> branches_of(std::string_view formula) {
  constexpr std::string_view when = " if ", next = ", ", otherwise = "else ";
  std::vector<Branch> branches;
  for (;;) {
    const std::size_t at = formula.find(when);
    if (at == formula.npos) {
      branches.push_back({formula, {}});
      return branches;
    }
    const std::size_t end = formula.find(next, at);
    branches.push_back(
        {formula.substr(0, at), formula.substr(at + when.size(), end - at - when.size())});
    if (end == formula.npos) return branches;
    formula.remove_prefix(end + next.size());
    if (formula.starts_with(otherwise)) formula.remove_prefix(otherwise.size());
  }
}

// The number that `word` has in every pass of this op, if there is one.
std::optional<double> known_number(std::string_view word, const Graph& graph, const Node& node) {
  if (!word.starts_with('{')) {
    double number = 0;
    return read_number(word, number) ? std::optional(number) : std::nullopt;
  }
  const std::string_view name = word.substr(1, word.size() - 2);
  for (const auto& [option, number] : option_words(*node.op, node.call))
    if (name == option) return number;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    const Node& operand = graph.node(node.inputs[i]);
    const bool is_number = operand.kind == NodeKind::constant && !operand.has_gradient;
    if (name == node.op->operands[i] && is_number) return operand.value[0];
  }
  return std::nullopt;
}

bool compares(double left, std::string_view sign, double right) {
  return sign == ">"   ? left > right
         : sign == "<" ? left < right
         : sign == "≥" ? left >= right
         : sign == "≤" ? left <= right
         : sign == "=" ? left == right
                       : left != right;
}

// Whether a condition such as "{a} = 0 and {b} ≥ 0" holds; nothing if that depends on the
// pass.
std::optional<bool> decided(std::string_view condition, const Graph& graph, const Node& node) {
  if (condition == "training") return graph.pass().mode == PassMode::training;
  std::vector<std::string_view> words;
  while (!condition.empty()) {
    const std::size_t end = condition.find(' ');
    words.push_back(condition.substr(0, end));
    condition.remove_prefix(end == condition.npos ? condition.size() : end + 1);
  }
  bool all_known = true;
  for (std::size_t i = 0; i + 2 < words.size(); i += 2) {
    if (words[i + 1] == "and") continue;
    const auto left = known_number(words[i], graph, node),
               right = known_number(words[i + 2], graph, node);
    if (!left || !right)
      all_known = false;
    else if (!compares(*left, words[i + 1], *right))
      return false;
  }
  return all_known ? std::optional(true) : std::nullopt;
}

}  // namespace

std::string open_branches(std::string_view formula, const Graph& graph, int op) {
  std::string text;
  for (const Branch& branch : branches_of(formula)) {
    const std::optional<bool> holds =
        branch.condition.empty() ? true : decided(branch.condition, graph, graph.node(op));
    if (holds == false) continue;
    text += (holds && !text.empty() ? "else " : "") + std::string(branch.text);
    if (holds) break;
    text += " if " + std::string(branch.condition) + ", ";
  }
  return text;
}

}  // namespace backstep
