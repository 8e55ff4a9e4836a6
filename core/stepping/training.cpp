#include "core/stepping/training.h"

#include <type_traits>

#include "core/base/random.h"

namespace backstep {

namespace {

constexpr double huge = 1e9;

const TrainingSetting setting_table[] = {
    {"learning_rate", "Learning rate", "θ ← θ − η·step", "How far one update goes.",
     &Training::learning_rate, 0, huge},
    {"momentum", "Momentum", "v ← β·v + g", "How much of the last step the next one keeps.",
     &Training::momentum, 0, 0.999999},
    {"batch_size", "Batch size", "g = mean over the batch",
     "Samples in a pass: all of them, a mini-batch, or one.", &Training::batch_size, 0, 1e6, "all"},
    {"shuffle", "Shuffle", "another order in every epoch",
     "Without it every epoch deals the same batches.", &Training::shuffle, 0, 1},
    {"seed", "Shuffle seed", "order = permutation(seed, epoch)",
     "The same seed deals the same batches.", &Training::seed, 0,
     static_cast<double>(highest_seed)},
    {"drop_last", "Drop last batch", "only whole batches",
     "Leaves the samples that do not fill a batch out of the epoch.", &Training::drop_last, 0, 1},
    {"weight_decay", "L2", "g ← g + λ·θ",
     "Pulls every parameter toward 0; AdamW does it apart from the gradient.",
     &Training::weight_decay, 0, huge, "off"},
    {"l1", "L1", "g ← g + λ·sign θ", "Pulls every parameter to 0 by the same amount.",
     &Training::l1, 0, huge, "off"},
    {"l1_stops_at_zero", "L1 stops at 0", "θ ← θ − η·λ·sign θ after the update, not across 0",
     "A weight that L1 would carry across 0 is 0 from then on, as in TensorFlow Playground.",
     &Training::l1_stops_at_zero, 0, 1},
    {"weights_only", "Decay weights only", "λ = 0 for biases",
     "L2 and L1 leave out biases and what the norms learn.", &Training::weights_only, 0, 1},
    {"clip_norm", "Clip gradient norm", "g ← g · min(1, c / ‖g‖)",
     "Shortens the gradient of all parameters together to this length.", &Training::clip_norm, 0,
     huge, "off"},
    {"clip_value", "Clip gradient value", "g ← min(max(g, −c), c)",
     "Cuts every entry of the gradient off at this size.", &Training::clip_value, 0, huge, "off"},
    {"accumulate", "Accumulate", "g = mean over k batches",
     "One update for this many batches, as if they were one.", &Training::accumulate, 1, 1e6},
    {"zero_gradients", "Zero gradients", "g ← 0 before every backward pass",
     "Off, gradients of all passes add up, as in a loop that forgot zero_grad.",
     &Training::zero_gradients, 0, 1},
};

}  // namespace

std::span<const TrainingSetting> all_training_settings() { return setting_table; }

const TrainingSetting* find_training_setting(const std::string& name) {
  for (const TrainingSetting& row : setting_table)
    if (name == row.name) return &row;
  return nullptr;
}

double value_of(const Training& training, const TrainingSetting& setting) {
  return std::visit([&](auto field) { return static_cast<double>(training.*field); },
                    setting.field);
}

void set_value(Training& training, const TrainingSetting& setting, double value) {
  std::visit(
      [&](auto field) {
        using Type = std::remove_reference_t<decltype(training.*field)>;
        if constexpr (std::is_same_v<Type, bool>)
          training.*field = value != 0;
        else
          training.*field = static_cast<Type>(value);
      },
      setting.field);
}

}  // namespace backstep
