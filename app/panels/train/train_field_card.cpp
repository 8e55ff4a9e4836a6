// The decision boundary of Train, with the data over it.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/setup/setup_panel.h"
#include "app/panels/train/train_cards.h"
#include "app/plots/axis.h"
#include "app/plots/bar_shares.h"
#include "app/plots/field_picture.h"
#include "app/widgets/plot_card.h"
#include "app/widgets/probe.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

constexpr float legend_height = 26, legend_pixels = 12, bar_width = 74, least_legend_bar = 30,
                bar_height = 14;
constexpr float point_radius = 3.2f, point_mark_radius = 4.5f, pointer_reach = 14;

std::string title_of(const FieldPicture& picture) {
  const bool numbers = picture.samples && picture.samples->kind == TargetKind::numbers;
  if (picture.field->inputs() == 1) return "Fitted curve";
  return numbers ? "Fitted surface" : "Decision boundary";
}

// The value that the full colour stands for: "+1", "−0.94".
std::string word_for_level(const FieldPicture& picture, bool positive) {
  const double value = picture.middle + (positive ? picture.scale : -picture.scale);
  return (value > 0 ? "+" : "") + with_minus(tick_label(value, picture.scale / 10));
}

// "+1" and "−1", or the names of the classes.
std::string word_for(const FieldPicture& picture, bool positive) {
  const Samples* samples = picture.samples;
  if (samples && samples->kind == TargetKind::classes && !samples->class_names.empty()) {
    const auto chosen = static_cast<std::size_t>(picture.positive_class);
    if (positive && chosen < samples->class_names.size()) return samples->class_names[chosen];
    if (!positive && samples->classes > 2) return "others";
    if (!positive) return samples->class_names[0];
  }
  return word_for_level(picture, positive);
}

// Whether the legend is labelled with the numbers that the colours stand for. Between
// names of classes a number would only puzzle.
bool ends_are_levels(const FieldPicture& picture) {
  if (!picture.samples || picture.samples->kind == TargetKind::numbers) return true;
  double low = 0, high = 0;
  return read_typed_number(word_for(picture, false), low) &&
         read_typed_number(word_for(picture, true), high) &&
         low == picture.middle - picture.scale && high == picture.middle + picture.scale;
}

std::string word_for_sample(const FieldPicture& picture, long sample) {
  const Samples& samples = *picture.samples;
  const double target = samples.targets.entries[static_cast<std::size_t>(sample)];
  if (samples.kind == TargetKind::numbers) return with_minus(short_number(target));
  const auto index = static_cast<std::size_t>(target);
  return index < samples.class_names.size() ? samples.class_names[index] : std::to_string(index);
}

// ---- classes, one at a time ----

std::vector<CardWord> class_words(const FieldPicture& picture) {
  std::vector<CardWord> words;
  const Samples* samples = picture.samples;
  if (!samples || !picture.field->known() || picture.field->answers() < 3) return words;
  for (int i = 0; i < picture.field->answers(); ++i) {
    const auto index = static_cast<std::size_t>(i);
    const std::string name = index < samples->class_names.size() ? samples->class_names[index]
                                                                 : "class " + std::to_string(i);
    words.push_back({"train.class." + std::to_string(i), name, "Show how sure it is of " + name});
    words.back().chosen = i == picture.column;
  }
  return words;
}

// ---- the legend ----

struct Legend {
  const PanelContext& context;
  Painter& painter;
  float x, right, middle;  // where the next piece begins, and where the room ends

  float width(const std::string& text) const {
    return painter.text_width(text, Face::ui, context.px(legend_pixels));
  }
  bool has_room(float wanted) const { return x + wanted <= right; }
  void write(const std::string& text, Color color) {
    painter.text({x, middle - context.px(legend_pixels) / 2}, text, Face::ui,
                 context.px(legend_pixels), color);
    x += width(text);
  }
};

std::vector<std::string> splits_of(const FieldPicture& picture) {
  if (!picture.samples) return {};
  if (picture.samples->train >= picture.samples->count()) return {"train"};
  return {"train", "test"};
}

float splits_width(const Legend& legend, const FieldPicture& picture) {
  float width = 0;
  for (const std::string& word : splits_of(picture))
    width += legend.context.px(2 * point_mark_radius + 15) + legend.width(word);
  return std::max(0.0f, width - legend.context.px(10));
}

// A diamond for −1, the colours between as far as there is room, a circle for +1.
void draw_scale(Legend& legend, const FieldPicture& picture) {
  const PanelContext& context = legend.context;
  const Theme& theme = context.theme;
  const float mark = context.px(point_mark_radius), space = context.px(6);
  const float most = (legend.right - legend.x) * 0.3f;
  const auto fitted = [&](bool positive) {
    return elided(legend.painter, word_for(picture, positive), Face::ui, context.px(legend_pixels),
                  most);
  };
  const std::string low = fitted(false), high = fitted(true);
  const float marks = 4 * mark + 4 * space + legend.width(low) + legend.width(high);
  const float bar = std::min(context.px(bar_width), legend.right - legend.x - marks -
                                                        splits_width(legend, picture) - 4 * space);
  const bool has_bar = bar >= context.px(least_legend_bar);
  draw_sample(legend.painter, theme, {legend.x + mark, legend.middle}, mark, -1, true);
  legend.x += 2 * mark + space;
  legend.write(low, theme.text_soft);
  legend.x += space;
  if (has_bar) {
    const float height = context.px(bar_height);
    const Rect box = {legend.x, std::round(legend.middle - height / 2), bar, height};
    std::vector<double> levels(33);
    for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = static_cast<double>(i) / 16 - 1;
    legend.painter.heatmap(
        {box, 1, static_cast<int>(levels.size()), levels.data(), 1 / field_paleness, true});
    const float pixels = context.px(11);
    if (ends_are_levels(picture))
      legend.painter.text({box.center().x, box.center().y - pixels / 2},
                          with_minus(tick_label(picture.middle, picture.scale / 10)),
                          number_face(pixels), pixels, theme.text, Align::center);
    legend.x += bar + space;
  }
  legend.write(high, theme.text_soft);
  legend.x += space;
  draw_sample(legend.painter, theme, {legend.x + mark, legend.middle}, mark, 1, true);
  legend.x += 2 * mark + 3 * space;
}

// At the right end: a filled point is training data, an open one test data.
void draw_splits(Legend& legend, const FieldPicture& picture) {
  const PanelContext& context = legend.context;
  const Theme& theme = context.theme;
  const float mark = context.px(point_mark_radius), width = splits_width(legend, picture);
  if (!legend.has_room(width)) return;
  legend.x = legend.right - width;
  for (const std::string& word : splits_of(picture)) {
    draw_sample(legend.painter, theme, {legend.x + mark, legend.middle}, mark, 1, word == "train");
    legend.x += 2 * mark + context.px(5);
    legend.write(word, theme.text_soft);
    legend.x += context.px(10);
  }
}

// ---- the pointer ----

std::string words_under(const FieldPicture& picture, Rect plane, Point at, float within) {
  const InputRange range = input_range_of(picture);
  double x = 0, y = 0;
  inputs_at(plane, range, at, x, y);
  const bool curve = picture.field->inputs() == 1;
  const Samples* samples = picture.samples;
  const auto name = [&](std::size_t column) {
    return pretty_name(samples && column < samples->input_names.size()
                           ? samples->input_names[column]
                           : "x" + std::to_string(column + 1));
  };
  const auto number = [](double value) { return with_minus(short_number(value)); };
  std::string words = name(0) + " = " + number(x);
  if (!curve) words += "   " + name(1) + " = " + number(y);
  if (picture.field->known()) {
    const double answer = value_at(*picture.field, values_shown(picture), x, y);
    words += picture.logits
                 ? "\nthe network is " + percent(answer) + " sure of " + word_for(picture, true)
                 : "\nthe network answers " + number(answer);
  }
  const long nearest = samples ? sample_at(plane, range, *samples, at, within) : -1;
  if (nearest >= 0)
    words += "\nsample " + std::to_string(nearest + 1) +
             (nearest < samples->train ? ", training: " : ", test: ") +
             pretty_name(samples->target_name) + " = " + word_for_sample(picture, nearest);
  return words;
}

Rect plane_in(const PanelContext& context, const Painter& painter, Rect room,
              const FieldPicture& picture) {
  const FieldAxesRoom axes = field_axes_room(painter, context.scale, picture);
  Rect plane = {room.x + axes.left, room.y, room.width - axes.left,
                room.height - axes.below - context.px(legend_height)};
  // A plane of two inputs is square, but a curve takes all the room.
  if (picture.field->inputs() == 2) {
    const float side = std::max(1.0f, std::floor(std::min(plane.width, plane.height)));
    plane.x += std::floor((plane.width - side) / 2);
    plane.width = plane.height = side;
  }
  plane.width = std::max(1.0f, plane.width);
  plane.height = std::max(1.0f, plane.height);
  return {std::round(plane.x), std::round(plane.y), plane.width, plane.height};
}

}  // namespace

void draw_field_card(const PanelContext& context, Painter& painter, Rect rect) {
  FieldPicture picture = field_picture(context.session.setup(), context.lab.run_view().surface(),
                                       context.view.field_column);
  picture.point_size = point_radius;
  picture.picked = context.session.picked_sample().value_or(-1);
  std::vector<CardWord> words = class_words(picture);
  const float wide = words_width(context, painter, words);
  const float title = painter.text_width(title_of(picture), Face::bold, context.px(16));
  const float padding = context.px(train_card_padding);
  // More classes than fit into the first line get a line of their own.
  const bool own_line = !words.empty() && title + wide + 3 * padding > rect.width;
  place_words(context, painter,
              own_line ? Point{rect.x + context.px(8), rect.y + context.px(train_card_header - 4)}
                       : corner_of_words(context, rect, wide),
              words);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i].pressed) context.view.field_column = static_cast<int>(i);

  Rect room = begin_train_card(context, painter, rect, title_of(picture), rect.width - 2 * padding);
  if (own_line) {
    room.y += context.px(22);
    room.height = std::max(1.0f, room.height - context.px(22));
  }
  draw_words(context, painter, words);
  const Rect plane = plane_in(context, painter, room, picture);
  draw_field(painter, plane, context.theme, context.scale, picture);
  draw_field_axes(painter, plane, context.theme, context.scale, picture);
  draw_points_with_mouse(context, plane, input_range_of(picture));
  Legend legend{context, painter, room.x, room.right(),
                room.bottom() - context.px(legend_height / 2 - 6)};
  draw_scale(legend, picture);
  draw_splits(legend, picture);
  probe(context, "train.field", plane);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (plane.contains({mouse.x, mouse.y}) && ImGui::IsWindowHovered())
    tooltip(context, words_under(picture, plane, {mouse.x, mouse.y}, context.px(pointer_reach)));
}

}  // namespace backstep
