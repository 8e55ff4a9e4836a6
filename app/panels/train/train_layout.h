// Where the parts of Train lie in the middle of the window: all at once where
// there is room; else the field and its neurons above and the rest by pages; in
// small windows one or two parts at a time.
#pragma once

#include <string>
#include <vector>

#include "app/paint/painter.h"

namespace backstep {

enum class TrainPart { field, neurons, loss, norms, profile, updates, layers };
constexpr int train_parts = 7;

// Parts that are shown together.
struct TrainPage {
  std::string label;
  std::vector<TrainPart> parts;
};

struct TrainLayout {
  Rect parts[train_parts];  // empty where not shown
  Rect note;                // a line in the place of a field; empty with a field
  Rect tabs;                // empty when everything is shown
  std::vector<TrainPage> pages;
  std::size_t page = 0;

  Rect operator[](TrainPart part) const { return parts[static_cast<int>(part)]; }
};

// `scale` is pixels per design unit; `part` is one that is to be seen. Without a
// field its place goes to the plots and to a note of `note_height` pixels.
TrainLayout lay_out_train(Rect rect, float scale, bool has_field, float note_height, int part);

}  // namespace backstep
