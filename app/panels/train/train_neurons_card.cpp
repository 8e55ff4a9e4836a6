// What each neuron of one hidden layer computes over the plane of the inputs.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/train/train_cards.h"
#include "app/plots/field_picture.h"
#include "app/widgets/plot_card.h"
#include "app/widgets/probe.h"
#include "app/widgets/tooltip.h"

namespace backstep {

namespace {

constexpr float neuron_label_pixels = 11, neuron_label_height = 16, neuron_gap = 8,
                footer_height = 18;
constexpr float largest_side = 220;

// The layer whose neurons are shown, by its place among the hidden layers.
std::size_t shown_layer(const PanelContext& context) {
  const std::vector<LayerStats>& stats = context.lab.run_view().layers();
  const int watched = context.lab.run_view().watched();
  const auto found = std::find_if(stats.begin(), stats.end(), [watched](const LayerStats& layer) {
    return layer.activation == watched;
  });
  return found == stats.end() ? 0 : static_cast<std::size_t>(found - stats.begin());
}

// A word for each hidden layer; where they are too many, for the previous and the next.
std::vector<CardWord> layer_words(const PanelContext& context, const Painter& painter,
                                  std::size_t shown, float room) {
  const std::vector<LayerStats>& stats = context.lab.run_view().layers();
  const Graph& graph = context.session.training_timeline().graph();
  std::vector<CardWord> words;
  for (std::size_t i = 0; i < stats.size(); ++i) {
    words.push_back({"train.layer." + std::to_string(i), std::to_string(i + 1),
                     "The neurons of " + name_of_layer(graph, stats[i].layer)});
    words.back().chosen = i == shown;
  }
  if (words.size() < 2) return {};
  if (words_width(context, painter, words) <= room) return words;
  return {{"train.layer.before", "‹ previous", "The layer before"},
          {"train.layer.after", "next ›", "The next layer"}};
}

void watch_pressed(const PanelContext& context, const std::vector<CardWord>& words,
                   std::size_t shown) {
  const std::vector<LayerStats>& stats = context.lab.run_view().layers();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].pressed) continue;
    std::size_t wanted = i;
    if (words[i].name == "train.layer.before") wanted = shown > 0 ? shown - 1 : 0;
    if (words[i].name == "train.layer.after") wanted = std::min(shown + 1, stats.size() - 1);
    context.actions.push(action::WatchLayer{stats[wanted].activation});
  }
}

struct NeuronGrid {
  int columns = 1;
  float side = 1;
};

// The number of columns that makes the squares largest; among equals, the one that
// leaves the fewest places empty.
NeuronGrid grid_for(const PanelContext& context, int count, Rect room) {
  const float gap = context.px(neuron_gap), label = context.px(neuron_label_height);
  NeuronGrid best;
  int fewest_free = count;
  for (int columns = 1; columns <= count; ++columns) {
    const int rows = (count + columns - 1) / columns;
    const float width =
        (room.width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const float height =
        (room.height - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows) - label;
    const float side = std::floor(std::min({width, height, context.px(largest_side)}));
    const int free = rows * columns - count;
    if (side < best.side || (side == best.side && free > fewest_free)) continue;
    best = {columns, side};
    fewest_free = free;
  }
  return best;
}

double largest_of(const std::vector<double>& values) {
  double largest = 0;
  for (const double value : values)
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  return largest;
}

const char* word_for(NeuronState state) {
  return state == NeuronState::dead ? "dead" : state == NeuronState::saturated ? "saturated" : "";
}

// The number of the neuron, and beside it whether it is dead or saturated.
void draw_label(const PanelContext& context, Painter& painter, Rect cell, int neuron,
                NeuronState state) {
  const float pixels = context.px(neuron_label_pixels);
  const std::string number = std::to_string(neuron + 1);
  const float top = cell.bottom() - context.px(neuron_label_height - 3);
  painter.text({cell.x, top}, number, Face::ui, pixels, context.theme.text_faint);
  const float left = cell.x + painter.text_width(number, Face::ui, pixels) + context.px(4);
  painter.text({cell.right(), top},
               elided(painter, word_for(state), Face::ui, pixels, cell.right() - left), Face::ui,
               pixels, context.theme.warning, Align::right);
}

void draw_neurons(const PanelContext& context, Painter& painter, Rect room,
                  const LayerStats* stats) {
  const DecisionSurface& field = *context.lab.run_view().surface();
  const int count = field.neurons();
  const NeuronGrid grid = grid_for(context, count, room);
  double largest_of_all = 0;
  for (int i = 0; i < count; ++i)
    largest_of_all = std::max(largest_of_all, largest_of(field.neuron(i)));
  const float gap = context.px(neuron_gap);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float used = static_cast<float>(grid.columns) * (grid.side + gap) - gap;
  const float left = room.x + std::floor((room.width - used) / 2);
  const float height = grid.side + context.px(neuron_label_height);
  const int rows = (count + grid.columns - 1) / grid.columns;
  const float used_height = static_cast<float>(rows) * (height + gap) - gap;
  const float top = room.y + std::max(0.0f, std::floor((room.height - used_height) / 2));
  for (int i = 0; i < count; ++i) {
    const Rect cell = {left + static_cast<float>(i % grid.columns) * (grid.side + gap),
                       top + static_cast<float>(i / grid.columns) * (height + gap), grid.side,
                       height};
    const Rect plane = {cell.x, cell.y, grid.side, grid.side};
    FieldPicture picture;
    picture.field = &field;
    picture.values = &field.neuron(i);
    // Each neuron uses the full colours, unless its values are tiny beside the others'.
    picture.scale = std::max(largest_of(field.neuron(i)), largest_of_all / 20);
    if (!(picture.scale > 0)) picture.scale = 1;
    draw_field(painter, plane, context.theme, context.scale, picture);
    const auto index = static_cast<std::size_t>(i);
    const NeuronState state =
        stats && index < stats->states.size() ? stats->states[index] : NeuronState::healthy;
    painter.frame(plane, state == NeuronState::healthy ? context.theme.line : context.theme.warning,
                  0, std::max(1.0f, std::round(context.scale)));
    draw_label(context, painter, cell, i, state);
    probe(context, "train.neuron." + std::to_string(i), plane);
    if (!plane.contains({mouse.x, mouse.y}) || !ImGui::IsWindowHovered()) continue;
    double x = 0, y = 0;
    inputs_at(plane, input_range_of(picture), {mouse.x, mouse.y}, x, y);
    tooltip(context, "neuron " + std::to_string(i + 1) + " answers " +
                         with_minus(short_number(value_at(field, field.neuron(i), x, y))) +
                         " here");
  }
}

}  // namespace

void draw_neurons_card(const PanelContext& context, Painter& painter, Rect rect) {
  const std::vector<LayerStats>& stats = context.lab.run_view().layers();
  const DecisionSurface& field = *context.lab.run_view().surface();
  const float padding = context.px(train_card_padding);
  const std::size_t shown = shown_layer(context);
  std::string title = "Neurons";
  if (!stats.empty())
    title += " · " + name_of_layer(context.session.training_timeline().graph(), stats[shown].layer);
  const float room_for_words =
      rect.width - 3 * padding -
      std::min(rect.width * 0.5f, painter.text_width(title, Face::bold, context.px(16)));
  std::vector<CardWord> words = layer_words(context, painter, shown, room_for_words);
  const float wide = words_width(context, painter, words);
  place_words(context, painter, corner_of_words(context, rect, wide), words);
  watch_pressed(context, words, shown);
  Rect room = begin_train_card(context, painter, rect, title, rect.width - wide - 3 * padding);
  draw_words(context, painter, words);
  probe(context, "train.neurons", rect);
  if (!field.known() || field.neurons() == 0) {
    draw_quiet_sentence(context, painter, room,
                        context.lab.run_view().layers_known() && stats.empty()
                            ? "There is no hidden layer whose neurons could be shown."
                            : "The neurons of a hidden layer, in a moment.");
    return;
  }
  const bool of_shown = shown < stats.size() && stats[shown].activation == field.watched();
  const long more = of_shown ? stats[shown].neurons - field.neurons() : 0;
  if (more > 0) {
    const float pixels = context.px(12);
    painter.text({room.right(), room.bottom() - pixels}, std::to_string(more) + " more", Face::ui,
                 pixels, context.theme.text_faint, Align::right);
    room.height = std::max(1.0f, room.height - context.px(footer_height));
  }
  draw_neurons(context, painter, room, of_shown ? &stats[shown] : nullptr);
}

}  // namespace backstep
