// Where the cards of Train lie in the middle of the window: all at once where
// there is room; otherwise the field and its neurons above and the others on pages;
// in small windows one or two cards at a time.
#pragma once

#include <string>
#include <vector>

#include "app/paint/painter.h"

namespace backstep {

// Cards that are shown together, as places in train_cards().
struct TrainPage {
  std::string label;
  std::vector<std::size_t> cards;
};

struct TrainLayout {
  std::vector<Rect> cards;  // as in train_cards(); empty where not shown
  Rect note;                // a line in the place of a field; empty with a field
  Rect tabs;                // empty when everything is shown
  std::vector<TrainPage> pages;
  std::size_t page = 0;
};

// `scale` is pixels per design unit; `card` is one that is to be seen. Without a
// field its row goes to the plots and to a note of `note_height` pixels.
TrainLayout lay_out_train(Rect rect, float scale, bool has_field, float note_height, int card);

}  // namespace backstep
