#include "app/panels/train/train_layout.h"

#include <algorithm>
#include <cmath>

namespace backstep {
namespace {

// Lengths in design units.
constexpr float train_margin = 14, train_gap = 12, train_tabs_height = 26;
constexpr float all_width = 740, all_height = 780;  // from here on everything is shown
constexpr float pair_width = 560;                   // two cards beside each other
constexpr float split_height = 520;                 // the field stays above the pages

// The card's plane is square: its width follows from its height.
constexpr float field_chrome = 42;  // what is taken off the height more than the width

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

  // Beside each other, as wide as their weights say.
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

void place(TrainLayout& layout, const std::vector<TrainPart>& parts, const std::vector<Rect>& at) {
  for (std::size_t i = 0; i < parts.size(); ++i) layout.parts[static_cast<int>(parts[i])] = at[i];
}

void place_field(TrainLayout& layout, const Columns& columns, Rect row) {
  const float wide =
      std::clamp(row.height - columns.px(field_chrome), row.width * 0.25f, row.width * 0.55f);
  place(layout, {TrainPart::field, TrainPart::neurons},
        columns.split(row, {wide, row.width - wide}));
}

std::vector<TrainPage> pages_of(bool wide, bool with_field) {
  using enum TrainPart;
  std::vector<TrainPage> pages;
  if (wide) {
    if (with_field) pages.push_back({"Field", {field, neurons}});
    pages.push_back({"Over epochs", {loss, norms}});
    pages.push_back({"By layer", {profile, updates}});
    pages.push_back({"Inside layers", {layers}});
    return pages;
  }
  if (with_field) {
    pages.push_back({"Field", {field}});
    pages.push_back({"Neurons", {neurons}});
  }
  pages.push_back({"Loss", {loss}});
  pages.push_back({"Norms", {norms}});
  pages.push_back({"Profile", {profile}});
  pages.push_back({"Updates", {updates}});
  pages.push_back({"Layers", {layers}});
  return pages;
}

// The page with the part that is to be seen; what lies above has no page.
std::size_t page_with(const std::vector<TrainPage>& pages, int part) {
  for (std::size_t i = 0; i < pages.size(); ++i)
    for (TrainPart shown : pages[i].parts)
      if (static_cast<int>(shown) == part) return i;
  return 0;
}

void place_all(TrainLayout& layout, const Columns& columns, Rect room, bool has_field) {
  const float height = room.height - 2 * columns.px(train_gap);
  if (has_field) place_field(layout, columns, columns.take_top(room, height * 0.44f));
  const float above = has_field ? height * 0.25f : (room.height - columns.px(train_gap)) * 0.48f;
  place(layout, {TrainPart::loss, TrainPart::norms},
        columns.split(columns.take_top(room, above), {1, 1}));
  place(layout, {TrainPart::profile, TrainPart::updates, TrainPart::layers},
        columns.split(room, {1, 1, 1.75f}));
}

}  // namespace

TrainLayout lay_out_train(Rect rect, float scale, bool has_field, float note_height, int part) {
  const Columns columns{scale};
  const float width = rect.width / scale, height = rect.height / scale;
  Rect room = rect.inset(columns.px(train_margin));
  TrainLayout layout;
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
  layout.page = page_with(layout.pages, part);
  layout.tabs = columns.take_top(room, columns.px(train_tabs_height));
  const std::vector<TrainPart>& shown = layout.pages[layout.page].parts;
  if (shown.front() == TrainPart::field && shown.size() == 2)
    place_field(layout, columns, room);
  else
    place(layout, shown, columns.split(room, std::vector<float>(shown.size(), 1.0f)));
  return layout;
}

}  // namespace backstep
