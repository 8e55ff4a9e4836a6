// TRAINING: the optimizer, and a row for each setting of its table.
#include <imgui.h>

#include <algorithm>
#include <cstring>

#include "app/panels/setup/setup_edit.h"
#include "app/panels/setup/setup_rows.h"
#include "app/panels/setup/setup_sections.h"
#include "app/widgets/widgets.h"
#include "core/stepping/optimizers.h"
#include "core/stepping/training.h"

namespace backstep {

namespace {

// Settings that are always shown; the others are folded under "More".
constexpr const char* often_used[] = {"learning_rate", "momentum", "batch_size", "clip_norm"};

bool is_often_used(const TrainingSetting& setting) {
  return std::any_of(std::begin(often_used), std::end(often_used),
                     [&](const char* name) { return std::strcmp(name, setting.name) == 0; });
}

// Whether a setting has any effect as the others stand; if not, it is not shown.
bool has_effect(const Training& training, const TrainingSetting& setting) {
  const std::string name = setting.name;
  const Optimizer* optimizer = find_optimizer(training.optimizer);
  if (name == "momentum") return optimizer && optimizer->uses_momentum;
  if (name == "l1_stops_at_zero") return training.l1 != 0;
  if (name == "weights_only") return training.l1 != 0 || training.weight_decay != 0;
  if (name == "drop_last") return training.batch_size > 0;
  return name != "seed" || training.shuffle;
}

bool is_set(const Training& training, const TrainingSetting& setting) {
  return value_of(training, setting) != value_of(Training(), setting);
}

RowWords words_for(const TrainingSetting& setting) {
  return {setting.label, std::string("setup.") + setting.name,
          std::string(setting.description) + "\n" + setting.formula};
}

void draw_setting(const PanelContext& context, const TrainingSetting& setting) {
  const Training& training = context.session.setup().training;
  // Runs are compared by the seed of the weights, which has the same name.
  const bool compared =
      is_compared(context, setting.name) && std::strcmp(setting.name, "seed") != 0;
  if (compared || !has_effect(training, setting)) return;
  const RowWords words = words_for(setting);
  const double value = value_of(training, setting);
  const auto set = [&](double edited) {
    change_setup(context, words.name,
                 [&](Setup& setup) { set_value(setup.training, setting, edited); });
  };
  if (std::holds_alternative<bool Training::*>(setting.field))
    return toggle_row(context, words, value != 0, [&](bool on) { set(on ? 1 : 0); });
  NumberRange range = {setting.lowest, setting.highest};
  range.whole = !std::holds_alternative<double Training::*>(setting.field);
  if (setting.zero) range.zero = setting.zero;
  number_row(context, words, value, range, set);
}

void draw_optimizer(const PanelContext& context) {
  if (is_compared(context, "optimizer")) return;
  std::vector<Choice> choices;
  for (const Optimizer& row : all_optimizers())
    choices.push_back({row.name, row.label, row.formula});
  const std::string& now = context.session.setup().training.optimizer;
  const Optimizer* row = find_optimizer(now);
  const std::string tooltip = row ? std::string(row->description) + "\n" + row->formula : "";
  choice_row(context, {"Optimizer", "setup.optimizer", tooltip}, choices, now,
             [&](const std::string& name) {
               change_setup(context, "", [&](Setup& setup) { setup.training.optimizer = name; });
             });
}

}  // namespace

void draw_training_section(const PanelContext& context) {
  const Training& training = context.session.setup().training;
  if (context.view.mode != Mode::compare) section(context, "TRAINING");
  draw_optimizer(context);
  for (const TrainingSetting& setting : all_training_settings())
    if (is_often_used(setting)) draw_setting(context, setting);
  long folded = context.view.mode == Mode::compare && has_dropout(context);
  for (const TrainingSetting& setting : all_training_settings())
    folded += !is_often_used(setting) && has_effect(training, setting) && is_set(training, setting);
  const std::string summary =
      folded > 0 ? in_words(static_cast<std::size_t>(folded)) + " set" : "defaults";
  const bool compare = context.view.mode == Mode::compare;
  const RowWords more = {"More", "setup.more_training",
                         compare ? "Dropout, shuffling, weight decay, accumulated gradients."
                                 : "Shuffling, weight decay, clipping by value, accumulated "
                                   "gradients."};
  if (!fold_row(context, more, summary, false)) return;
  if (compare) draw_dropout(context);
  for (const TrainingSetting& setting : all_training_settings())
    if (!is_often_used(setting)) draw_setting(context, setting);
}

}  // namespace backstep
