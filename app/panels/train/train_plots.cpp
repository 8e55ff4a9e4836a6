// The plots of Train: by epoch, and by layer as things stand now.
#include <algorithm>
#include <cmath>

#include "app/commands/commands.h"
#include "app/paint/painter.h"
#include "app/panels/train/train_cards.h"
#include "app/view/series.h"
#include "app/widgets/plot_card.h"

namespace backstep {

namespace {

// A healthy update changes the weights by about a thousandth.
constexpr double usual_update_ratio = 1e-3;

const EpochHistory& history_of(const PanelContext& context) {
  return context.session.trainer().history();
}

std::string x_label(const PanelContext& context) {
  return context.session.data().train.empty() ? "update" : "epoch";
}

// With batches, the norms of an epoch are those of its first update.
std::string note_on_norms(const PanelContext& context) {
  return context.session.setup().training.batch_size > 0 ? "norms in its first batch" : "";
}

Series over_epochs(const EpochHistory& history, Series style, const std::vector<double>& y) {
  style.x = history.epochs().data();
  style.y = y.data();
  style.count = history.size();
  return style;
}

bool has_test_loss(const EpochHistory& history) {
  const std::vector<double>& loss = history.test_loss();
  return std::any_of(loss.begin(), loss.end(), [](double l) { return !std::isnan(l); });
}

std::vector<Series> loss_series(const PanelContext& context, const EpochHistory& history) {
  const Theme& theme = context.theme;
  Series train, test;
  train.name = "train";
  train.color = theme.value;
  test.name = "test";
  test.color = mix(theme.value, theme.text_soft, 0.45);
  test.dash = Dash::dashed;
  std::vector<Series> all = {over_epochs(history, train, history.train_loss())};
  if (has_test_loss(history)) all.push_back(over_epochs(history, test, history.test_loss()));
  return all;
}

std::vector<Series> norm_series(const PanelContext& context, const EpochHistory& history,
                                const std::vector<std::string>& names) {
  const int count = static_cast<int>(history.layers().size());
  std::vector<Series> all;
  for (int i = 0; i < count; ++i)
    all.push_back(over_epochs(
        history, layer_series(context.theme, names[static_cast<std::size_t>(i)], i, count),
        history.norm(i)));
  return all;
}

// Adds the frozen run in grey, beneath `series`; its first line is named after it.
std::vector<Series> laid_under(const PanelContext& context, std::vector<Series> frozen,
                               std::vector<Series> series, const std::string& name) {
  for (Series& line : frozen) {
    line = under(context.theme, line);
    line.name = &line == &frozen.front() ? name : "";
  }
  frozen.insert(frozen.end(), series.begin(), series.end());
  return frozen;
}

std::vector<std::string> layer_names(const PanelContext& context) {
  const EpochHistory& history = history_of(context);
  const Graph& graph = context.session.training_timeline().graph();
  std::vector<std::string> names;
  for (int layer : history.layers()) names.push_back(name_of_layer(graph, layer));
  return names;
}

// The norms in the last row of a history.
std::vector<double> last_norms(const EpochHistory& history) {
  std::vector<double> norms;
  if (history.size() == 0) return norms;
  for (std::size_t i = 0; i < history.layers().size(); ++i)
    norms.push_back(history.norm(static_cast<int>(i)).back());
  return norms;
}

Series over_layers(const std::string& name, Color color, const std::vector<double>& numbers,
                   const std::vector<double>& y) {
  Series series;
  series.name = name;
  series.color = color;
  series.x = numbers.data();
  series.y = y.data();
  series.count = y.size();
  return series;
}

// 1, 2, 3 … up to the length of the longer of the two.
std::vector<double> layer_numbers(std::size_t a, std::size_t b) {
  std::vector<double> numbers(std::max(a, b));
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<double>(i + 1);
  return numbers;
}

}  // namespace

void draw_loss_card(const PanelContext& context, Painter& painter, Rect rect) {
  const auto& frozen = context.lab.frozen();
  PlotCard card;
  card.name = "train.loss";
  card.options.title = "Loss";
  card.options.empty = "Train, and the loss appears here.";
  card.options.x_label = x_label(context);
  card.options.log_scale = context.view.loss_log;
  card.words = {{"train.freeze", frozen ? "thaw" : "freeze",
                 frozen ? "Remove the frozen run" : "Keep this run as a grey line behind the next one"},
                scale_word(card.name, context.view.loss_log, CommandId::log_loss)};
  card.words[0].chosen = frozen.has_value();
  std::vector<Series> series = loss_series(context, history_of(context));
  if (frozen)
    series = laid_under(context, loss_series(context, frozen->history), series, frozen->title);
  const int pressed =
      draw_plot_card(context, painter, rect, card, series, context.view.epoch_plots[0]);
  if (pressed == 0) context.actions.push(action::Freeze{!frozen});
  if (pressed == 1) context.actions.push(action::RunCommand{CommandId::log_loss});
}

void draw_norms_card(const PanelContext& context, Painter& painter, Rect rect) {
  const auto& frozen = context.lab.frozen();
  PlotCard card;
  card.name = "train.norms";
  card.options.title = "Gradient norm per layer";
  card.options.empty = "Every layer's gradient, once one has come back.";
  card.options.x_label = x_label(context);
  card.options.x_note = note_on_norms(context);
  card.options.log_scale = context.view.norm_log;
  card.words = {scale_word(card.name, context.view.norm_log, CommandId::log_norms)};
  std::vector<Series> series = norm_series(context, history_of(context), layer_names(context));
  if (frozen) {
    std::vector<Series> before = norm_series(context, frozen->history, frozen->layer_names);
    for (Series& line : before) line.dash = Dash::solid;
    series = laid_under(context, before, series, "frozen");
  }
  if (draw_plot_card(context, painter, rect, card, series, context.view.epoch_plots[1]) == 0)
    context.actions.push(action::RunCommand{CommandId::log_norms});
}

void draw_profile_card(const PanelContext& context, Painter& painter, Rect rect) {
  const auto& frozen = context.lab.frozen();
  std::vector<double> now = context.lab.run_view().norms(), before;
  if (now.empty()) now = last_norms(history_of(context));
  if (frozen) before = frozen->profile.empty() ? last_norms(frozen->history) : frozen->profile;
  const std::vector<double> numbers = layer_numbers(now.size(), before.size());
  std::vector<Series> series = {over_layers("now", context.theme.gradient, numbers, now)};
  if (frozen)
    series = laid_under(context, {over_layers("", context.theme.gradient, numbers, before)}, series,
                        "frozen");
  PlotCard card;
  card.name = "train.profile";
  card.options.title = "Gradient norm now";
  card.options.empty = "The gradient norm of every layer, once one has come back.";
  card.options.x_label = "layer";
  if (!context.lab.run_view().norms().empty()) card.options.x_note = "whole training set";
  card.options.log_scale = context.view.norm_log;
  card.options.markers = true;
  card.zooms = false;
  PlotView view;
  draw_plot_card(context, painter, rect, card, series, view);
}

void draw_updates_card(const PanelContext& context, Painter& painter, Rect rect) {
  const std::vector<double>& ratios = context.lab.run_view().update_ratios();
  const std::vector<double> numbers = layer_numbers(ratios.size(), 0);
  const std::vector<double> usual(ratios.size(), usual_update_ratio);
  std::vector<Series> series;
  if (!ratios.empty()) {
    series = {over_layers("rule of thumb", context.theme.text_faint, numbers, usual),
              over_layers("now", context.theme.update, numbers, ratios)};
    series[0].dash = Dash::dashed;
    series[0].plain = true;
  }
  PlotCard card;
  card.name = "train.updates";
  card.options.title = "Update / weights";
  card.options.empty = "How far one update moves every layer's weights.";
  card.options.x_label = "layer";
  card.options.log_scale = true;
  card.options.markers = true;
  card.zooms = false;
  PlotView view;
  draw_plot_card(context, painter, rect, card, series, view);
}

}  // namespace backstep
