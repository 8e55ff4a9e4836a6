// The layout of Compare: above, a card for each run in the grid that makes their
// pictures largest; below, two plots. In a window that is too small for everything,
// the layout is higher than its room, and is scrolled.
#pragma once

#include <vector>

#include "app/paint/painter.h"

namespace backstep {

struct CompareLayout {
  std::vector<Rect> cards;  // by run
  Rect key;                 // what the colours of the heatmaps mean
  Rect loss, norms;         // the plots
  float height = 0;         // of everything
};

CompareLayout lay_out_compare(Rect room, int runs, bool with_fields, float scale);

// The parts of one card.
struct RunCardLayout {
  Rect bar, header;    // the run's colour; its name and loss
  Rect field;          // empty without one
  Rect caption, heat;  // "gradient norm, layer by epoch"
  Rect foot;           // epochs and the verdict
};

RunCardLayout lay_out_run_card(Rect card, bool with_field, float scale);

}  // namespace backstep
