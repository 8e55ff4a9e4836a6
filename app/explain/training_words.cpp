#include "app/explain/training_words.h"

#include <algorithm>

#include "app/explain/symbols.h"
#include "app/paint/numbers.h"
#include "core/base/text.h"
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

// How every gradient is clipped, in the order in which that is done.
std::vector<std::string> clipping(const Training& training) {
  std::vector<std::string> parts;
  if (training.clip_norm > 0)
    parts.push_back("norm clipped at " + exact_number(training.clip_norm));
  if (training.clip_value > 0)
    parts.push_back("entries clipped at ±" + exact_number(training.clip_value));
  return parts;
}

// The numbers before and after, if the parameter is a single number.
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
    lines.push_back(text("{0} ← {0} − {1}·{2}·sign {0}, not across 0", name,
                         exact_number(training.learning_rate), exact_number(training.l1)));
  return lines;
}

std::string gradient_used(const Training& training, const std::string& gradient,
                          const std::string& name) {
  std::vector<std::string> parts = {gradient};
  if (!training.zero_gradients && training.accumulate > 1)
    parts = {text("sum of {} over all passes so far ÷ {}", gradient, training.accumulate)};
  else if (!training.zero_gradients)
    parts = {text("sum of {} over all passes so far", gradient)};
  else if (training.accumulate > 1)
    parts = {text("mean of {} over {} passes", gradient, training.accumulate)};
  for (const std::string& part : clipping(training)) parts.push_back(part);
  if (decays_through_gradient(training))
    parts.push_back(text("plus {}·{}", exact_number(training.weight_decay), name));
  if (training.l1 != 0 && !pulls_to_zero(training))
    parts.push_back(text("plus {}·sign {}", exact_number(training.l1), name));
  return joined(parts, ", ");
}

long pass_of_next_update(const Timeline& timeline) {
  const long every = timeline.training().accumulate;
  return (timeline.position().update / every + 1) * every;
}

std::string edit_words(const Timeline& timeline, int leaf, Position from,
                       const std::string& way_back) {
  const long update = timeline.position().update;
  const std::string batch = batch_words(timeline, ", ");
  const std::string pass = update == from.update ? "This pass is run again"
                           : batch.empty()       ? text("Pass {} is run", update + 1)
                                                 : text("Pass {} ({}) is run", update + 1, batch);
  return text("{} is edited. {} with it, to the end of its backward pass. {} goes back.",
              symbol(timeline.graph(), leaf), pass, way_back);
}

bool is_of_next_pass(const Timeline& timeline, int leaf) {
  return timeline.is_updated(leaf) && timeline.updater().updates_in(timeline.position().update);
}

std::string describe_update(const Timeline& timeline, int parameter) {
  const Training& training = timeline.updater().training_of(parameter);
  const std::string name = symbol(timeline.graph(), parameter),
                    gradient = gradient_symbol(timeline.graph(), parameter);
  if (!timeline.updater().updates_in(timeline.position().update))
    return text("{} adds its gradient; update after pass {}", name, pass_of_next_update(timeline));
  if (is_plain_descent(training))
    return text("{0} ← {0} − {1} · {2}", name, exact_number(training.learning_rate), gradient);
  const std::string change = change_of(timeline, parameter);
  return text("{}{}{} by {}:  g = {}{}{}", name, change.empty() ? "" : " ", change,
              optimizer_of(training).label, gradient_used(training, gradient, name), between_lines,
              joined(update_lines(timeline, training, name), between_lines));
}

std::string batch_words(const Timeline& timeline, const std::string& between) {
  const Batches& batches = timeline.batches();
  if (batches.per_epoch() <= 1) return "";
  const long update = timeline.position().update;
  return text("epoch {}{}batch {} of {}", batches.epoch_of(update) + 1, between,
              update % batches.per_epoch() + 1, batches.per_epoch());
}

namespace {

// ", the last of 1", if the samples do not fill the last batch.
std::string remainder_words(const Batches& batches) {
  if (batches.remainder() == 0) return "";
  if (batches.has_smaller()) return text(", the last of {}", batches.remainder());
  return text(", the last {} left out", batches.remainder());
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
    parts.push_back(text("batches of {}{}{}", batches.batch_size(),
                         training.shuffle ? ", shuffled" : "", remainder_words(batches)));
  if (training.accumulate > 1)
    parts.push_back(text("an update every {} passes", training.accumulate));
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
