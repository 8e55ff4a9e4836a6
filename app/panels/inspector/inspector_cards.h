// What the cards of the inspector share. Each card is drawn by a function in a file
// of its own or with its kin, and stands as a row in inspector_panel.cpp.
#pragma once

#include "app/explain/explain.h"
#include "app/widgets/context.h"

namespace backstep {

// What is being inspected.
struct Inspected {
  int index = 0;
  Index entry = 0;
  const Node& node;
  const Explanation& words;
};

// All entries of a matrix as cells coloured by sign and size, scrolled where there are
// many. A click selects an entry; those of a leaf can be dragged and typed.
enum class GridOf { values, gradients };
void draw_grid(const PanelContext& context, const Inspected& inspected, GridOf what);

// Asks for the edit that was made in a field.
struct NumberEdit;
void push_edit(const PanelContext& context, int leaf, Index entry, double value,
               const NumberEdit& edit);

// How far a drag of one unit moves a number of this size.
double drag_step(double value);

}  // namespace backstep
