#include "app/panels/compare/compare_layout.h"

#include <algorithm>
#include <cmath>

namespace backstep {

namespace {

// Lengths in design units.
constexpr float run_gap = 12, run_padding = 14;
constexpr float run_bar_height = 4, run_header_height = 38, run_caption_height = 24,
                run_foot_height = 32;
constexpr float least_heat = 76, most_heat = 150, least_field = 60;
constexpr float key_height = 18;
constexpr float least_card_width = 158, least_card_height = 246, least_bare_height = 180;
constexpr float least_plot_width = 230, least_plot_height = 200;
constexpr float share_of_cards = 0.52f, share_of_rows = 0.6f;  // one row of cards, several
constexpr float widest_heat = 1.6f;  // a heatmap gains nothing from being wider, relative to its height
constexpr float ragged = 0.6f;       // how much a grid counts whose last row has fewer cards
constexpr float beside = 0.56f;      // of a card's width for a field beside the heatmap

struct CardGrid {
  int rows = 1, columns = 1;
  float width = 0, height = 0;  // of a card
};

float stacked_side(float width, float height) {
  return std::min(width, height - run_caption_height - run_foot_height - least_heat);
}

float beside_side(float width, float height) {
  return std::min(height - run_foot_height, width * beside - run_padding / 2);
}

// Whether the field stands beside the heatmap, not above it.
bool is_beside(float width, float height) {
  return beside_side(width, height) > stacked_side(width, height) * 1.15f;
}

// The side of the field in a card, in units, in the better of its two layouts.
float field_side(float card_width, float card_height) {
  const float width = card_width - 2 * run_padding,
              height = card_height - run_bar_height - run_header_height;
  return std::max(stacked_side(width, height), beside_side(width, height));
}

float rest_of_card() {
  return run_bar_height + run_header_height + run_caption_height + run_foot_height;
}

// A card that is higher than this only has empty space to show.
float most_card_height(float width, bool with_fields) {
  return rest_of_card() + most_heat + (with_fields ? width - 2 * run_padding : most_heat);
}

CardGrid grid_of(int runs, int rows, float width, float height_for_cards, bool with_fields) {
  CardGrid grid;
  grid.rows = rows;
  grid.columns = (runs + rows - 1) / rows;
  const auto columns = static_cast<float>(grid.columns), count = static_cast<float>(rows);
  grid.width = (width - (columns - 1) * run_gap) / columns;
  const float share = (height_for_cards - (count - 1) * run_gap) / count;
  grid.height = std::clamp(share, with_fields ? least_card_height : least_bare_height,
                           std::max(least_card_height, most_card_height(grid.width, with_fields)));
  const float inner = grid.width - 2 * run_padding,
              body = grid.height - run_bar_height - run_header_height;
  // A field beside its heatmap is limited by the width, so the card may be less high.
  if (with_fields && is_beside(inner, body))
    grid.height -=
        std::max(0.0f, body - run_padding / 2 - beside_side(inner, body) - run_foot_height);
  return grid;
}

// The number of rows that makes the fields, or the heatmaps, largest.
CardGrid best_grid(int runs, float width, float height, float plots, bool with_fields) {
  CardGrid best;
  float largest = -1;
  for (int rows = 1; rows <= runs; ++rows) {
    const float share = rows == 1 ? share_of_cards : share_of_rows;
    const float for_cards = std::min(height * share, height - plots - key_height - 2 * run_gap);
    const CardGrid grid = grid_of(runs, rows, width, for_cards, with_fields);
    const bool narrow = grid.width < least_card_width && grid.columns > 1;
    const float cards = static_cast<float>(rows) * (grid.height + run_gap);
    const bool fits = cards + plots + key_height + run_gap <= height;
    float size = with_fields ? field_side(grid.width, grid.height)
                             : std::min(grid.width, widest_heat * (grid.height - rest_of_card()));
    if (narrow) size *= 0.1f;
    if (runs % grid.columns != 0) size *= ragged;
    if (!fits) size *= 0.3f * height / (cards + plots);
    if (size <= largest) continue;
    largest = size;
    best = grid;
  }
  return best;
}

// Rounds both corners to whole pixels.
Rect on_whole_pixels(Rect r) {
  const float left = std::round(r.x), top = std::round(r.y);
  return {left, top, std::round(r.right()) - left, std::round(r.bottom()) - top};
}

Rect in_pixels(Rect units, Rect room, float scale) {
  return on_whole_pixels({room.x + units.x * scale, room.y + units.y * scale, units.width * scale,
                          units.height * scale});
}

}  // namespace

CompareLayout lay_out_compare(Rect room, int runs, bool with_fields, float scale) {
  const float width = room.width / scale, height = room.height / scale;
  const bool side_by_side = width >= 2 * least_plot_width + run_gap;
  const float least_plots = side_by_side ? least_plot_height : 2 * least_plot_height + run_gap;
  const CardGrid grid = best_grid(runs, width, height, least_plots, with_fields);

  CompareLayout layout;
  for (int i = 0; i < runs; ++i) {
    // The last row is as wide as the others, however few cards it has.
    const int row = i / grid.columns, column = i % grid.columns;
    const int in_row = std::min(grid.columns, runs - row * grid.columns);
    const auto count = static_cast<float>(in_row);
    const float wide = (width - (count - 1) * run_gap) / count;
    layout.cards.push_back(
        in_pixels({static_cast<float>(column) * (wide + run_gap),
                   static_cast<float>(row) * (grid.height + run_gap), wide, grid.height},
                  room, scale));
  }
  const float below = static_cast<float>(grid.rows) * (grid.height + run_gap);
  layout.key = in_pixels({0, below - 4, width, key_height}, room, scale);
  const float top = below + key_height + 2;
  const float plots = std::max(least_plots, height - top);
  if (side_by_side) {
    const float half = (width - run_gap) / 2;
    layout.loss = in_pixels({0, top, half, plots}, room, scale);
    layout.norms = in_pixels({half + run_gap, top, half, plots}, room, scale);
  } else {
    const float half = (plots - run_gap) / 2;
    layout.loss = in_pixels({0, top, width, half}, room, scale);
    layout.norms = in_pixels({0, top + half + run_gap, width, half}, room, scale);
  }
  layout.height = layout.norms.bottom() - room.y;
  return layout;
}

RunCardLayout lay_out_run_card(Rect card, bool with_field, float scale) {
  const float width = card.width / scale - 2 * run_padding;
  const float top = run_bar_height + run_header_height;
  const float height = card.height / scale - top;
  RunCardLayout layout;
  layout.bar = {card.x, card.y, card.width, std::round(run_bar_height * scale)};
  layout.header = in_pixels({run_padding, run_bar_height, width, run_header_height}, card, scale);
  float left = run_padding, heat_top = top;
  const float stacked = stacked_side(width, height), side = beside_side(width, height);
  if (with_field && is_beside(width, height)) {
    layout.field = in_pixels({run_padding, top, side, side}, card, scale);
    left += side + run_padding;
  } else if (with_field && stacked >= least_field) {
    const float x = run_padding + (width - stacked) / 2;
    layout.field = in_pixels({x, top, stacked, stacked}, card, scale);
    heat_top += stacked;
  }
  const float wide = run_padding + width - left;
  const float caption_top = heat_top == top ? top - 4 : heat_top;
  layout.caption = in_pixels({left, caption_top, wide, run_caption_height}, card, scale);
  const float heat = caption_top + run_caption_height,
              bottom = card.height / scale - run_foot_height;
  layout.heat = in_pixels({left, heat, wide, std::max(1.0f, bottom - heat)}, card, scale);
  // The verdict on the run needs the whole width of the card.
  layout.foot = in_pixels({run_padding, bottom, width, run_foot_height}, card, scale);
  return layout;
}

}  // namespace backstep
