#include "core/slips/prediction.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>

#include "core/base/number_words.h"
#include "core/slips/prediction_slips.h"

namespace backstep {

namespace {

// ---- what was typed ------------------------------------------------------------

// Small letters without spaces around; every minus sign a "-".
std::string tidied(std::string text) {
  for (const char* minus : {"−", "–"})
    for (std::size_t at; (at = text.find(minus)) != std::string::npos;)
      text.replace(at, std::string_view(minus).size(), "-");
  std::erase_if(text, [](unsigned char c) { return std::isspace(c); });
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

struct Typed {
  double number = 0;
  int digits = 0;         // significant ones
  double last_place = 0;  // what 1 in the last digit is worth
};

// A number as typed, with a decimal point or comma.
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
    if (!std::isdigit(static_cast<unsigned char>(c))) continue;
    if (c != '0' || typed.digits > 0) ++typed.digits;
    if (behind_point) --exponent;
  }
  typed.last_place = std::pow(10.0, exponent);
  return typed;
}

// Whether the number typed is `truth` to the digits typed, at least two of them,
// or nearly so.
bool agrees(const Typed& typed, double truth) {
  const double difference = std::abs(typed.number - truth);
  constexpr double nothing = 1e-12;
  if (difference <= std::max(nothing, 0.005 * std::abs(truth)) &&
      (typed.number == 0) == (truth == 0))
    return true;
  if (typed.number == 0) return std::abs(truth) < nothing;
  return typed.digits >= 2 && difference <= 0.5000001 * typed.last_place;
}

// −1, 0 or 1 for a sign as typed, in signs, words or numbers.
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
  std::string text;
  for (const Share& share : shares)
    text += (text.empty() ? "" : " + ") + in_words(share.upstream) + " × " + in_words(share.local);
  return text;
}

std::string praise(const Graph& graph, const Question& question, double truth) {
  const std::string is = " is " + in_words(truth) + ".";
  if (question.asked == Asked::value) return "Right: " + graph.label(question.node) + is;
  const auto shares = shares_of_gradient(graph, question.node, question.entry);
  if (shares.size() == 1)
    return "Right: upstream times slope, " + products_in_words(shares) + "," + is;
  if (shares.size() == 2 || shares.size() == 3)
    return "Right: upstream times slope, added up: " + products_in_words(shares) + is;
  if (shares.size() > 3)
    return "Right: " + std::to_string(shares.size()) + " contributions add up to " +
           in_words(truth) + ".";
  return "Right: it" + is;
}

std::string sign_in_words(const Graph& graph, int node, double sign) {
  const std::string name = graph.label(node);
  if (sign == 0) return "The gradient is 0: a small change of " + name + " changes no loss.";
  return std::string("The gradient is ") + (sign > 0 ? "positive" : "negative") + ": a larger " +
         name + " makes the loss " + (sign > 0 ? "larger." : "smaller.");
}

Judgement judge_sign(const Graph& graph, const Question& question, const std::string& answer) {
  Judgement judgement;
  judgement.truth = truth_of(graph, question);
  const auto sign = typed_sign(answer);
  if (!sign) {
    judgement.slip = Slip::unknown;
    judgement.words = "A sign is + or − or 0.";
    return judgement;
  }
  judgement.right = *sign == judgement.truth;
  const bool opposite = *sign != 0 && *sign == -judgement.truth;
  judgement.slip = judgement.right ? Slip::none : opposite ? Slip::wrong_sign : Slip::unknown;
  judgement.words = (judgement.right ? "Right. " : "It is not. ") +
                    sign_in_words(graph, question.node, judgement.truth);
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
  const std::string text = tidied(answer);
  if (question.asked == Asked::sign_of_gradient) return judge_sign(graph, question, text);
  Judgement judgement;
  judgement.slip = Slip::unknown;
  judgement.truth = truth_of(graph, question);
  const auto typed = typed_number(text);
  if (!typed) {
    judgement.words = "That is no number; 0.25, −3 and 1.5e-4 are.";
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
                        ? "It is another number."
                        : "It is another number: upstream times slope, along every way to the "
                          "loss, added up.";
  return judgement;
}

}  // namespace backstep
