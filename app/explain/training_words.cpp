#include "app/explain/training_words.h"

#include <algorithm>

#include "app/explain/symbols.h"
#include "app/paint/numbers.h"
#include "core/stepping/optimizers.h"

namespace backstep {
namespace {

constexpr const char* between_lines = ";  ";

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

const Optimizer& optimizer_of(const Training& training) {
  return *find_optimizer(training.optimizer);
}

bool decays_through_gradient(const Training& training) {
  return training.weight_decay != 0 && !optimizer_of(training).decouples_decay;
}

bool pulls_to_zero(const Training& training) {
  return training.l1 != 0 && training.l1_stops_at_zero;
}

// What is done to every gradient, in the order in which it is done.
std::vector<std::string> clipping(const Training& training) {
  std::vector<std::string> parts;
  if (training.clip_norm > 0)
    parts.push_back("norm clipped at " + exact_number(training.clip_norm));
  if (training.clip_value > 0)
    parts.push_back("entries clipped at ±" + exact_number(training.clip_value));
  return parts;
}

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

// The numbers before and after, where the parameter is a single one.
std::string change_of(const Timeline& timeline, int parameter) {
  const Node& node = timeline.graph().node(parameter);
  if (node.value.shape.size() > 1) return "";
  const double before = timeline.leaf_at_start(parameter).entries.front();
  return with_minus(short_number(before)) + " → " + with_minus(short_number(node.value[0]));
}

}  // namespace

bool is_plain_descent(const Training& training) {
  return training.optimizer == "sgd" && training.weight_decay == 0 && training.l1 == 0 &&
         training.clip_norm == 0 && training.clip_value == 0 && training.accumulate == 1 &&
         training.zero_gradients;
}

std::vector<std::string> update_lines(const Timeline& timeline, const Training& training,
                                      const std::string& name) {
  const long number = (timeline.position().update + 1) / training.accumulate;
  std::string formula = optimizer_of(training).formula;
  replace_all(formula, "η", exact_number(training.learning_rate));
  replace_all(formula, "β", exact_number(training.momentum));
  replace_all(formula, "λ", exact_number(training.weight_decay));
  replace_all(formula, "^t", "^" + std::to_string(number));
  replace_all(formula, "θ", name);
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < formula.size();) {
    const std::size_t end = std::min(formula.find(between_lines, begin), formula.size());
    lines.push_back(formula.substr(begin, end - begin));
    begin = end + std::string(between_lines).size();
  }
  if (pulls_to_zero(training))
    lines.push_back(name + " ← " + name + " − " + exact_number(training.learning_rate) + "·" +
                    exact_number(training.l1) + "·sign " + name + ", not across 0");
  return lines;
}

std::string gradient_used(const Training& training, const std::string& gradient,
                          const std::string& name) {
  const std::string passes = std::to_string(training.accumulate);
  std::vector<std::string> parts = {gradient};
  if (!training.zero_gradients)
    parts = {"sum of " + gradient + " over all passes so far" +
             (training.accumulate > 1 ? " ÷ " + passes : "")};
  else if (training.accumulate > 1)
    parts = {"mean of " + gradient + " over " + passes + " passes"};
  for (const std::string& part : clipping(training)) parts.push_back(part);
  if (decays_through_gradient(training))
    parts.push_back("plus " + exact_number(training.weight_decay) + "·" + name);
  if (training.l1 != 0 && !pulls_to_zero(training))
    parts.push_back("plus " + exact_number(training.l1) + "·sign " + name);
  return joined(parts, ", ");
}

long pass_of_next_update(const Timeline& timeline) {
  const long every = timeline.training().accumulate;
  return (timeline.position().update / every + 1) * every;
}

std::string words_of_edit(const Timeline& timeline, int leaf, Position from,
                          const std::string& way_back) {
  const long update = timeline.position().update;
  const std::string batch = batch_words(timeline, ", ");
  const std::string pass = update == from.update
                               ? "This pass is run anew"
                               : "Pass " + std::to_string(update + 1) +
                                     (batch.empty() ? "" : " (" + batch + ")") + " is run";
  return symbol(timeline.graph(), leaf) + " is edited. " + pass +
         " with it, to the end of its backward pass. " + way_back + " goes back.";
}

bool is_of_next_pass(const Timeline& timeline, int leaf) {
  return timeline.is_updated(leaf) && timeline.updater().updates_in(timeline.position().update);
}

std::string describe_update(const Timeline& timeline, int parameter) {
  const Training& training = timeline.updater().training_of(parameter);
  const std::string name = symbol(timeline.graph(), parameter),
                    gradient = gradient_symbol(timeline.graph(), parameter);
  if (!timeline.updater().updates_in(timeline.position().update))
    return name + " adds its gradient; update after pass " +
           std::to_string(pass_of_next_update(timeline));
  if (is_plain_descent(training))
    return name + " ← " + name + " − " + exact_number(training.learning_rate) + " · " + gradient;
  const std::string change = change_of(timeline, parameter);
  return name + (change.empty() ? "" : " " + change) + " by " + optimizer_of(training).label +
         ":  g = " + gradient_used(training, gradient, name) + between_lines +
         joined(update_lines(timeline, training, name), between_lines);
}

std::string batch_words(const Timeline& timeline, const std::string& between) {
  const Batches& batches = timeline.batches();
  if (batches.per_epoch() <= 1) return "";
  const long update = timeline.position().update;
  return "epoch " + std::to_string(batches.epoch_of(update) + 1) + between + "batch " +
         std::to_string(update % batches.per_epoch() + 1) + " of " +
         std::to_string(batches.per_epoch());
}

namespace {

// ", the last of 1" where samples do not fill a batch.
std::string words_of_rest(const Batches& batches) {
  if (batches.remainder() == 0) return "";
  const std::string rest = std::to_string(batches.remainder());
  return batches.has_smaller() ? ", the last of " + rest : ", the last " + rest + " left out";
}

}  // namespace

std::string training_words(const Timeline& timeline) {
  const Training& training = timeline.training();
  const Batches& batches = timeline.batches();
  const bool in_batches = batches.batch_size() < batches.samples();
  if (is_plain_descent(training) && !in_batches) return "";
  const Optimizer& optimizer = optimizer_of(training);
  std::vector<std::string> parts = {optimizer.label};
  if (optimizer.uses_momentum) parts.back() += " " + exact_number(training.momentum);
  if (in_batches)
    parts.push_back("batches of " + std::to_string(batches.batch_size()) +
                    (training.shuffle ? ", shuffled" : "") + words_of_rest(batches));
  if (training.accumulate > 1)
    parts.push_back("an update every " + std::to_string(training.accumulate) + " passes");
  for (const std::string& part : clipping(training)) parts.push_back(part);
  const std::string whose = training.weights_only ? " of weights" : "";
  if (training.weight_decay != 0)
    parts.push_back("L2 " + exact_number(training.weight_decay) + whose);
  if (training.l1 != 0)
    parts.push_back("L1 " + exact_number(training.l1) + whose +
                    (pulls_to_zero(training) ? " that stops at 0" : ""));
  if (!training.zero_gradients) parts.push_back("gradients never zeroed");
  return joined(parts, " · ");
}

}  // namespace backstep
