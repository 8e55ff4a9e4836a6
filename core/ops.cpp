#include "core/ops.h"

namespace backstep {

const Op* find_op(std::string_view token, Spelling spelling) {
  for (const Op& op : all_ops())
    if (op.spelling == spelling && op.token == token) return &op;
  return nullptr;
}

std::string fill_in(std::string_view formula, const WordFor& word_for) {
  std::string text;
  while (!formula.empty()) {
    const std::size_t open = formula.find('{');
    text += formula.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = formula.find('}', open);
    const std::string name(formula.substr(open + 1, close - open - 1));
    formula.remove_prefix(close + 1);
    text += word_for(name, text, formula);
  }
  return text;
}

std::string fill_in(std::string_view formula, const Words& words) {
  return fill_in(formula, [&](const std::string& name, const std::string&, std::string_view) {
    for (const auto& [word, replacement] : words)
      if (word == name) return replacement;
    return std::string();
  });
}

}  // namespace backstep
