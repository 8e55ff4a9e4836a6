// Compare: the runs, what they differ in, and what else to try.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/compare/run_series.h"
#include "app/panels/setup/setup_edit.h"
#include "app/panels/setup/setup_rows.h"
#include "app/panels/setup/setup_sections.h"
#include "app/plots/plot_lines.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr std::size_t fewest_runs = 2, runs_at_first = 3, most_tries = 3;

// ---- what the runs are -------------------------------------------------------------

// "ONE NETWORK, THREE ACTIVATIONS"
std::string comparison_title(const PanelContext& context, const Comparison& comparison) {
  const std::string subject = context.session.setup().network ? "One network, " : "One program, ";
  const Changeable* row = find_changeable(comparison.setting());
  if (!row) return upper_case(subject + in_words(comparison.runs().size()) + " runs");
  if (*row->both) return upper_case(subject + row->both);
  return upper_case(subject + in_words(comparison.values().size()) + " " + row->many);
}

// "Same data, same starting weights, same batches. Only the activation differs."
std::string fairness_of(const Comparison& comparison) {
  const Changeable* row = find_changeable(comparison.setting());
  if (!row) return "Same data, same starting weights, same batches.";
  // Standardising or balancing keeps the samples and changes the rows that are learned from.
  std::string text = row->changes_rows ? "Same samples" : "Same data";
  if (!row->changes_start) text += ", same starting weights";
  if (!row->changes_batches) text += ", same batches";
  text += std::string(". Only ") + row->differs;
  const bool remedies = comparison.values().size() < comparison.runs().size();
  return text + (remedies ? ", apart from what replayed runs say in their names." : ".");
}

double loss_of(const Comparison::Run& run) {
  const auto& losses = run.experiment->trainer().history().train_loss();
  return losses.empty() ? std::nan("") : losses.back();
}

// One run: its line, name and loss; while the pointer is over it, a button removes it.
void draw_run_row(const PanelContext& context, const Comparison& comparison, std::size_t number) {
  const Theme& theme = context.theme;
  const Comparison::Run& run = comparison.runs()[number];
  ImGuiPainter painter = painter_for(context);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool many = comparison.runs().size() > runs_at_first;
  const Rect row = {at.x, at.y, line_width(context), context.px(many ? 26 : 30)};
  const std::string name = "setup.run." + std::to_string(number);
  probe(context, name, row);
  const bool removable = comparison.runs().size() > fewest_runs;
  const bool hovered = removable && ImGui::IsWindowHovered() &&
                       ImGui::IsMouseHoveringRect({row.x, row.y}, {row.right(), row.bottom()});
  const float middle = row.center().y;
  draw_line_sample(painter, run_series(theme, run, static_cast<int>(number)),
                   {row.x + context.px(3), middle}, context.px(40), context.px(2.5f));
  const float loss_size = context.px(12.5f), name_size = context.px(13.5f);
  const std::string loss = loss_text(run);
  const float cross = context.px(26);
  const float end = hovered ? row.right() - cross : row.right();
  painter.text({end, middle - loss_size / 2}, loss, Face::mono, loss_size, theme.text,
               Align::right);
  const float left = row.x + context.px(55);
  const float room = row.right() - left - context.px(10) -
                     painter.text_width(loss, Face::mono, loss_size) - (hovered ? cross : 0);
  painter.text({left, middle - name_size / 2},
               elided(painter, run.name, Face::bold, name_size, room), Face::bold, name_size,
               theme.text);
  if (hovered) {
    ImGui::SetCursorScreenPos({row.right() - context.px(22), row.y + context.px(1)});
    if (row_button(context, "×", 22, name + ".remove", "Remove this run"))
      context.actions.push(action::RemoveRun{static_cast<int>(number)});
  }
  ImGui::SetCursorScreenPos({row.x, row.bottom()});
}

// ---- what they differ in ------------------------------------------------------------

std::vector<std::string> first_values(const Changeable& row) {
  std::vector<std::string> values(row.values.begin(), row.values.end());
  if (values.size() > runs_at_first) values.resize(runs_at_first);
  return values;
}

void draw_compared_setting(const PanelContext& context, const Comparison* comparison) {
  std::vector<Choice> choices;
  for (const Changeable& row : all_changeables())
    if (!row.needs_network || context.session.setup().network)
      choices.push_back({row.setting, row.label, ""});
  choice_row(
      context, {"Compare by", "setup.compare_by", "The one setting in which the runs differ."},
      choices, comparison ? comparison->setting() : "", [&](const std::string& setting) {
        context.actions.push(action::CompareBy{setting, first_values(*find_changeable(setting))});
      });
}

std::string listed(const Changeable& row, const std::vector<std::string>& values) {
  return joined(values, ", ", [&](const std::string& value) { return run_words(row, value); });
}

// The values as the field shows them beside "Compare by Learning rate": "0.01, 0.1".
std::string listed_shortly(const Changeable& row, const std::vector<std::string>& values) {
  return joined(values, ", ", [&](const std::string& value) { return value_words(row, value); });
}

// A list of the setting's values with a check mark for each that is compared.
void draw_values(const PanelContext& context, const Comparison& comparison) {
  const Changeable* row = find_changeable(comparison.setting());
  if (!row) return;
  const std::vector<std::string> now = comparison.values();
  // Values with the same words are one value: "0" and "off".
  const auto contains = [row](const std::vector<std::string>& values, const std::string& value) {
    return std::any_of(values.begin(), values.end(), [&](const std::string& other) {
      return run_words(*row, other) == run_words(*row, value);
    });
  };
  std::vector<std::string> offered(row->values.begin(), row->values.end());
  for (const std::string& value : now)
    if (!contains(offered, value)) offered.push_back(value);
  std::vector<Choice> choices;
  std::vector<bool> checked;
  for (const std::string& value : offered) {
    const bool on = contains(now, value);
    const bool possible = on ? now.size() > fewest_runs : now.size() < most_runs;
    choices.push_back({value, run_words(*row, value), "", possible});
    checked.push_back(on);
  }
  const RowWords words = {"Values", "setup.compare_values", "Two to six of them are compared."};
  begin_row(context, words);
  const int switched = check_field(context, words.name, choices, checked,
                                   {.probe_name = words.name}, listed_shortly(*row, now));
  end_row(context);
  if (switched < 0) return;
  checked[static_cast<std::size_t>(switched)].flip();
  std::vector<std::string> values;
  for (std::size_t i = 0; i < offered.size(); ++i)
    if (checked[i]) values.push_back(offered[i]);
  context.actions.push(action::CompareBy{comparison.setting(), values});
}

// ---- what else to try ----------------------------------------------------------------

struct Try {
  std::string label, name, tooltip;
  std::function<void()> run;
};

std::string for_all(std::size_t runs) { return runs == 2 ? "both" : "all " + in_words(runs); }

// The run that has learned least.
std::size_t worst_run(const Comparison& comparison) {
  std::size_t worst = 0;
  for (std::size_t i = 1; i < comparison.runs().size(); ++i)
    if (!(loss_of(comparison.runs()[i]) <= loss_of(comparison.runs()[worst]))) worst = i;
  return worst;
}

// Other comparisons that make sense from here, the most instructive first.
std::vector<Try> tries_for(const PanelContext& context, const Comparison& comparison) {
  const Setup& setup = context.session.setup();
  const std::string& setting = comparison.setting();
  std::vector<Try> tries;
  if (setup.network && setting != "init") {
    const bool xavier = setup.network->init == "xavier" && setup.network->init_scale == 1;
    const std::string init = xavier ? "he" : "xavier";
    tries.push_back(
        {(xavier ? "He start for " : "Xavier start for ") + for_all(comparison.runs().size()),
         "setup.try.init", "Starting weights that keep gradients about as large in every layer.",
         [&context, init] {
           change_setup(context, "", [&](Setup& changed) {
             changed.network->init = init;
             changed.network->init_scale = 1;
             changed = with_fresh_weights(std::move(changed));
           });
         }});
  }
  if (setup.network && !setup.network->batch_norm && setting != "batch_norm" &&
      comparison.runs().size() < most_runs) {
    const std::size_t worst = worst_run(comparison);
    tries.push_back(
        {"Batch norm for " + comparison.runs()[worst].name + " only", "setup.try.batch_norm",
         "Replays that run with batch norm, beside the others.", [&context, worst] {
           context.actions.push(action::Replay{static_cast<int>(worst), {"batch_norm", "on"}});
         }});
  }
  if (setup.network && setting != "depth" && !setup.network->widths.empty()) {
    const std::size_t layers = setup.network->widths.size();
    const std::size_t wanted = layers < 10 ? 10 : 3;
    tries.push_back({capitalised(in_words(wanted)) + " layers instead of " + in_words(layers),
                     "setup.try.depth", "Each as wide as the last one is now.", [&context, wanted] {
                       change_network(context, "", [&](Network& n) {
                         n = with_layer_count(std::move(n), wanted);
                       });
                     }});
  }
  const char* other = setting == "optimizer" ? "activation" : "optimizer";
  const Changeable* row = find_changeable(other);
  if (row && (setup.network || !row->needs_network)) {
    const std::vector<std::string> values = first_values(*row);
    tries.push_back({std::string("Compare ") + row->many + " instead", "setup.try.field",
                     listed(*row, values), [&context, other, values] {
                       context.actions.push(action::CompareBy{other, values});
                     }});
  }
  if (tries.size() > most_tries) tries.resize(most_tries);
  return tries;
}

}  // namespace

void draw_runs_section(const PanelContext& context) {
  const Comparison* comparison = context.lab.comparison();
  if (!comparison) {
    section(context, "COMPARE");
    text_wrapped(context, Face::ui, 12.5f, context.theme.text_soft,
                 "Several runs side by side that differ in one thing.");
    gap(context, 6);
    draw_compared_setting(context, nullptr);
    return;
  }
  section(context, comparison_title(context, *comparison));
  text_wrapped(context, Face::ui, 12.5f, context.theme.text_soft, fairness_of(*comparison));
  gap(context, 4);
  for (std::size_t i = 0; i < comparison->runs().size(); ++i) draw_run_row(context, *comparison, i);
  gap(context, 6);
  draw_compared_setting(context, comparison);
  draw_values(context, *comparison);
}

void draw_tries_section(const PanelContext& context) {
  const Comparison* comparison = context.lab.comparison();
  if (!comparison) return;
  const std::vector<Try> tries = tries_for(context, *comparison);
  if (tries.empty()) return;
  section(context, "TRY");
  for (const Try& row : tries) {
    if (row_button(context, row.label, line_width(context) / context.scale, row.name, row.tooltip))
      row.run();
    gap(context, 6);
  }
}

}  // namespace backstep
