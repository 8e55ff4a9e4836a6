// An arrangement puts items that are linked from left to right into columns and rows;
// items are the ops of a layer or the layers of a network. Every item is in the column
// before the first one that needs it. Items that follow one another form a chain, which
// is drawn as one straight row. The chain of the goal is called the spine and is row 0;
// the others are above or below it, as near as they fit. The work is linear in the number
// of items and links.
#pragma once

#include <vector>

#include "app/paint/painter.h"

namespace backstep {

// How far an item extends from its point, through which the line of its row runs.
struct Extent {
  float left = 0, right = 0, up = 0, down = 0;
};

// An item's rectangles around that point: first the one in its row, then those attached
// to it.
struct Outline {
  Extent extent;
  std::vector<Rect> parts;
};

struct Link {
  int from = 0, to = 0;  // from < to
  int operand = 0;
};

struct Links {
  std::vector<std::vector<Link>> in, out;  // by item

  explicit Links(std::size_t items) : in(items), out(items) {}
  void add(Link link);
};

// A chain of items, leftmost first, and the item it leads to, or -1.
struct Chain {
  std::vector<int> items;
  int leads_to = -1;
  bool comes_first = false;  // its operand stands before the one of the row it joins
};

// The column of every item, from 0.
std::vector<int> columns_of(const Links& links, int goal);

// The chains, that of the goal first, each after the one it leads to. Of several
// predecessors the one with the largest `weight` continues the row.
std::vector<Chain> chains_of(const Links& links, const std::vector<int>& columns,
                             const std::vector<int>& weight, int goal);

struct Gaps {
  float column = 14;  // between columns, where lines run straight
  float bend = 22;    // added where a line changes its row
  float row = 30;     // between chains
  float beside = 12;  // between what hangs on neighbours
};

// Where each item's point is; the goal's chain is at y = 0, the left end at 0.
std::vector<Point> place(const std::vector<Outline>& items, const Links& links,
                         const std::vector<int>& columns, const std::vector<Chain>& chains,
                         Gaps gaps);

}  // namespace backstep
