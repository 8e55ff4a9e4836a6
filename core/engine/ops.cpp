#include "core/engine/ops.h"

namespace backstep {

NumberWords option_words(const Op& op, const Call& call) {
  NumberWords words;
  for (std::size_t i = 0; i < op.options.size(); ++i)
    words.emplace_back(op.options[i].name, call.options[i]);
  return words;
}

NumberWords term_words(const Op& op, const Call& call, Index o, Index k) {
  NumberWords words = option_words(op, call);
  const Term entries = op.expansion.entries(call, o, k);
  for (std::size_t i = 0; i < op.operands.size(); ++i)
    words.emplace_back(op.operands[i], call.in[i][entries[i]]);
  if (op.expansion.numbers)
    for (auto& word : op.expansion.numbers(call, o, k)) words.push_back(std::move(word));
  return words;
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
