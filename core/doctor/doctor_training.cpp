// Ailments of training: gradients that are never zeroed, a learning rate that is too
// high or too low, a loss that is stuck.
#include <algorithm>
#include <cmath>

#include "core/base/number_words.h"
#include "core/base/text.h"
#include "core/doctor/doctor_chart.h"
#include "core/stepping/optimizers.h"

namespace backstep {

namespace {

// A learning rate that is too high shows within a few epochs, one that is too low later.
constexpr long epochs_to_judge = 4;
constexpr long epochs_to_be_slow = 20;
// The loss has risen when it is so many times the first one: in the first epochs a
// large rise counts, later a small one, and it must be worse than guessing as well.
constexpr double risen_at_once = 10;
constexpr double risen = 1.2;
constexpr double worse_than_guessing = 1.05;  // times the baseline
constexpr double far_moved = 0.5;             // share of the size of the weights
constexpr double hardly_moved = 0.01;
constexpr double hardly_fallen = 0.1;  // share of the first loss
constexpr std::size_t rows_of_bouncing = 20, min_rows_of_bouncing = 6;
// The loss bounces when this share of recent epochs raised it by more than `bounce` of it.
constexpr double bounce = 0.1;
constexpr double often = 0.25;
constexpr long epochs_to_be_stuck = 30;

// How many of the recent epochs raised the loss markedly.
struct Bouncing {
  long ups = 0, epochs = 0;
  bool is_wild() const {
    return epochs >= static_cast<long>(min_rows_of_bouncing) &&
           static_cast<double>(ups) >= often * static_cast<double>(epochs);
  }
};

Bouncing bouncing_of(const std::vector<double>& losses) {
  Bouncing bouncing;
  const std::size_t rows = std::min(rows_of_bouncing, losses.size() - 1);
  for (std::size_t i = losses.size() - rows; i < losses.size(); ++i)
    bouncing.ups += losses[i] > (1 + bounce) * losses[i - 1];
  bouncing.epochs = static_cast<long>(rows);
  return bouncing;
}

std::string in_epochs(long epochs) {
  return grouped(epochs) + " " + plural(epochs, "epoch");
}

Finding too_high(const Chart& chart, std::string text) {
  Finding finding;
  finding.text = std::move(text) + " With a learning rate of " +
                 number_text(chart.setup().training.learning_rate) + " updates overshoot.";
  finding.remedies = {learning_rate_times(chart, 0.1), learning_rate_times(chart, 1.0 / 3)};
  if (chart.setup().training.clip_norm == 0) finding.remedies.push_back(remedy("clip_norm", "1"));
  return finding;
}

// Whether the optimizer is Adam or derived from it, so that Adam is no remedy.
bool uses_adam(const Chart& chart) {
  return find_optimizer(chart.setup().training.optimizer)->corrects_bias;
}

std::optional<Finding> test_never_zeroed(const Chart& chart) {
  if (chart.setup().training.zero_gradients) return {};
  Finding finding;
  finding.text =
      "Every pass adds its gradients to those of all passes before, as in a loop that forgot "
      "zero_grad: updates go where the loss fell long ago.";
  finding.remedies = {remedy("zero_gradients", "on")};
  return finding;
}

std::optional<Finding> test_rate_too_high(const Chart& chart) {
  if (chart.losses().size() < 2 || chart.learned()) return {};
  const bool early = chart.epoch < epochs_to_judge;
  const bool bad = chart.loss > worse_than_guessing * chart.baseline;
  if (bad && chart.loss > (early ? risen_at_once : risen) * chart.first)
    return too_high(chart, "Loss rose from " + two_digits(chart.first) + " to " +
                               two_digits(chart.loss) + " in " + in_epochs(chart.epoch) + ".");
  if (early) return {};
  const Bouncing bouncing = bouncing_of(chart.losses());
  if (bouncing.is_wild())
    return too_high(chart, "Loss goes up and down: " + grouped(bouncing.ups) + " of the last " +
                               in_epochs(bouncing.epochs) + " raised it by a tenth or more.");
  const bool falls = chart.losses().back() < chart.first;
  if (bad && !falls && chart.moved() > far_moved)
    return too_high(
        chart,
        "Loss is " + two_digits(chart.loss) + ", worse than the " + two_digits(chart.baseline) +
            (chart.baseline_known ? " of always guessing the mean." : " before any update."));
  return {};
}

std::optional<Finding> test_rate_too_low(const Chart& chart) {
  if (chart.epoch < epochs_to_be_slow || chart.learned()) return {};
  const double fallen = 1 - chart.loss / chart.first;
  if (fallen > hardly_fallen || fallen < 0) return {};
  const double moved = chart.moved();
  if (moved > hardly_moved) return {};
  Finding finding;
  finding.text = "In " + in_epochs(chart.epoch) + " the parameters have moved by at most " +
                 in_percent(moved) + " of their size, and the loss has fallen by " +
                 in_percent(fallen) + ". The learning rate is " +
                 number_text(chart.setup().training.learning_rate) + ".";
  finding.remedies = {learning_rate_times(chart, 100), learning_rate_times(chart, 10)};
  if (!uses_adam(chart)) finding.remedies.push_back(remedy("optimizer", "adam"));
  return finding;
}

std::optional<Finding> test_stuck(const Chart& chart) {
  if (chart.still_epochs() < epochs_to_be_stuck || chart.learned(0.5)) return {};
  Finding finding;
  finding.text = chart.still_sentence() + " It is " + two_digits(chart.loss) +
                 (chart.baseline_known
                      ? "; always guessing the mean would give " + two_digits(chart.baseline) + "."
                      : ".");
  if (!uses_adam(chart)) finding.remedies.push_back(remedy("optimizer", "adam"));
  finding.remedies.push_back(learning_rate_times(chart, 10));
  if (chart.setup().network && !chart.setup().network->widths.empty()) {
    const int width = *std::max_element(chart.setup().network->widths.begin(),
                                        chart.setup().network->widths.end());
    finding.remedies.push_back(remedy("width", std::to_string(std::min(2 * width, widest_layer))));
  }
  return finding;
}

}  // namespace

std::vector<Ailment> ailments_of_training() {
  return {
      {.name = "never_zeroed",
       .title = "gradients are never zeroed",
       .place = 20,
       .test = test_never_zeroed},
      {.name = "rate_too_high",
       .title = "learning rate too high",
       .place = 30,
       .test = test_rate_too_high,
       .explained_by = {"not_finite", "never_zeroed"}},
      {.name = "rate_too_low",
       .title = "learning rate too low",
       .place = 80,
       .test = test_rate_too_low,
       .explained_by = {"not_finite", "never_zeroed", "vanishing", "dead_relus", "saturated"}},
      {.name = "stuck",
       .title = "the loss is stuck",
       .place = 90,
       .test = test_stuck,
       .explained_by = {"not_finite", "never_zeroed", "exploding", "vanishing", "dead_relus",
                        "saturated", "rate_too_high", "rate_too_low"}},
  };
}

}  // namespace backstep
