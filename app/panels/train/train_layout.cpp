#include "app/panels/train/train_layout.h"

#include <algorithm>
#include <cmath>

#include "app/panels/train/train_cards.h"

namespace backstep {
namespace {

// Lengths in design units.
constexpr float train_margin = 14, train_gap = 12, train_tabs_height = 26;
constexpr float all_width = 740, all_height = 780;  // the least room in which everything is shown
constexpr float pair_width = 560;                   // two cards beside each other
constexpr float split_height = 520;                 // the least height for the field above the pages

// The card's plane is square: its width follows from its height.
constexpr float field_chrome = 42;  // how much more of the height than of the width the card takes

struct Columns {
  float scale;

  float px(float units) const { return units * scale; }

  // Cuts `height` pixels and a gap off the top.
  Rect take_top(Rect& from, float height) const {
    const Rect top = {from.x, from.y, from.width, std::round(height)};
    const float used = top.height + px(train_gap);
    from.y += used;
    from.height = std::max(1.0f, from.height - used);
    return top;
  }

  // Side by side, with widths in proportion to their weights.
  std::vector<Rect> split(Rect rect, const std::vector<float>& weights) const {
    float sum = 0;
    for (float weight : weights) sum += weight;
    const float room = rect.width - px(train_gap) * static_cast<float>(weights.size() - 1);
    std::vector<Rect> result;
    float x = rect.x;
    for (float weight : weights) {
      const float width = std::round(room * weight / sum);
      result.push_back({x, rect.y, width, rect.height});
      x += width + px(train_gap);
    }
    result.back().width = rect.right() - result.back().x;
    return result;
  }
};

using Cards = std::vector<std::size_t>;  // places in train_cards()

Cards cards_in(TrainRow row) {
  Cards found;
  for (std::size_t i = 0; i < train_cards().size(); ++i)
    if (train_cards()[i].row == row) found.push_back(i);
  return found;
}

void place(TrainLayout& layout, const Cards& cards, const std::vector<Rect>& at) {
  for (std::size_t i = 0; i < cards.size(); ++i) layout.cards[cards[i]] = at[i];
}

// Side by side, with the widths of the table.
void place_row(TrainLayout& layout, const Columns& columns, Rect rect, TrainRow row) {
  const Cards cards = cards_in(row);
  std::vector<float> widths;
  for (const std::size_t card : cards) widths.push_back(train_cards()[card].width);
  place(layout, cards, columns.split(rect, widths));
}

// The field is about square, and the other cards share the rest of its row.
void place_field(TrainLayout& layout, const Columns& columns, Rect row) {
  const float wide =
      std::clamp(row.height - columns.px(field_chrome), row.width * 0.25f, row.width * 0.55f);
  const Cards cards = cards_in(TrainRow::field);
  std::vector<float> widths(cards.size(),
                            (row.width - wide) / static_cast<float>(cards.size() - 1));
  widths.front() = wide;
  place(layout, cards, columns.split(row, widths));
}

std::vector<TrainPage> pages_of(bool wide, bool with_field) {
  std::vector<TrainPage> pages;
  for (std::size_t i = 0; i < train_cards().size(); ++i) {
    const TrainCard& card = train_cards()[i];
    if (card.row == TrainRow::field && !with_field) continue;
    if (wide && !pages.empty() && pages.back().label == card.page)
      pages.back().cards.push_back(i);
    else
      pages.push_back({wide ? card.page : card.label, {i}});
  }
  return pages;
}

// The page of the card that is to be seen. The cards above the pages have none.
std::size_t page_with(const std::vector<TrainPage>& pages, int card) {
  for (std::size_t i = 0; i < pages.size(); ++i)
    for (const std::size_t shown : pages[i].cards)
      if (static_cast<int>(shown) == card) return i;
  return 0;
}

void place_all(TrainLayout& layout, const Columns& columns, Rect room, bool has_field) {
  const float height = room.height - 2 * columns.px(train_gap);
  if (has_field) place_field(layout, columns, columns.take_top(room, height * 0.44f));
  const float above = has_field ? height * 0.25f : (room.height - columns.px(train_gap)) * 0.48f;
  place_row(layout, columns, columns.take_top(room, above), TrainRow::epochs);
  place_row(layout, columns, room, TrainRow::layers);
}

}  // namespace

TrainLayout lay_out_train(Rect rect, float scale, bool has_field, float note_height, int card) {
  const Columns columns{scale};
  const float width = rect.width / scale, height = rect.height / scale;
  Rect room = rect.inset(columns.px(train_margin));
  TrainLayout layout;
  layout.cards.resize(train_cards().size());
  if (!has_field) layout.note = columns.take_top(room, note_height);
  if (width >= all_width && height >= all_height) {
    place_all(layout, columns, room, has_field);
    return layout;
  }
  const bool wide = width >= pair_width;
  const bool above = wide && has_field && height >= split_height;
  if (above)
    place_field(layout, columns,
                columns.take_top(
                    room, (room.height - columns.px(train_tabs_height + 2 * train_gap)) * 0.53f));
  layout.pages = pages_of(wide, has_field && !above);
  layout.page = page_with(layout.pages, card);
  layout.tabs = columns.take_top(room, columns.px(train_tabs_height));
  const Cards& shown = layout.pages[layout.page].cards;
  if (shown == cards_in(TrainRow::field))
    place_field(layout, columns, room);
  else
    place(layout, shown, columns.split(room, std::vector<float>(shown.size(), 1.0f)));
  return layout;
}

}  // namespace backstep
