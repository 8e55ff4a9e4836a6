#include "core/slips/prediction.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/number_words.h"
#include "core/base/text.h"
#include "core/slips/prediction_slips.h"

namespace backstep {

namespace {

// ---- what was typed ------------------------------------------------------------

// In lower case, without blanks, and with "-" for every kind of minus sign.
std::string tidied(std::string text) {
  for (const char* minus : {"−", "–"})
    for (std::size_t at; (at = text.find(minus)) != std::string::npos;)
      text.replace(at, std::string_view(minus).size(), "-");
  std::erase_if(text, [](char c) {
    return std::string_view(" \t\n\v\f\r").find(c) != std::string_view::npos;
  });
  return lower_case(text);
}

struct Typed {
  double number = 0;
  int digits = 0;         // significant digits
  double last_place = 0;  // what 1 in the last digit is worth
};

// Reads a number with a decimal point or comma.
std::optional<Typed> typed_number(std::string text) {
  if (text.starts_with('+')) text.erase(0, 1);
  if (std::count(text.begin(), text.end(), ',') == 1 && text.find('.') == std::string::npos)
    text[text.find(',')] = '.';
  Typed typed;
  if (text.starts_with('+') || !read_number(text, typed.number)) return {};
  double exponent = 0;
  const std::size_t e = text.find('e');
  if (e != std::string::npos) read_number(text.substr(e + (text[e + 1] == '+' ? 2 : 1)), exponent);
  bool behind_point = false;
  for (char c : text.substr(0, e)) {
    if (c == '.') behind_point = true;
    if (!is_digit(c)) continue;
    if (c != '0' || typed.digits > 0) ++typed.digits;
    if (behind_point) --exponent;
  }
  typed.last_place = std::pow(10.0, exponent);
  return typed;
}

// Whether the number typed agrees with `truth` to the digits typed, at least two of
// them, or within half a percent.
bool agrees(const Typed& typed, double truth) {
  const double difference = std::abs(typed.number - truth);
  constexpr double nothing = 1e-12;
  if (difference <= std::max(nothing, 0.005 * std::abs(truth)) &&
      (typed.number == 0) == (truth == 0))
    return true;
  if (typed.number == 0) return std::abs(truth) < nothing;
  return typed.digits >= 2 && difference <= 0.5000001 * typed.last_place;
}

// −1, 0 or 1 for a sign that is typed as a sign, a word or a number.
std::optional<int> typed_sign(const std::string& text) {
  const auto is_one_of = [&](std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return text == word; });
  };
  if (is_one_of({"+", "plus", "positive", "pos", "up", "rises", "grows"})) return 1;
  if (is_one_of({"-", "minus", "negative", "neg", "down", "falls", "shrinks"})) return -1;
  if (is_one_of({"zero", "none", "nothing", "flat"})) return 0;
  const auto number = typed_number(text);
  if (!number) return {};
  return (number->number > 0) - (number->number < 0);
}

// ---- what is said about it -------------------------------------------------------

// "1 × 0.42", "0.3 × 0.5 + 0.1 × 0.2"
std::string products_in_words(const std::vector<Share>& shares) {
  return joined(shares, " + ", [](const Share& share) {
    return in_words(share.upstream) + " × " + in_words(share.local);
  });
}

std::string praise(const Graph& graph, const Question& question, double truth) {
  const std::string number = in_words(truth);
  if (question.asked == Asked::value)
    return text("Right: {} is {}.", graph.label(question.node), number);
  const auto shares = shares_of_gradient(graph, question.node, question.entry);
  if (shares.empty()) return text("Right: it is {}.", number);
  if (shares.size() > 3)
    return text("Right: {} contributions add up to {}.", shares.size(), number);
  const std::string products = products_in_words(shares);
  if (shares.size() == 1) return text("Right: upstream times slope, {}, is {}.", products, number);
  return text("Right: upstream times slope, added up: {} is {}.", products, number);
}

std::string sign_in_words(const Graph& graph, int node, double sign) {
  const std::string name = graph.label(node);
  if (sign == 0)
    return text("The gradient is 0: a small change of {} does not change the loss.", name);
  return text("The gradient is {}: a larger {} makes the loss {}.",
              sign > 0 ? "positive" : "negative", name, sign > 0 ? "larger" : "smaller");
}

Judgement judge_sign(const Graph& graph, const Question& question, const std::string& answer) {
  Judgement judgement;
  judgement.truth = truth_of(graph, question);
  const auto sign = typed_sign(answer);
  if (!sign) {
    judgement.slip = Slip::unknown;
    judgement.words = "Type +, − or 0.";
    return judgement;
  }
  judgement.right = *sign == judgement.truth;
  const bool opposite = *sign != 0 && *sign == -judgement.truth;
  judgement.slip = judgement.right ? Slip::none : opposite ? Slip::wrong_sign : Slip::unknown;
  judgement.words =
      (judgement.right ? "Right. " : "No. ") + sign_in_words(graph, question.node, judgement.truth);
  return judgement;
}

}  // namespace

double truth_of(const Graph& graph, const Question& question) {
  const Node& node = graph.node(question.node);
  if (question.asked == Asked::value) return node.value[question.entry];
  const double gradient = node.gradient[question.entry];
  return question.asked == Asked::gradient ? gradient : (gradient > 0) - (gradient < 0);
}

Judgement judge(const Graph& graph, const Question& question, const std::string& answer) {
  const std::string typed_text = tidied(answer);
  if (question.asked == Asked::sign_of_gradient) return judge_sign(graph, question, typed_text);
  Judgement judgement;
  judgement.slip = Slip::unknown;
  judgement.truth = truth_of(graph, question);
  const auto typed = typed_number(typed_text);
  if (!typed) {
    judgement.words = "That is not a number. Type one such as 0.25, −3 or 1.5e-4.";
    return judgement;
  }
  if (agrees(*typed, judgement.truth)) {
    judgement.right = true;
    judgement.slip = Slip::none;
    judgement.words = praise(graph, question, judgement.truth);
    return judgement;
  }
  for (const SlipRow& row : all_slips())
    for (const WrongAnswer& wrong : row.answers(graph, question)) {
      if (wrong.number == 0 || !agrees(*typed, wrong.number)) continue;
      judgement.slip = row.slip;
      judgement.words = wrong.words;
      return judgement;
    }
  judgement.words = question.asked == Asked::value
                        ? "That is not the number."
                        : "That is not the number. It is upstream times slope, added up over every "
                          "path to the loss.";
  return judgement;
}

}  // namespace backstep
