#include "app/panels/compare/compare_plots.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "app/paint/numbers.h"
#include "app/panels/compare/run_series.h"
#include "app/widgets/plot_card.h"
#include "app/widgets/probe.h"

namespace backstep {

namespace {

constexpr float note_pixels = 11, compare_title_pixels = 16, compare_padding = 14;
constexpr float note_gap = 3;  // less than between words: the note and the first word are one sentence

// Draws a plot with words in its corner, and a note before them where there is room.
// `pressed` becomes the word that was clicked, or -1.
double draw_card(const PanelContext& context, Painter& painter, Rect rect, PlotCard& card,
                 const std::vector<Series>& series, PlotView& view, int& pressed) {
  const float words = words_width(context, painter, card.words);
  const Point corner = {rect.right() - words - context.px(10), rect.y + context.px(8)};
  const std::string note = std::exchange(card.options.note, "");
  const float title =
      painter.text_width(card.options.title, Face::bold, context.px(compare_title_pixels));
  const float room = corner.x - rect.x - context.px(compare_padding + 16) - title;
  place_words(context, painter, corner, card.words);
  Pointer pointer = pointer_over(rect, card.name);
  // Where the panel can scroll, the wheel scrolls it.
  if (!card.zooms || ImGui::GetScrollMaxY() > 0) pointer.wheel = 0;
  if (!card.zooms) pointer.dragging = false;
  const double x =
      draw_plot(painter, rect, context.theme, context.scale, series, card.options, view, pointer);
  draw_words(context, painter, card.words);
  const bool sentence = card.words.size() > 1;
  if (painter.text_width(note, Face::ui, context.px(note_pixels)) <= room)
    painter.text({corner.x + context.px(sentence ? note_gap : 0), corner.y + context.px(3)}, note,
                 Face::ui, context.px(note_pixels), context.theme.text_soft, Align::right);
  probe(context, card.name, rect);
  pressed = -1;
  for (std::size_t i = 0; i < card.words.size(); ++i)
    if (card.words[i].pressed) pressed = static_cast<int>(i);
  return x;
}

bool has_test_loss(const Comparison& comparison) {
  const auto& runs = comparison.runs();
  return std::any_of(runs.begin(), runs.end(), [](const Comparison::Run& run) {
    const std::vector<double>& losses = run.experiment->trainer().history().test_loss();
    return std::any_of(losses.begin(), losses.end(), [](double l) { return !std::isnan(l); });
  });
}

// A run's norms at one epoch, over the layers 1, 2, 3 …
struct Profile {
  std::vector<double> layers, norms;
};

Profile profile_at(const EpochHistory& history, double epoch) {
  Profile profile;
  const std::vector<double>& epochs = history.epochs();
  const auto after = std::upper_bound(epochs.begin(), epochs.end(), epoch);
  if (after == epochs.begin()) return profile;
  const auto row = static_cast<std::size_t>(after - epochs.begin() - 1);
  for (std::size_t i = 0; i < history.layers().size(); ++i) {
    profile.layers.push_back(static_cast<double>(i + 1));
    profile.norms.push_back(history.norm(static_cast<int>(i))[row]);
  }
  return profile;
}

// Which gradients the norms of an epoch are of: before the first update those of
// the whole training set, then those of the epoch's first update.
std::string norms_of(const PanelContext& context, double epoch) {
  const bool batches = context.session.setup().training.batch_size > 0;
  return epoch >= 1 && batches ? "first batch of the epoch" : "whole training set";
}

}  // namespace

double draw_loss_comparison(const PanelContext& context, Painter& painter, Rect rect,
                            const Comparison& comparison) {
  const bool choice = has_test_loss(comparison);
  const bool test = choice && context.lab.compared().shows_test_loss();
  std::vector<Series> series;
  for (const Comparison::Run& run : comparison.runs()) {
    const EpochHistory& history = run.experiment->trainer().history();
    Series line = run_series(context.theme, run, static_cast<int>(series.size()));
    line.x = history.epochs().data();
    line.y = (test ? history.test_loss() : history.train_loss()).data();
    line.count = history.size();
    series.push_back(std::move(line));
  }
  PlotCard card;
  card.name = "compare.loss";
  card.options.title = "Loss";
  card.options.note = choice ? "mean over the" : "mean over the training set";
  card.options.empty = "Train: every run's loss appears here.";
  card.options.x_label = "epoch";
  card.options.log_scale = context.view.loss_log;
  card.options.names = false;
  if (choice)
    card.words.push_back(
        {"compare.loss.set", test ? "test set" : "training set",
         test ? "Show the loss on the training set" : "Show the loss on the test set"});
  card.words.push_back(scale_word(card.name, context.view.loss_log, CommandId::log_loss));
  int pressed = -1;
  const double epoch =
      draw_card(context, painter, rect, card, series, context.view.epoch_plots[3], pressed);
  if (pressed < 0) return epoch;
  if (choice && pressed == 0)
    context.actions.push(action::ShowTestLoss{!test});
  else
    context.actions.push(action::RunCommand{CommandId::log_loss});
  return epoch;
}

void draw_norm_comparison(const PanelContext& context, Painter& painter, Rect rect,
                          const Comparison& comparison, double epoch) {
  if (std::isnan(epoch)) epoch = static_cast<double>(comparison.epoch());
  std::vector<Profile> profiles;
  for (const Comparison::Run& run : comparison.runs())
    profiles.push_back(profile_at(run.experiment->trainer().history(), epoch));
  std::vector<Series> series;
  for (const Comparison::Run& run : comparison.runs()) {
    const Profile& profile = profiles[series.size()];
    Series line = run_series(context.theme, run, static_cast<int>(series.size()));
    line.x = profile.layers.data();
    line.y = profile.norms.data();
    line.count = profile.layers.size();
    series.push_back(std::move(line));
  }
  PlotCard card;
  card.name = "compare.norms";
  card.options.title = "Gradient norm per layer";
  card.options.note = "epoch " + fixed_number(epoch, 0);
  card.options.empty = "Every layer's gradient, once an epoch has begun.";
  card.options.x_label = "layer";
  card.options.x_note = norms_of(context, epoch);
  card.options.log_scale = context.view.norm_log;
  card.options.markers = true;
  card.options.names = false;
  card.zooms = false;
  card.words.push_back(scale_word(card.name, context.view.norm_log, CommandId::log_norms));
  PlotView everything;
  int pressed = -1;
  draw_card(context, painter, rect, card, series, everything, pressed);
  if (pressed == 0) context.actions.push(action::RunCommand{CommandId::log_norms});
}

}  // namespace backstep
