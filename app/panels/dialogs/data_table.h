// The data table shows the samples as rows: number, training or test, inputs,
// target. However many there are, only the visible rows are drawn. A click makes Step
// show that sample; the rows of the pass that Step shows are marked.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/paint/painter.h"
#include "app/widgets/context.h"

namespace backstep {

// Where the table is scrolled to; kept from frame to frame.
struct TableView {
  double first = 0;   // the uppermost row, a fraction of it scrolled away
  float across = 0;   // pixels scrolled to the right
  long lit = -1;      // the row the arrow keys stand on
  bool held = false;  // the scroll bar is dragged
};

// Contents of the dialog, inside its window; `size` is its inner size.
void draw_data_table(const PanelContext& context, TableView& view, Point size);

// A scrolled list of rows of text with a header: the table of samples and the preview
// of a file are drawn with it.
struct TableRows {
  std::vector<std::string> head;
  long count = 0;
  // The text of a cell; `quiet` is set when it is drawn less prominently.
  std::function<std::string(long row, std::size_t column)> text;
  std::function<Color(long row, std::size_t column)> color;
  std::function<bool(long row)> marked = nullptr;
  long picked = -1;
};

// The row that was clicked or chosen with Enter, or −1.
long draw_rows(const PanelContext& context, const char* id, const TableRows& rows, TableView& view,
               Point size);

}  // namespace backstep
